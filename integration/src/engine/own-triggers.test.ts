import type { FlowDocumentInput } from '@wirebook/flow';
import { afterEach, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, lookup, startEngine } from './engine-under-test.ts';
import { countOpenLater, turns } from './source-flow.ts';

let started: EngineUnderTest[] = [];

async function start(options: EngineUnderTestOptions): Promise<EngineUnderTest> {
  const engine = await startEngine(options);
  started.push(engine);
  return engine;
}

afterEach(async () => {
  for (const engine of started.reverse()) await engine.close();
  started = [];
});

const injectFlow = chain('f', ['core.inject'], ['test.pass']);
const inject = { kind: 'inject', flowId: 'f', nodeId: 'n0' } as const;

test('[engine U34] a trigger of our own runs its flow without the broker, and nobody is answered', async () => {
  const engine = await start({ flows: [injectFlow] });
  const { runId, isNew } = engine.engine.trigger({ ...inject, messageId: 'a', body: { incident: 7 } });
  expect(isNew).toBe(true);
  await engine.until(() => engine.nodes.passed.length === 1);
  expect(engine.nodes.passed).toEqual([{ incident: 7 }]);
  expect(engine.broker.sent).toEqual([]);
  expect(await countOpenLater(engine)).toBe(0);
  expect(engine.parts.at(-1)).toMatchObject({
    head: { runId, triggerKind: 'inject', triggerName: 'core.inject 0', destination: 'wirebook/inject/f/n0' },
    finished: { outcome: 'succeeded' },
  });
  expect(engine.events()[0]).toMatchObject({ type: 'attempt.started', attempt: 1, reason: 'delivered' });
});

test('[engine U34] the same trigger again is the same run', async () => {
  const engine = await start({ flows: [injectFlow] });
  const first = engine.engine.trigger({ ...inject, messageId: 'a', body: { n: 1 } });
  expect(engine.engine.trigger({ ...inject, messageId: 'a', body: { n: 2 } })).toEqual({ runId: first.runId, isNew: false });
  await engine.until(() => engine.nodes.passed.length === 1);
  await turns();
  expect(engine.nodes.passed).toEqual([{ n: 1 }]);
});

test('[engine U35] what is on record when the call returns runs after a kill, once', async () => {
  const first = await start({ flows: [injectFlow], killAt: { when: 'after', what: 'originate' } });
  first.engine.trigger({ ...inject, messageId: 'a', body: { n: 1 } });
  expect(first.isKilled()).toBe(true);
  expect(first.nodes.passed).toEqual([]);
  const second = await start({ flows: [injectFlow], remains: first.kill() });
  await second.until(() => second.nodes.passed.length === 1);
  await turns();
  expect(second.nodes.passed).toEqual([{ n: 1 }]);
  expect(await countOpenLater(second)).toBe(0);
});

test('[engine U36] a source that is not deployed takes no trigger', async () => {
  const engine = await start({ flows: [injectFlow] });
  expect(() => engine.engine.trigger({ ...inject, nodeId: 'n9', messageId: 'a', body: {} })).toThrow(
    expect.objectContaining({ code: 'ENGINE_SOURCE_CLOSED' }),
  );
  expect(() => engine.engine.trigger({ ...inject, flowId: 'g', messageId: 'a', body: {} })).toThrow(
    expect.objectContaining({ code: 'ENGINE_SOURCE_CLOSED' }),
  );
  expect(engine.ledger.count().open).toBe(0);
});

test('[engine U36] beyond the limit of the ledger a trigger is refused and nothing is kept of it', async () => {
  const flow = { ...chain('f', ['core.inject'], ['test.gate']), settings: { concurrency: 1 } };
  const engine = await start({ flows: [flow], takenOverLimit: 2 });
  engine.engine.trigger({ ...inject, messageId: 'a', body: {} });
  engine.engine.trigger({ ...inject, messageId: 'b', body: {} });
  expect(() => engine.engine.trigger({ ...inject, messageId: 'c', body: {} })).toThrow(
    expect.objectContaining({ code: 'ENGINE_INTAKE_FULL' }),
  );
  expect(engine.ledger.count().takenOver).toBe(2);
});

test('[engine U37] what nodes reply in a run that nobody waits for is put on record, sent to nobody, and the run goes on', async () => {
  const engine = await start({
    flows: [chain('f', ['core.inject'], ['test.status', { text: 'working' }], ['test.complete'], ['test.pass'])],
  });
  engine.engine.trigger({ ...inject, messageId: 'a', body: {} });
  await engine.until(() => engine.nodes.passed.length === 1);
  expect(engine.broker.sent).toEqual([]);
  expect(engine.events().filter(({ type }) => type.startsWith('reply.'))).toMatchObject([
    { type: 'reply.absorbed', kind: 'status', isUnheard: true },
    { type: 'reply.absorbed', kind: 'result', isUnheard: true },
  ]);
  expect(await countOpenLater(engine)).toBe(0);
});

const minute = 60_000;

function every(config: object = {}, nodes: readonly string[] = ['test.pass']): FlowDocumentInput {
  return chain('f', ['core.schedule', { everyMs: minute, ...config }], ...nodes.map((type) => [type] as const));
}

const startMs = Date.parse('2026-03-01T06:00:30.000Z');
const times = (engine: EngineUnderTest) =>
  engine.nodes.passed.map((message) => (message as { scheduledAt: string }).scheduledAt.slice(11, 19));
const sinces = (engine: EngineUnderTest) => engine.nodes.passed.map((message) => (message as { since: string }).since.slice(11, 19));

test('[engine U38] a schedule runs at its distance from the deploy on, and tells since when', async () => {
  const engine = await start({ flows: [every({ lookBackMs: 10 * minute })], startMs });
  expect(engine.nodes.passed).toEqual([]);
  for (const count of [1, 2]) {
    await engine.clock.advance(minute);
    await engine.until(() => engine.nodes.passed.length === count);
    await turns();
  }
  expect(times(engine)).toEqual(['06:01:30', '06:02:30']);
  expect(sinces(engine)).toEqual(['05:51:30', '06:01:30']);
});

test('[engine U38] a cron expression is read in its time zone', async () => {
  const cron = { when: 'cron', cron: '15 7 * * *', timeZone: 'Europe/Berlin' };
  const engine = await start({ flows: [every(cron)], startMs });
  await engine.clock.advance(14 * minute);
  expect(engine.nodes.passed).toEqual([]);
  await engine.clock.advance(minute);
  await engine.until(() => engine.nodes.passed.length === 1);
  expect(times(engine)).toEqual(['06:15:00']);
});

test.each([
  [{ when: 'cron', cron: 'every day' }, 'field "cron"'],
  [{ when: 'cron', cron: '99 6 * * *' }, 'field "cron"'],
  [{ when: 'cron', cron: '0 0 31 2 *' }, 'no such time ever comes'],
  [{ when: 'cron', cron: '0 6 * * *', timeZone: 'Mars/Base' }, 'there is no time zone "Mars/Base"'],
])('[engine U38] a schedule that cannot be keeps the flow from being deployed: %j', async (config, reason) => {
  await expect(start({ flows: [every(config)] })).rejects.toThrow(reason);
});

test('[engine U39] a run that fails does not move since, so the next one looks at the same time again', async () => {
  const flow = chain('f', ['core.schedule', { everyMs: minute, lookBackMs: 0 }], ['test.pass'], ['test.fail']);
  const engine = await start({ flows: [flow], startMs });
  for (const count of [1, 2]) {
    await engine.clock.advance(minute);
    await engine.until(() => engine.nodes.passed.length === count);
    await turns();
  }
  expect(sinces(engine)).toEqual(['06:01:30', '06:01:30']);
  await engine.deploy([every({ lookBackMs: 0 })]);
  await engine.clock.advance(minute);
  await engine.until(() => engine.nodes.passed.length === 3);
  await turns();
  await engine.clock.advance(minute);
  await engine.until(() => engine.nodes.passed.length === 4);
  expect(sinces(engine).slice(2)).toEqual(['06:01:30', '06:03:30']);
});

test('[engine U50] while a run is not over no other one of its schedule begins', async () => {
  const engine = await start({ flows: [every({}, ['test.pass', 'test.gate'])], startMs });
  await engine.clock.advance(minute);
  await engine.until(() => engine.nodes.waitingCount() === 1);
  await engine.clock.advance(minute);
  await turns();
  expect(engine.nodes.passed).toHaveLength(1);
  engine.nodes.openGates();
  await turns();
  await engine.clock.advance(minute);
  await engine.until(() => engine.nodes.passed.length === 2);
  expect(times(engine)).toEqual(['06:01:30', '06:03:30']);
  expect(sinces(engine)[1]).toBe('06:01:30');
});

test('[engine U51] times at which no engine ran are made up by one run, or left out where the config says so', async () => {
  const flows = [every(), chain('g', ['core.schedule', { everyMs: minute, missed: 'skip' }], ['test.pass'])];
  const first = await start({ flows, startMs });
  const second = await start({ flows, remains: first.kill(), startMs: startMs + 10 * minute + 5000 });
  await second.clock.advance(0);
  await second.until(() => second.nodes.passed.length === 1);
  await turns();
  expect(times(second)).toEqual(['06:10:30']);
  await second.clock.advance(55_000);
  await second.until(() => second.nodes.passed.length === 2);
  await second.clock.advance(5000);
  await second.until(() => second.nodes.passed.length === 3);
  expect(times(second)).toEqual(['06:10:30', '06:11:30', '06:11:35']);
});

test('[engine U51] a kill between trigger and mark gives no second run of the same time', async () => {
  const first = await start({ flows: [every()], startMs, killAt: { when: 'after', what: 'originate' } });
  await first.clock.advance(minute);
  expect(first.isKilled()).toBe(true);
  const second = await start({ flows: [every()], remains: first.kill(), startMs: startMs + minute + 1000 });
  await second.clock.advance(0);
  await second.until(() => second.nodes.passed.length === 1);
  await turns();
  expect(times(second)).toEqual(['06:01:30']);
});

test('[engine U52] a first deploy may begin at once; a further deploy neither repeats nor delays a time', async () => {
  const engine = await start({ flows: [every({ startAtOnce: true })], startMs });
  await engine.until(() => engine.nodes.passed.length === 1);
  await engine.clock.advance(40_000);
  await engine.deploy([every({ startAtOnce: true }, ['test.pass', 'test.pass'])]);
  await turns();
  expect(engine.nodes.passed).toHaveLength(1);
  await engine.clock.advance(20_000);
  await engine.until(() => engine.nodes.passed.length === 3);
  expect(times(engine)).toEqual(['06:00:30', '06:01:30', '06:01:30']);
});

test('[engine U52] a flow that is taken away is not started any more', async () => {
  const engine = await start({ flows: [every(), chain('g', lookup, ['test.complete'])], startMs });
  await engine.deploy([chain('g', lookup, ['test.complete'])]);
  await engine.clock.advance(3 * minute);
  await turns();
  expect(engine.nodes.passed).toEqual([]);
});
