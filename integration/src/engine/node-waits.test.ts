import { afterEach, describe, expect, test } from 'vitest';
import { type EngineUnderTest, type EngineUnderTestOptions, startEngine } from './engine-under-test.ts';
import { flowOf } from './flow-of.ts';
import { countOpenLater, turns } from './source-flow.ts';
import { call, idle, minuteMs, startMs, text, waitingFlow } from './waiting-flow.ts';

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

describe('time', () => {
  test('[engine N1] a step that waits has no time limit, and its waiting does not count against that of the run', async () => {
    const flow = waitingFlow(['core.delay', { waitMs: 10 * minuteMs }], { timeoutMs: 2000, stepTimeoutMs: 1000 });
    const { call: put, clock, completions, until, engine } = await start({ flows: [flow] });
    put('1', { a: 1 });
    await until(() => engine.getStatus().stepsWaiting === 1);
    await clock.advance(10 * minuteMs - 1);
    await turns();
    expect([completions('1').length, engine.getStatus().runsActive]).toEqual([0, 1]);
    await clock.advance(1);
    await until(() => completions('1').length === 1);
    expect(completions('1')[0]).toMatchObject({ message_type: 0 });
  });

  test('[engine N1] what remains of the time of the run counts again behind the wait', async () => {
    const flow = flowOf(
      { call, wait: ['core.delay', { waitMs: minuteMs }], gate: ['test.gate'] },
      ['call.out -> wait.in', 'wait.out -> gate.in'],
      { timeoutMs: 2000, stepTimeoutMs: 10_000 },
    );
    const { call: put, clock, completions, until, nodes, engine } = await start({ flows: [flow] });
    put('1');
    await until(() => engine.getStatus().stepsWaiting === 1);
    await clock.advance(minuteMs);
    await until(() => nodes.waitingCount() === 1);
    await clock.advance(1999);
    expect(completions('1')).toEqual([]);
    await clock.advance(1);
    await until(() => completions('1').length === 1);
    expect(String(completions('1')[0]?.message)).toContain('ENGINE_RUN_TIMEOUT');
  });

  test('[engine N1] while something else is under way beside the wait, the time of the run counts', async () => {
    const flow = flowOf(
      { call, wait: ['core.delay', { waitMs: minuteMs }], gate: ['test.gate'] },
      ['call.out -> wait.in', 'call.out -> gate.in'],
      { timeoutMs: 2000, stepTimeoutMs: 10_000 },
    );
    const { call: put, clock, completions, until, nodes } = await start({ flows: [flow] });
    put('1');
    await until(() => nodes.waitingCount() === 1);
    await clock.advance(2000);
    await until(() => completions('1').length === 1);
    expect(String(completions('1')[0]?.message)).toContain('ENGINE_RUN_TIMEOUT');
  });

  test('[engine N1] a step that is tried again behind its wait waits anew', async () => {
    const flow = flowOf(
      { call, wait: ['test.wait-and-fail', {}, { retry: { times: 1, delayMs: 10, jitter: 0 } }], done: ['test.complete'] },
      ['call.out -> wait.in', 'wait.out -> done.in'],
    );
    const { call: put, clock, completions, until, nodes, engine, fatal } = await start({ flows: [flow] });
    put('1');
    await until(() => engine.getStatus().stepsWaiting === 1);
    await clock.advance(1000);
    await until(() => nodes.tries.length === 1);
    await clock.advance(1010);
    await until(() => completions('1').length === 1);
    expect([nodes.tries.length, (nodes.tries[1] ?? 0) - (nodes.tries[0] ?? 0)]).toEqual([2, 1010]);
    expect(await countOpenLater(engineOf(started))).toBe(0);
    expect(fatal).toEqual([]);
  });

  test('[engine N2] a run that waits keeps its place', async () => {
    const {
      call: put,
      clock,
      nodes,
      until,
      engine,
    } = await start({
      flows: [waitingFlow(['core.delay', { waitMs: 1000 }], { concurrency: 1 })],
    });
    put('1', { a: 1 });
    put('2', { a: 2 });
    await until(() => engine.getStatus().stepsWaiting === 1);
    await clock.advance(999);
    await turns();
    expect([nodes.writes.length, engine.getStatus().runsWaiting]).toEqual([1, 1]);
    await clock.advance(1);
    await until(() => nodes.writes.length === 2);
  });
});

describe('custody', () => {
  test('[engine N3] before a long wait the ledger takes the message over, and the broker is told', async () => {
    const {
      call: put,
      broker,
      until,
      eventTypes,
      ledger,
      clock,
      completions,
    } = await start({
      flows: [waitingFlow(['core.delay', { waitMs: minuteMs }])],
    });
    put('1', { a: 1 });
    await until(() => broker.settledIds.length === 1);
    expect([ledger.count().takenOver, completions('1').length, eventTypes().includes('message.taken-over')]).toEqual([1, 0, true]);
    await clock.advance(minuteMs);
    await until(() => completions('1').length === 1);
    expect(await countOpenLater(engineOf(started))).toBe(0);
    expect(text(engineOf(started), '1')).toContain('"a":1');
  });

  test('[engine N3] a short wait leaves it with the broker', async () => {
    const {
      call: put,
      broker,
      until,
      clock,
      completions,
      ledger,
      engine,
    } = await start({
      flows: [waitingFlow(['core.delay', { waitMs: 5000 }])],
    });
    put('1', { a: 1 });
    await until(() => engine.getStatus().stepsWaiting === 1);
    await clock.advance(4999);
    expect([broker.settledIds.length, ledger.count().takenOver]).toEqual([0, 0]);
    await clock.advance(1);
    await until(() => completions('1').length === 1 && broker.settledIds.length === 1);
    expect(await countOpenLater(engineOf(started))).toBe(0);
  });

  test('[engine N3] a short wait that becomes long is taken over then', async () => {
    const {
      call: put,
      broker,
      until,
      clock,
      nodes,
    } = await start({
      flows: [waitingFlow(['core.debounce', { quietMs: 4000 }], idle)],
    });
    put('1', { a: 1 });
    await until(() => nodes.writes.length === 1);
    await clock.advance(3000);
    put('2', { a: 2 });
    await until(() => nodes.writes.length === 2);
    await clock.advance(3000);
    put('3', { a: 3 });
    await until(() => nodes.writes.length === 3);
    expect(nodes.passed).toEqual([]);
    await clock.advance(4000);
    await until(() => nodes.passed.length === 1 && broker.settledIds.length === 3);
  });

  test('[engine N3] a redelivery of a message that waits is settled, and does not run', async () => {
    const {
      call: put,
      broker,
      until,
      nodes,
      clock,
      completions,
    } = await start({
      flows: [waitingFlow(['core.delay', { waitMs: minuteMs }])],
    });
    put('1', { a: 1 });
    await until(() => broker.settledIds.length === 1);
    put('1', { a: 1 });
    await until(() => broker.settledIds.length === 2);
    await clock.advance(minuteMs);
    await until(() => completions('1').length === 1);
    await turns();
    expect([nodes.writes.length, completions('1').length]).toEqual([1, 1]);
  });

  test('[engine N3] a run that was answered before it waits is not taken over twice', async () => {
    const flow = flowOf({ call, done: ['test.complete'], wait: ['core.delay', { waitMs: minuteMs }], pass: ['test.pass'] }, [
      'call.out -> done.in',
      'done.out -> wait.in',
      'wait.out -> pass.in',
    ]);
    const { call: put, until, nodes, clock, completions, fatal } = await start({ flows: [flow] });
    put('1', { a: 1 });
    await until(() => completions('1').length === 1);
    await clock.advance(minuteMs);
    await until(() => nodes.passed.length === 1);
    expect(await countOpenLater(engineOf(started))).toBe(0);
    expect(fatal).toEqual([]);
  });

  test('[engine N4] a stop does not wait for it: the next start waits the rest', async () => {
    const flow = waitingFlow(['core.delay', { waitMs: minuteMs }]);
    const first = await start({ flows: [flow] });
    first.call('1', { a: 1 });
    await first.until(() => first.broker.settledIds.length === 1);
    await first.engine.stop({ drainMs: minuteMs });
    expect(first.engine.getStatus().messagesInHand).toBe(0);
    const second = await start({ flows: [flow], remains: first.kill(), startMs: startMs + 20_000 });
    await second.until(() => second.engine.getStatus().stepsWaiting === 1);
    await second.clock.advance(40_000);
    await second.until(() => second.completions('1').length === 1);
    expect(second.nodes.writes).toEqual([]);
  });
});

describe('keys', () => {
  test('[engine N5] debounce: only the last of a key goes on once it is quiet, the others are skipped at once', async () => {
    const {
      call: put,
      clock,
      nodes,
      until,
      completions,
    } = await start({
      flows: [waitingFlow(['core.debounce', { key: { $expr: '$inputs.key' }, quietMs: 1000 }], idle)],
    });
    put('1', { key: 'a', id: 1 });
    await until(() => nodes.writes.length === 1);
    await clock.advance(900);
    put('2', { key: 'a', id: 2 });
    put('3', { key: 'b', id: 3 });
    await until(() => completions('1').length === 1);
    expect(text(engineOf(started), '1')).toContain('other');
    await clock.advance(999);
    expect(nodes.passed).toEqual([]);
    await clock.advance(1);
    await until(() => completions('2').length === 1 && completions('3').length === 1);
    expect(text(engineOf(started), '2')).toContain('"id":2');
  });

  test('[engine N5] debounce that keeps all lets all of a key go on once it is quiet', async () => {
    const {
      call: put,
      clock,
      nodes,
      until,
    } = await start({
      flows: [waitingFlow(['core.debounce', { quietMs: 1000, keepAll: true }], idle)],
    });
    put('1', { id: 1 });
    await until(() => nodes.writes.length === 1);
    await clock.advance(900);
    put('2', { id: 2 });
    await until(() => nodes.writes.length === 2);
    await clock.advance(900);
    expect(nodes.passed).toEqual([]);
    await clock.advance(100);
    await until(() => nodes.passed.length === 2);
  });

  test('[engine N6] throttle: one of a key goes on in its time, over runs and deploys, the others in order', async () => {
    const flow = waitingFlow(['core.throttle', { intervalMs: 1000 }], idle);
    const { call: put, clock, completions, until, deploy, engine } = await start({ flows: [flow] });
    for (const id of [1, 2, 3]) put(String(id), { id });
    await until(() => engine.getStatus().stepsWaiting === 3);
    await clock.advance(0);
    await until(() => completions('1').length === 1);
    await deploy([flow]);
    put('4', { id: 4 });
    await until(() => engine.getStatus().stepsWaiting === 3);
    for (const id of ['2', '3', '4']) {
      await clock.advance(999);
      await turns();
      expect(completions(id)).toEqual([]);
      await clock.advance(1);
      await until(() => completions(id).length === 1);
    }
  });

  test('[engine N7] a key is claimed once in its time, over a kill too, and a run does not meet itself', async () => {
    const flow = flowOf(
      {
        call,
        first: ['core.dedupe', { key: { $expr: 'key' }, windowMs: minuteMs }],
        gate: ['test.gate'],
        told: ['test.complete', { results: 'other' }],
      },
      ['call.out -> first.in', 'first.out -> gate.in', 'first.repeated -> told.in'],
      idle,
    );
    const first = await start({ flows: [flow] });
    first.call('1', { key: 'a' });
    await first.until(() => first.nodes.waitingCount() === 1);
    first.call('2', { key: 'a' });
    await first.until(() => first.completions('2').length === 1);
    const second = await start({ flows: [flow], remains: first.kill(), startMs: startMs + 10_000 });
    await second.until(() => second.nodes.waitingCount() === 1);
    second.call('3', { key: 'a' });
    await second.until(() => second.completions('3').length === 1);
    expect([text(first, '2'), text(second, '3')].every((reply) => reply.includes('other'))).toBe(true);
    second.nodes.openGates();
    await second.until(() => second.completions('1').length === 1);
    await second.clock.advance(50_000);
    second.call('4', { key: 'a' });
    await second.until(() => second.nodes.waitingCount() === 1);
  });
});

function engineOf(engines: readonly EngineUnderTest[]): EngineUnderTest {
  const [engine] = engines;
  if (engine === undefined) throw new Error('no engine was started');
  return engine;
}
