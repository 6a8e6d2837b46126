import type { JsonObject } from '@wirebook/errors';
import { afterEach, expect, test } from 'vitest';
import { type EngineUnderTest, type EngineUnderTestOptions, lookup, startEngine } from './engine-under-test.ts';
import { flowOf, type NodeSketch } from './flow-of.ts';

let started: EngineUnderTest[] = [];

async function start(options: EngineUnderTestOptions): Promise<EngineUnderTest> {
  const engine = await startEngine(options);
  started.push(engine);
  return engine;
}

afterEach(async () => {
  for (const engine of started) await engine.close();
  started = [];
});

const s: NodeSketch = lookup;
/** Waits without chance unless told otherwise. */
const steady = { delayMs: 1000, backoff: 'fixed', jitter: 0 } as const;

function flaky(
  config: JsonObject,
  retry: JsonObject,
  { type = 'test.flaky', settings = {} }: { type?: string; settings?: JsonObject } = {},
) {
  return flowOf({ s, work: [type, config, { retry }], d: ['test.complete'] }, ['s.out -> work.in', 'work.out -> d.in'], settings);
}

/** Runs one call to its end; the clock goes on in steps of 250 ms. */
async function runOnce(flow: ReturnType<typeof flaky>) {
  const engine = await start({ flows: [flow] });
  const beginMs = engine.clock.now();
  engine.call('1', { a: 1 });
  for (let turn = 0; engine.broker.settledIds.length === 0 && turn < 2000; turn += 1) {
    for (let pause = 0; pause < 5; pause += 1) await new Promise((resolve) => setImmediate(resolve));
    if (engine.broker.settledIds.length === 0) await engine.clock.advance(250);
  }
  const retried = engine.events().filter((event) => event.type === 'step.retried');
  return {
    engine,
    reply: engine.completions('1')[0],
    tries: engine.nodes.tries.map((atMs) => atMs - beginMs),
    retried,
  };
}

test('[engine Y1] a step whose error the policy names is tried again after a wait, each try with its own event', async () => {
  const { reply, tries, retried } = await runOnce(flaky({ times: 2 }, { ...steady, times: 3 }));
  expect(reply?.results).toEqual({ tries: 3 });
  expect(tries).toEqual([0, 1000, 2000]);
  expect(retried).toMatchObject([
    { attempt: 1, waitMs: 1000, error: { code: 'SOAR_RATE_LIMITED', message: 'try 1 failed' } },
    { attempt: 2, waitMs: 1000, error: { code: 'SOAR_RATE_LIMITED', message: 'try 2 failed' } },
  ]);
});

test.each<[JsonObject, string | string[], number]>([
  [{ code: 'SOAR_RATE_LIMITED' }, 'retryable', 2],
  [{ code: 'NODE_INPUT_INVALID' }, 'retryable', 1],
  [{ code: 'HTTP_STATUS', status: 503 }, 'retryable', 2],
  [{ code: 'HTTP_STATUS', status: 404 }, 'retryable', 1],
  [{ code: 'HTTP_RESPONSE_INVALID' }, 'world', 2],
  [{ code: 'NODE_UNEXPECTED' }, 'world', 1],
  [{ code: 'NODE_INPUT_INVALID' }, 'any', 2],
  [{ code: 'ENGINE_WRITE_IN_DOUBT' }, 'any', 1],
  [{ code: 'NODE_INPUT_INVALID' }, ['NODE_INPUT_INVALID', 'HTTP_STATUS'], 2],
  [{ code: 'SOAR_RATE_LIMITED' }, ['NODE_INPUT_INVALID'], 1],
])('[engine Y1] whether %j is tried again on %j', async (config, on, tryCount) => {
  const { tries } = await runOnce(flaky({ times: 1, ...config }, { ...steady, on }));
  expect(tries).toHaveLength(tryCount);
});

test('[engine Y2] after so many further tries the last error goes the way of every error', async () => {
  const flow = flowOf({ s, work: ['test.flaky', { times: 9 }, { retry: { ...steady, times: 2 } }], d: ['test.complete'] }, [
    's.out -> work.in',
    'work.error -> d.in',
  ]);
  const { reply, tries } = await runOnce(flow);
  expect(tries).toHaveLength(3);
  expect(reply?.results).toMatchObject({ error: { message: 'try 3 failed' }, message: { a: 1 } });
});

test.each<[JsonObject, number[]]>([
  [{ backoff: 'fixed', delayMs: 500, jitter: 0 }, [500, 500, 500, 500]],
  [{ backoff: 'exponential', delayMs: 500, jitter: 0 }, [500, 1000, 2000, 4000]],
  [{ backoff: 'exponential', delayMs: 500, jitter: 0, maxDelayMs: 1500 }, [500, 1000, 1500, 1500]],
  // Chance is a half in these tests.
  [{ backoff: 'fixed', delayMs: 1000, jitter: 0.5 }, [750, 750, 750, 750]],
  [{ backoff: 'fixed', delayMs: 0, jitter: 0 }, [0, 0, 0, 0]],
])('[engine Y3] the waits of %j are %j', async (policy, waits) => {
  const { retried } = await runOnce(flaky({ times: 4 }, { ...policy, times: 4 }));
  expect(retried.map((event) => (event.type === 'step.retried' ? event.waitMs : null))).toEqual(waits);
});

test('[engine Y4] what a failed try emitted or completed is gone', async () => {
  const flow = flowOf({ s, work: ['test.flaky', { times: 1, emitsFirst: true }, { retry: steady }], p: ['test.pass'] }, [
    's.out -> work.in',
    'work.out -> p.in',
  ]);
  const { engine, reply } = await runOnce(flow);
  expect(engine.nodes.passed).toEqual([{ early: 2 }, { tries: 2 }]);
  expect(reply?.results).toBe(2);
});

test('[engine Y5] the time limit of the step covers all tries and waits', async () => {
  const flow = flaky({ times: 9 }, { ...steady, times: 9 }, { settings: { stepTimeoutMs: 2500 } });
  const { engine, reply, tries } = await runOnce(flow);
  expect(tries).toEqual([0, 1000, 2000]);
  expect(String(reply?.message)).toContain('ENGINE_STEP_TIMEOUT');
  await engine.clock.advance(5000);
  expect(engine.nodes.tries).toHaveLength(3);
});

test('[engine Y5] the time limit of the run ends a wait, and so does a stop', async () => {
  const limited = await runOnce(flaky({ times: 9 }, { ...steady, times: 9 }, { settings: { timeoutMs: 1500 } }));
  expect(String(limited.reply?.message)).toContain('ENGINE_RUN_TIMEOUT');
  await limited.engine.clock.advance(5000);
  expect(limited.engine.nodes.tries).toHaveLength(2);

  const engine = await start({ flows: [flaky({ times: 9 }, { ...steady, times: 9 })] });
  engine.call('1');
  await engine.until(() => engine.nodes.tries.length === 1);
  const stopping = engine.engine.stop({ drainMs: 100 });
  await engine.clock.advance(200);
  await stopping;
  await engine.clock.advance(5000);
  expect(engine.nodes.tries).toHaveLength(1);
  expect(engine.broker.sent).toEqual([]);
});

test.each<[string, JsonObject, string, number]>([
  ['refused by the platform', { code: 'SOAR_RATE_LIMITED' }, 'test.flaky-write', 2],
  ['refused by another server', { code: 'HTTP_STATUS', status: 429 }, 'test.flaky-write', 2],
  ['no answer came', { code: 'SOAR_REST_TIMEOUT' }, 'test.flaky-write', 1],
  ['the other server failed', { code: 'HTTP_STATUS', status: 503 }, 'test.flaky-write', 1],
  ['a call of the same try had written', { code: 'SOAR_RATE_LIMITED', writesFirst: true }, 'test.flaky-write', 1],
  ['no answer came, but a repetition changes nothing more', { code: 'SOAR_REST_TIMEOUT' }, 'test.flaky-put', 2],
])('[engine Y6] a write is tried again only when its error says that nothing was written: %s', async (_, config, type, tryCount) => {
  const { tries } = await runOnce(flaky({ times: 1, ...config }, { ...steady, on: 'any' }, { type }));
  expect(tries).toHaveLength(tryCount);
});

test('[engine Y7] after a crash in a wait the step goes on with its next try, and the tries before count', async () => {
  const flow = flaky({ times: 9 }, { ...steady, times: 2 }, { type: 'test.flaky-write' });
  const first = await start({ flows: [flow] });
  first.call('1');
  await first.until(() => first.eventTypes().length > 0 || first.nodes.tries.length === 1);
  await first.clock.advance(200);
  const isOnRecord = () => {
    const [part] = first.parts;
    return part !== undefined && first.eventTypes().includes('step.retried');
  };
  await first.until(isOnRecord);
  const second = await start({ flows: [flow], remains: first.kill() });
  await second.until(() => second.nodes.tries.length === 1);
  await second.clock.advance(1000);
  await second.until(() => second.broker.settledIds.length === 1);
  // One try in the first engine, two in the second.
  expect(second.nodes.tries).toHaveLength(2);
  expect(String(second.completions('1')[0]?.message)).toContain('SOAR_RATE_LIMITED');
});

test('[engine Y8] a write in doubt is not tried again', async () => {
  const flow = flowOf({ s, w: ['test.write', {}, { retry: { ...steady, on: 'any' } }], d: ['test.complete'] }, [
    's.out -> w.in',
    'w.out -> d.in',
  ]);
  const first = await start({ flows: [flow], killAt: { what: 'step-done', when: 'before' } });
  first.call('1');
  await first.until(() => first.isKilled());
  const second = await start({ flows: [flow], remains: first.kill() });
  await second.until(() => second.broker.settledIds.length === 1);
  expect(String(second.completions('1')[0]?.message)).toContain('ENGINE_WRITE_IN_DOUBT');
  expect(second.nodes.writes).toEqual([]);
  expect(second.eventTypes()).not.toContain('step.retried');
});

test('[engine Y9] a source or a replying node with a retry policy is refused when it is deployed', async () => {
  const engine = await start({ flows: [flowOf({ s, d: ['test.complete'] }, ['s.out -> d.in'])] });
  const refused = flowOf({ s, d: ['test.complete', {}, { retry: steady }] }, ['s.out -> d.in']);
  await expect(engine.deploy([refused])).rejects.toMatchObject({ code: 'FLOW_RETRY_REFUSED' });
});
