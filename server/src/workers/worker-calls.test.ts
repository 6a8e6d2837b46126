import { createSystemClock } from '@wirebook/engine';
import { afterEach, expect, test } from 'vitest';
import { createWorkerCalls, type WorkerCalls } from './worker-calls.ts';

const serve = new URL('../../dist/workers/serve-calls.js', import.meta.url).href;
const script = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { workerData } from 'node:worker_threads';
    import { serveCalls } from ${JSON.stringify(serve)};
    let count = 0;
    serveCalls({
      add: ({ a, b }) => a + b,
      count: () => ++count,
      given: () => workerData,
      fail: () => { throw Object.assign(new Error('broken'), {}); },
      hang: () => { for (;;); },
      end: () => process.exit(1),
    });
  `)}`,
);

let calls: WorkerCalls;

function open(timeoutMs = 10_000): WorkerCalls {
  calls = createWorkerCalls({ script, workerData: { name: 'w' }, timeoutMs, memoryMb: 64, clock: createSystemClock() });
  return calls;
}

afterEach(async () => calls.close());

test('[Q1] a thread answers calls in order, with what it was started with', async () => {
  const worker = open();
  const answers = await Promise.all([
    worker.call('count', {}),
    worker.call('add', { a: 1, b: 2 }),
    worker.call('count', {}),
    worker.call('given', {}),
  ]);
  expect(answers).toEqual([1, 3, 2, { name: 'w' }]);
});

test('[Q1] what a function throws comes back with a code, and the thread goes on', async () => {
  const worker = open();
  await worker.call('count', {});
  await expect(worker.call('fail', {})).rejects.toMatchObject({ code: 'SERVER_INTERNAL', message: 'broken' });
  await expect(worker.call('toString', {})).rejects.toMatchObject({ code: 'SERVER_INTERNAL' });
  expect(await worker.call('count', {})).toBe(2);
});

test('[Q2] a call that takes too long is given up with its thread; the next one gets a new thread', async () => {
  const worker = open(1000);
  await worker.call('count', {});
  const [hung, next] = await Promise.allSettled([worker.call('hang', {}), worker.call('count', {})]);
  expect(hung).toMatchObject({ status: 'rejected', reason: { code: 'SERVER_READ_TIMEOUT' } });
  expect(next).toEqual({ status: 'fulfilled', value: 1 });
});

test('[Q2] a thread that ends takes its call with it, and no other', async () => {
  const worker = open();
  const [ended, next] = await Promise.allSettled([worker.call('end', {}), worker.call('count', {})]);
  expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'SERVER_INTERNAL' } });
  expect(next).toEqual({ status: 'fulfilled', value: 1 });
});

test('[Q2] closing rejects what waits', async () => {
  const worker = open();
  const all = Promise.allSettled([worker.call('hang', {}), worker.call('count', {})]);
  await worker.close();
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(worker.call('count', {})).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
});
