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
const fin: NodeSketch = ['test.finally', { timeoutMs: 1000 }];

async function runOnce(nodes: Record<string, NodeSketch>, wires: readonly string[]): Promise<EngineUnderTest> {
  const engine = await start({ flows: [flowOf({ s, ...nodes }, wires)] });
  engine.call('1', { a: 1 });
  await engine.until(() => engine.broker.settledIds.length === 1);
  return engine;
}

const run = { id: expect.any(String), attempt: 1 };

test('[engine Z1] after a success the node runs once, and is told that', async () => {
  const engine = await runOnce({ d: ['test.complete', { results: 'ok' }], fin, w: ['test.write'] }, ['s.out -> d.in', 'fin.out -> w.in']);
  expect(engine.nodes.writes).toEqual([{ outcome: 'succeeded', completed: true, error: null, node: null, run }]);
  expect(engine.completions('1')).toMatchObject([{ results: 'ok' }]);
  const types = engine.eventTypes();
  expect(types.lastIndexOf('step.finished')).toBeLessThan(types.indexOf('run.finished'));
});

test('[engine Z1] after an error that nothing took it is told error and node', async () => {
  const engine = await runOnce({ bad: ['test.fail'], fin, w: ['test.write'] }, ['s.out -> bad.in', 'fin.out -> w.in']);
  expect(engine.nodes.writes).toMatchObject([
    { outcome: 'failed', completed: false, error: { code: 'NODE_INPUT_INVALID', blame: 'author' }, node: { id: 'bad', name: 'bad' } },
  ]);
  expect(engine.completions('1')).toHaveLength(1);
  expect(String(engine.completions('1')[0]?.message)).toContain('NODE_INPUT_INVALID');
});

test('[engine Z1] after the time limit of the run it is told so, and what was under way is aborted before', async () => {
  const flow = flowOf({ s, slow: ['test.gate'], fin, w: ['test.write'] }, ['s.out -> slow.in', 'fin.out -> w.in'], { timeoutMs: 500 });
  const engine = await start({ flows: [flow] });
  engine.call('1');
  await engine.until(() => engine.nodes.waitingCount() === 1);
  await engine.clock.advance(500);
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.nodes.abortedCount()).toBe(1);
  expect(engine.nodes.writes).toMatchObject([{ outcome: 'timed-out', error: { code: 'ENGINE_RUN_TIMEOUT' } }]);
  expect(String(engine.completions('1')[0]?.message)).toContain('ENGINE_RUN_TIMEOUT');
});

test('[engine Z1] after a run that detached it runs once too, when the work is done', async () => {
  const engine = await runOnce({ d: ['test.complete'], g: ['test.gate'], fin, w: ['test.write'] }, [
    's.out -> d.in',
    'd.out -> g.in',
    'fin.out -> w.in',
  ]);
  expect(engine.nodes.writes).toEqual([]);
  engine.nodes.openGates();
  await engine.until(() => engine.nodes.writes.length === 1);
  expect(engine.nodes.writes).toMatchObject([{ outcome: 'succeeded', completed: true }]);
});

test('[engine Z2] the reply is decided before and leaves after; a failure behind it changes neither, and no catch node takes it', async () => {
  const engine = await runOnce({ d: ['test.complete', { results: 'ok' }], fin, bad: ['test.fail'], c: ['test.catch'], w: ['test.write'] }, [
    's.out -> d.in',
    'fin.out -> bad.in',
    'c.out -> w.in',
  ]);
  expect(engine.completions('1')).toMatchObject([{ results: 'ok' }]);
  expect(engine.nodes.writes).toEqual([]);
  const events = engine.events();
  expect(events.find((event) => event.type === 'step.failed')).toMatchObject({ handled: false, error: { code: 'NODE_INPUT_INVALID' } });
  expect(events.find((event) => event.type === 'run.finished')).toMatchObject({ outcome: 'succeeded' });
});

test('[engine Z2] a wire at an error port behind it works as everywhere', async () => {
  const engine = await runOnce({ fin, bad: ['test.fail'], w: ['test.write'] }, ['fin.out -> bad.in', 'bad.error -> w.in']);
  expect(engine.nodes.writes).toMatchObject([{ error: { code: 'NODE_INPUT_INVALID' } }]);
});

test('[engine Z3] it may not complete: the reply is refused, and the default one leaves', async () => {
  const engine = await runOnce({ p: ['test.pass'], fin, d: ['test.complete', { results: 'late' }] }, ['s.out -> p.in', 'fin.out -> d.in']);
  expect(engine.completions('1')).toMatchObject([{ message: 'Completed' }]);
  expect(engine.eventTypes()).toContain('reply.refused');
});

test('[engine Z4] it has a time of its own: what is not over then is aborted, on record, and the reply leaves', async () => {
  const flow = flowOf({ s, d: ['test.complete'], fin, g: ['test.gate'], w: ['test.write'] }, [
    's.out -> d.in',
    'fin.out -> g.in',
    'g.out -> w.in',
  ]);
  const engine = await start({ flows: [flow] });
  engine.call('1');
  await engine.until(() => engine.nodes.waitingCount() === 1);
  await engine.clock.advance(900);
  expect(engine.completions('1')).toEqual([]);
  await engine.clock.advance(200);
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.completions('1')).toHaveLength(1);
  expect(engine.nodes.abortedCount()).toBe(1);
  expect(engine.events().find((event) => event.type === 'step.failed')).toMatchObject({ error: { code: 'ENGINE_FINALLY_TIMEOUT' } });
  engine.nodes.openGates();
  await engine.until(() => engine.eventTypes().includes('step.late'));
  expect(engine.nodes.writes).toEqual([]);
});

test('[engine Z4] several run side by side, each with its time', async () => {
  const flow = flowOf({ s, fin, other: ['test.finally', { timeoutMs: 300 }], g: ['test.gate'], h: ['test.gate'], w: ['test.write'] }, [
    'fin.out -> g.in',
    'other.out -> h.in',
    'g.out -> w.in',
  ]);
  const engine = await start({ flows: [flow] });
  engine.call('1');
  await engine.until(() => engine.nodes.waitingCount() === 2);
  await engine.clock.advance(400);
  expect(engine.broker.settledIds).toEqual([]);
  engine.nodes.openGates();
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.nodes.writes).toHaveLength(1);
});

test('[engine Z5] a stop does not end a run: its node for the end runs in the attempt that goes on', async () => {
  const flow = flowOf({ s, g: ['test.gate'], d: ['test.complete'], fin, w: ['test.write'] }, [
    's.out -> g.in',
    'g.out -> d.in',
    'fin.out -> w.in',
  ]);
  const first = await start({ flows: [flow] });
  first.call('1');
  await first.until(() => first.nodes.waitingCount() === 1);
  const stopping = first.engine.stop({ drainMs: 100 });
  await first.clock.advance(200);
  await stopping;
  expect(first.nodes.writes).toEqual([]);
  const second = await start({ flows: [flow], remains: first.kill() });
  await second.until(() => second.nodes.waitingCount() === 1);
  second.nodes.openGates();
  await second.until(() => second.broker.settledIds.length === 1);
  expect(second.nodes.writes).toMatchObject([{ outcome: 'succeeded' }]);
});

test('[engine Z5] a stop in the middle of it leaves run and reply to the next attempt', async () => {
  const flow = flowOf({ s, d: ['test.complete'], fin, g: ['test.gate'] }, ['s.out -> d.in', 'fin.out -> g.in']);
  const first = await start({ flows: [flow] });
  first.call('1');
  await first.until(() => first.nodes.waitingCount() === 1);
  const stopping = first.engine.stop({ drainMs: 100 });
  await first.clock.advance(200);
  await stopping;
  expect(first.broker.sent).toEqual([]);
  const second = await start({ flows: [flow], remains: first.kill() });
  second.nodes.leaveGatesOpen();
  await second.until(() => second.broker.settledIds.length === 1);
  expect(second.completions('1')).toHaveLength(1);
});

test('[engine Z6] after a crash before or in it the next attempt runs it, and what it wrote is not written twice', async () => {
  const flow = flowOf({ s, d: ['test.complete'], fin, w: ['test.write'], g: ['test.gate'] }, [
    's.out -> d.in',
    'fin.out -> w.in',
    'w.out -> g.in',
  ]);
  const first = await start({ flows: [flow] });
  first.call('1');
  await first.until(() => first.nodes.waitingCount() === 1);
  expect(first.nodes.writes).toHaveLength(1);
  const second = await start({ flows: [flow], remains: first.kill() });
  second.nodes.leaveGatesOpen();
  await second.until(() => second.broker.settledIds.length === 1);
  expect(second.nodes.writes).toEqual([]);
  expect(second.eventTypes()).toContain('step.reused');
  expect(second.completions('1')).toHaveLength(1);
});

test('[engine Z6] after a crash before it the next attempt runs it', async () => {
  const flow = flowOf({ s, d: ['test.complete'], fin, w: ['test.write'] }, ['s.out -> d.in', 'fin.out -> w.in']);
  const first = await start({ flows: [flow], killAt: { what: 'step-intended', when: 'before' } });
  first.call('1');
  await first.until(() => first.isKilled());
  expect(first.nodes.writes).toEqual([]);
  const second = await start({ flows: [flow], remains: first.kill() });
  await second.until(() => second.broker.settledIds.length === 1);
  expect(second.nodes.writes).toMatchObject([{ outcome: 'succeeded' }]);
});

test('[engine F16] a run that a person stops ends for good: its node is aborted, the end of the run runs, and the analyst reads who stopped it', async () => {
  const flow = flowOf({ s, g: ['test.gate'], d: ['test.complete'], fin, w: ['test.write'] }, [
    's.out -> g.in',
    'g.out -> d.in',
    'fin.out -> w.in',
  ]);
  const engine = await start({ flows: [flow] });
  engine.call('1', { a: 1 });
  await engine.until(() => engine.nodes.waitingCount() === 1);
  expect(() => engine.engine.stopRun('another', 'Bo')).toThrowError(/not running/);
  await engine.clock.advance(200);
  const runId = engine.parts[0]?.head.runId ?? '';
  engine.engine.stopRun(runId, 'Bo');
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.nodes.abortedCount()).toBe(1);
  expect(engine.completions('1')).toMatchObject([{ message_type: 1 }]);
  expect(String(engine.completions('1')[0]?.message)).toContain('stopped by Bo');
  expect(engine.nodes.writes).toMatchObject([{ outcome: 'cancelled' }]);
  expect(engine.events()).toContainEqual(expect.objectContaining({ type: 'step.failed', stepId: 2 }));
  expect(() => engine.engine.stopRun(runId, 'Bo')).toThrowError(/not running/);
  engine.broker.reconnect();
  await engine.clock.advance(1000);
  expect([engine.completions('1').length, engine.ledger.count().open]).toEqual([1, 0]);
});
