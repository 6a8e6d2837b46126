import type { PlatformRequest } from '@wirebook/node-kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClientBench } from './client-bench.stand-in.ts';

const bench = createClientBench();
const { answerCalls, open } = bench;

beforeEach(() => bench.start());
afterEach(() => bench.close());

const get: PlatformRequest = { method: 'GET', path: '/incidents/1' };
const post: PlatformRequest = { method: 'POST', path: '/incidents', body: { name: 'x' } };

test('[R38] Retry-After holds all calls of the client until then, and what waited says so', async () => {
  const { startRun, clock, attempts, client } = await open();
  answerCalls({ status: 429, text: '', headers: { 'retry-after': '90' } }, { json: {} });
  await expect(startRun().request(post)).rejects.toMatchObject({ code: 'SOAR_RATE_LIMITED' });
  const seenBefore = bench.platform.seen.length;
  const waiting = [startRun().request(get), startRun().request(post)];
  const given = new AbortController();
  const aborted = expect(startRun({ signal: given.signal }).request(get)).rejects.toBe('enough');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([bench.platform.seen.length - seenBefore, client.callCounts().held]).toEqual([0, 3]);
  given.abort('enough');
  await aborted;
  await clock.sleep(90_000);
  clock.expire();
  await Promise.all(waiting);
  expect(attempts.map(({ method, waitMs }) => [method, waitMs])).toEqual([
    ['POST', undefined],
    ['GET', 90_000],
    ['POST', 90_000],
  ]);
});

test('[R38] a platform that wants to be left alone for more than five minutes fails calls at once, for an hour at most', async () => {
  const { startRun, clock } = await open();
  answerCalls({ status: 503, text: '', headers: { 'retry-after': '999999' } }, { json: {} });
  await expect(startRun().request(get)).rejects.toMatchObject({ code: 'SOAR_SERVER_ERROR' });
  const seenBefore = bench.platform.seen.length;
  await expect(startRun().request(get)).rejects.toMatchObject({ code: 'SOAR_RATE_LIMITED', details: { retryAfterMs: 3_600_000 } });
  expect([bench.platform.seen.length, clock.sleeps]).toEqual([seenBefore, []]);
  await clock.sleep(3_600_000);
  expect(await startRun().request(get)).toMatchObject({ status: 200 });
});

test('[R39] what waits for a connection is counted and bounded, and leaves when its signal aborts', async () => {
  const { startRun, client } = await open({ maxConnections: 1 });
  let answer: (() => void) | undefined;
  const blocked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  bench.platform.answer = ({ path }) => (path.endsWith('/incidents/1') ? { json: {}, after: blocked } : undefined);
  const calls = [startRun().request(get)];
  const given = new AbortController();
  const second = expect(startRun({ signal: given.signal }).request(get)).rejects.toBe('enough');
  for (let number = 0; number < 1999; number += 1) calls.push(startRun().request(get));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(client.callCounts()).toEqual({ active: 1, waiting: 2000, held: 0 });
  await expect(startRun().request(get)).rejects.toMatchObject({ code: 'SOAR_REST_BUSY' });
  given.abort('enough');
  await second;
  expect(client.callCounts().waiting).toBe(1999);
  answer?.();
  await Promise.all(calls);
  expect(client.callCounts()).toEqual({ active: 0, waiting: 0, held: 0 });
});
