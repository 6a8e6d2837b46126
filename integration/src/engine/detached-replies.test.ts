import { afterEach, describe, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, lookup, startEngine } from './engine-under-test.ts';

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

/** Completes, and works on. */
const detached = chain('f', lookup, ['test.complete', { results: 'early' }], ['test.write']);
const ordered = { ...detached, settings: { orderBy: 'lane' } };

describe.each([
  ['that the broker holds', detached],
  ['that was taken over', ordered],
])('a detached run of a message %s', (_name, flow) => {
  test('[engine P8][engine W2][engine K14] is over while its reply waits for the transaction before it, and the engine is killed: the reply leaves with the next one', async () => {
    const first = await start({ flows: [flow] });
    // The broker takes its time with the first transaction, and the reply of the second message waits behind it.
    Object.assign(first.broker, { transact: () => new Promise(() => undefined), send: () => new Promise(() => undefined) });
    first.call('1', { lane: 1 });
    await first.until(() => first.eventTypes().includes('run.finished'));
    first.call('2', { lane: 2 });
    await first.until(() => first.nodes.writes.length === 2 && first.eventTypes().filter((type) => type === 'run.finished').length === 2);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(first.completions('2')).toEqual([]);
    const second = await start({ flows: [flow], remains: first.kill() });
    await second.until(() => second.completions('1').length === 1 && second.completions('2').length === 1);
    expect(second.completions('2')).toMatchObject([{ results: 'early' }]);
    expect(second.nodes.writes).toEqual([]);
    await second.clock.advance(1000);
    expect(second.ledger.count().open).toBe(0);
  });
});
