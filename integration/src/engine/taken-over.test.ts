import type { JsonObject } from '@wirebook/errors';
import { afterEach, describe, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, startEngine } from './engine-under-test.ts';
import { allCompletions, countOpenLater, flowOf, turns } from './source-flow.ts';

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

function engineOf(engines: readonly EngineUnderTest[]): EngineUnderTest {
  const [engine] = engines;
  if (engine === undefined) throw new Error('no engine was started');
  return engine;
}

describe('completion', () => {
  test('[engine W3] on receipt the analyst is answered and the message settled before the run is over, and further replies are absorbed', async () => {
    const { call, completions, nodes, broker, until, eventTypes } = await start({
      flows: [flowOf({ completion: 'on-receipt' }, {}, ['test.gate'], ['test.write'], ['test.complete'])],
    });
    call('1', { a: 1 });
    await until(() => broker.settledIds.length === 1 && nodes.waitingCount() === 1);
    expect(completions('1')).toMatchObject([{ message: 'Received' }]);
    nodes.openGates();
    await until(() => eventTypes().includes('run.finished'));
    expect(await countOpenLater(engineOf(started))).toBe(0);
    expect([completions('1').length, nodes.writes.length, eventTypes().includes('reply.absorbed')]).toEqual([1, 1, true]);
  });

  test('[engine W4] by a node: a run that ends without one is answered with an error that says so', async () => {
    const { call, completions, until } = await start({
      flows: [flowOf({ completion: 'by-node' }, {}, ['test.pass'])],
    });
    call('1');
    await until(() => completions('1').length === 1);
    expect(completions('1')[0]).toMatchObject({ message_type: 1 });
    expect(String(completions('1')[0]?.message)).toContain('ENGINE_REPLY_MISSING');
  });

  test('[engine P2] the texts of the source stand in the default replies, and in the trace', async () => {
    const { call, completions, until, events } = await start({
      flows: [flowOf({ defaultReply: 'All done', errorReply: 'Sorry: {{ code }}' }, {}, ['test.gate'])],
    });
    call('1');
    await until(() => (started[0]?.nodes.waitingCount() ?? 0) === 1);
    started[0]?.nodes.openGates();
    await until(() => completions('1').length === 1);
    expect(completions('1')).toMatchObject([{ message: 'All done', message_type: 0 }]);
    await until(() => events().some((event) => event.type === 'reply.made' && event.text.includes('All done')));
    const failing = await start({ flows: [flowOf({ errorReply: 'Sorry: {{ code }}' }, {}, ['test.fail'])] });
    failing.call('2');
    await failing.until(() => failing.completions('2').length === 1);
    expect(failing.completions('2')).toMatchObject([{ message: 'Sorry: NODE_INPUT_INVALID', message_type: 1 }]);
  });

  test('[engine G8] where errors are trapped, a failed run ends the action well and tells the error in its results', async () => {
    const { call, completions, until } = await start({ flows: [flowOf({}, {}, ['test.fail'])], trapsErrors: true });
    call('1');
    await until(() => completions('1').length === 1);
    expect(completions('1')).toMatchObject([{ message_type: 0, results: { success: false } }]);
  });
});

describe('lanes', () => {
  const laned = flowOf({}, { orderBy: '$inputs.incident', concurrency: 10 }, ['test.pass'], ['test.gate'], ['test.complete']);
  const incident = (value: unknown) => ({ incident: value as string });

  test('[engine W5] messages of the same key run one after another in order, those of others beside them', async () => {
    const { call, nodes, completions, until, broker } = await start({ flows: [laned] });
    for (const [id, key] of [
      ['1', 'a'],
      ['2', 'a'],
      ['3', 'b'],
      ['4', 'a'],
    ] as const)
      call(id, incident(key));
    await until(() => nodes.waitingCount() === 2);
    await turns();
    expect(nodes.passed).toEqual([incident('a'), incident('b')]);
    expect(broker.settledIds).toHaveLength(4);
    for (const done of [2, 3, 4]) {
      nodes.openGates();
      await until(() => ['1', '2', '3', '4'].filter((id) => completions(id).length === 1).length >= done);
      await turns();
    }
    expect(nodes.passed).toHaveLength(4);
    expect(allCompletions(started, '2')).toHaveLength(1);
  });

  test('[engine W5] messages without a key keep no order', async () => {
    const { call, nodes, until } = await start({ flows: [laned] });
    for (const id of ['1', '2', '3']) call(id, {});
    await until(() => nodes.waitingCount() === 3);
  });

  test('[engine W6] the order of a lane holds over a kill and over new messages', async () => {
    const first = await start({ flows: [laned] });
    for (let id = 1; id <= 5; id += 1) first.call(String(id), { incident: 'a', id });
    await first.until(() => first.broker.settledIds.length === 5 && first.nodes.waitingCount() === 1);
    const second = await start({ flows: [laned], remains: first.kill() });
    second.call('6', { incident: 'a', id: 6 });
    await second.until(() => {
      second.nodes.openGates();
      return second.completions('6').length === 1;
    });
    expect(second.nodes.passed.map((message) => (message as JsonObject).id)).toEqual([1, 2, 3, 4, 5, 6]);
    for (let id = 1; id <= 6; id += 1) expect(allCompletions([first, second], String(id))).toHaveLength(1);
    expect(await countOpenLater(second)).toBe(0);
  });

  test('[engine W14] a key that cannot be found is answered with an error that names the setting', async () => {
    const { call, completions, until, nodes } = await start({
      flows: [flowOf({}, { orderBy: '$number($inputs.text)' }, ['test.pass'], ['test.complete'])],
    });
    call('1', { text: 'no number' });
    call('2', { text: '7' });
    await until(() => completions('1').length === 1 && completions('2').length === 1);
    expect(String(completions('1')[0]?.message)).toContain('orderBy');
    expect(nodes.passed).toEqual([{ text: '7' }]);
  });

  test('[engine W6] a thousand messages of fifty keys, more than are kept in hand, keep the order of each', async () => {
    const { call, nodes, until } = await start({
      flows: [flowOf({}, { orderBy: '$inputs.key', concurrency: 20 }, ['test.pass'], ['test.complete'])],
      prefetch: 200,
    });
    for (let id = 0; id < 2500; id += 1) call(String(id), { key: id % 50, id });
    await until(() => nodes.passed.length === 2500);
    const byKey = new Map<number, number[]>();
    for (const message of nodes.passed as { key: number; id: number }[]) {
      byKey.set(message.key, [...(byKey.get(message.key) ?? []), message.id]);
    }
    for (const ids of byKey.values()) expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(await countOpenLater(engineOf(started))).toBe(0);
  });
});

describe('waiting', () => {
  const passAfter = (source: JsonObject) => flowOf(source, {}, ['test.pass'], ['test.complete']);

  test('[engine W7] a deferred message is settled at once, and runs when its time has come', async () => {
    const { call, clock, nodes, broker, completions, until, eventTypes } = await start({
      flows: [passAfter({ wait: 'defer', waitMs: 5000 })],
    });
    call('1', { a: 1 });
    await until(() => broker.settledIds.length === 1);
    await clock.advance(4999);
    await turns();
    expect([nodes.passed.length, completions('1').length]).toEqual([0, 0]);
    await clock.advance(1);
    await until(() => completions('1').length === 1);
    expect(eventTypes()).toContain('message.taken-over');
  });

  test('[engine W7] the trace of a deferred message says that it was taken over and settled before its run', async () => {
    const { call, clock, broker, until, events, eventTypes } = await start({ flows: [passAfter({ wait: 'defer', waitMs: 200 })] });
    call('1');
    await until(() => broker.settledIds.length === 1);
    await clock.advance(200);
    await until(() => eventTypes().includes('run.finished'));
    const types = eventTypes();
    expect(types.indexOf('message.settled')).toBe(types.indexOf('message.taken-over') + 1);
    expect(events().filter(({ type }) => type === 'message.settled')).toMatchObject([{ how: 'taken-over' }]);
  });

  test('[engine W7] the random addition of a deferred message lies below its bound', async () => {
    const { call, clock, nodes, broker, until } = await start({
      flows: [passAfter({ wait: 'defer', waitMs: 500, waitJitterMs: 1000 })],
    });
    call('1', { a: 1 });
    await until(() => broker.settledIds.length === 1);
    await clock.advance(999);
    expect(nodes.passed).toHaveLength(0);
    await clock.advance(1);
    await until(() => nodes.passed.length === 1);
  });

  test('[engine W8] a debounce that keeps all runs all of a key once none came for its time', async () => {
    const { call, clock, nodes, broker, until, completions } = await start({
      flows: [passAfter({ wait: 'debounce', waitMs: 1000, waitKey: '$inputs.key' })],
    });
    call('1', { key: 'a', id: 1 });
    call('x', { key: 'b', id: 9 });
    await until(() => broker.settledIds.length === 2);
    await clock.advance(800);
    call('2', { key: 'a', id: 2 });
    await until(() => broker.settledIds.length === 3);
    await clock.advance(800);
    await until(() => nodes.passed.length === 1);
    expect(nodes.passed).toEqual([{ key: 'b', id: 9 }]);
    await clock.advance(200);
    await until(() => completions('1').length === 1 && completions('2').length === 1);
    expect(nodes.passed).toHaveLength(3);
  });

  test('[engine W9] a debounce that skips runs the last of a key only, and answers the others as done', async () => {
    const { call, clock, nodes, broker, until, completions, parts } = await start({
      flows: [passAfter({ wait: 'debounce', waitMs: 1000, waitKey: '$inputs.key', discard: true })],
    });
    for (const id of [1, 2, 3]) call(String(id), { key: 'a', id });
    await until(() => broker.settledIds.length === 3 && completions('1').length === 1 && completions('2').length === 1);
    expect(String(completions('1')[0]?.message)).toContain('Skipped');
    await clock.advance(1000);
    await until(() => completions('3').length === 1);
    expect(nodes.passed).toEqual([{ key: 'a', id: 3 }]);
    const skipped = parts.filter(({ finished }) => finished?.outcome === 'skipped').map(({ head }) => head.messageId);
    expect([...new Set(skipped)]).toEqual(['1', '2']);
  });

  test('[engine W10] a throttle lets one of a key begin in its time, and loses none', async () => {
    const { call, clock, nodes, broker, until } = await start({
      flows: [passAfter({ wait: 'throttle', waitMs: 1000, waitKey: '"all"' })],
    });
    for (const id of [1, 2, 3]) call(String(id), { id });
    await until(() => broker.settledIds.length === 3);
    await clock.advance(0);
    await until(() => nodes.passed.length === 1);
    await clock.advance(999);
    expect(nodes.passed).toHaveLength(1);
    await clock.advance(1);
    await until(() => nodes.passed.length === 2);
    await clock.advance(1000);
    await until(() => nodes.passed.length === 3);
    await clock.advance(500);
    call('4', { id: 4 });
    await until(() => broker.settledIds.length === 4);
    await clock.advance(499);
    expect(nodes.passed).toHaveLength(3);
    await clock.advance(1);
    await until(() => nodes.passed.length === 4);
  });

  test('[engine W11] a throttle that skips answers as done what would have to wait', async () => {
    const { call, clock, nodes, until, completions } = await start({
      flows: [passAfter({ wait: 'throttle', waitMs: 1000, waitKey: '"all"', discard: true })],
    });
    call('1', { id: 1 });
    call('2', { id: 2 });
    await until(() => completions('2').length === 1);
    await clock.advance(0);
    await until(() => completions('1').length === 1);
    expect([nodes.passed, String(completions('2')[0]?.message).includes('Skipped')]).toEqual([[{ id: 1 }], true]);
  });

  test('[engine W12] what waits goes on waiting after a kill, and is lost to none', async () => {
    const flow = passAfter({ wait: 'defer', waitMs: 60_000 });
    const first = await start({ flows: [flow] });
    for (const id of ['1', '2', '3']) first.call(id, { id });
    await first.until(() => first.broker.settledIds.length === 3);
    const second = await start({ flows: [flow], remains: first.kill() });
    await second.clock.advance(59_999);
    await turns();
    expect(second.nodes.passed).toHaveLength(0);
    await second.clock.advance(1);
    await second.until(() => ['1', '2', '3'].every((id) => second.completions(id).length === 1));
    expect(await countOpenLater(second)).toBe(0);
  });

  test('[engine W13] of messages with the same key within the time only the first runs, over a kill too; the others are answered as done', async () => {
    const flow = passAfter({ dedupeMs: 10_000, dedupeKey: '$inputs.key' });
    const first = await start({ flows: [flow] });
    first.call('1', { key: 'a' });
    first.call('2', { key: 'a' });
    first.call('3', { key: 'b' });
    await first.until(() => ['1', '2', '3'].every((id) => first.completions(id).length === 1));
    expect(first.nodes.passed).toEqual([{ key: 'a' }, { key: 'b' }]);
    expect(String(first.completions('2')[0]?.message)).toContain('Skipped');
    const second = await start({ flows: [flow], remains: first.kill() });
    second.call('4', { key: 'a' });
    await second.until(() => second.completions('4').length === 1);
    expect(second.nodes.passed).toHaveLength(0);
    await second.clock.advance(10_001);
    second.call('5', { key: 'a' });
    await second.until(() => second.nodes.passed.length === 1);
  });

  test('[engine W13] a run that is delivered again does not meet itself', async () => {
    const flow = flowOf({ dedupeMs: 10_000 }, {}, ['test.gate'], ['test.complete']);
    const first = await start({ flows: [flow] });
    first.call('1');
    await first.until(() => first.nodes.waitingCount() === 1);
    const second = await start({ flows: [flow], remains: first.kill() });
    await second.until(() => second.nodes.waitingCount() === 1);
    second.nodes.openGates();
    await second.until(() => second.completions('1').length === 1);
    expect(JSON.stringify(second.completions('1'))).not.toContain('Skipped');
  });
});

describe('bounds and deploys', () => {
  test('[engine W15] beyond its limit the ledger takes nothing over: the rest stays with the broker until there is room', async () => {
    const { call, clock, nodes, broker, until, engine } = await start({
      flows: [flowOf({ wait: 'defer', waitMs: 1000 }, {}, ['test.pass'])],
      takenOverLimit: 3,
      prefetch: 10,
    });
    for (let id = 1; id <= 30; id += 1) call(String(id), { id });
    await until(() => broker.settledIds.length === 3);
    await turns();
    expect([engine.getStatus().admission.beyondLimit, broker.countInFlight()]).toEqual([10, 10]);
    for (let step = 0; step < 60 && nodes.passed.length < 30; step += 1) {
      await clock.advance(500);
      await turns();
    }
    expect([nodes.passed.length, broker.settledIds.length]).toEqual([30, 30]);
  });

  test('[engine W16] a message that waits runs on the version that is deployed at its turn', async () => {
    const { call, clock, nodes, broker, until, deploy, completions } = await start({
      flows: [flowOf({ wait: 'defer', waitMs: 1000 }, {}, ['test.pass'])],
    });
    call('1', { a: 1 });
    await until(() => broker.settledIds.length === 1);
    await deploy([flowOf({ wait: 'defer', waitMs: 1000 }, {}, ['test.write'], ['test.complete', { results: 2 }])]);
    await clock.advance(1000);
    await until(() => completions('1').length === 1);
    expect([nodes.passed.length, nodes.writes.length]).toEqual([0, 1]);
  });

  test('[engine W16] a message whose flow is gone waits in the ledger, and runs with the deploy that brings one', async () => {
    const deferred = flowOf({ wait: 'defer', waitMs: 1000 }, {}, ['test.pass'], ['test.complete']);
    const { call, clock, nodes, broker, until, deploy, completions, ledger } = await start({ flows: [deferred] });
    call('1', { a: 1 });
    await until(() => broker.settledIds.length === 1);
    await deploy([]);
    await clock.advance(2000);
    await turns();
    expect([nodes.passed.length, completions('1').length, ledger.count().takenOver]).toEqual([0, 0, 1]);
    await deploy([deferred]);
    await clock.advance(2000);
    await until(() => completions('1').length === 1);
  });

  test('[engine S3] a flow that has nothing running is given a place however busy another one is', async () => {
    const slow = { ...chain('slow', ['test.function', { function: 'lookup' }], ['test.gate']), settings: { concurrency: 50 } };
    const other = { ...chain('other', ['test.function', { function: 'other' }], ['test.pass']), settings: { concurrency: 50 } };
    const { call, put, nodes, until } = await start({ flows: [slow, other], runLimit: 4, prefetch: 50 });
    for (let id = 1; id <= 20; id += 1) call(String(id));
    await until(() => nodes.waitingCount() === 3);
    put('o', JSON.stringify({ function: { id: 2, name: 'other' }, inputs: { quick: 1 } }), {
      'reply-to': '/queue/acks.201.fn_models',
      'correlation-id': 'cid-o',
    });
    await until(() => nodes.passed.length === 1);
    expect(nodes.waitingCount()).toBe(3);
  });

  test('[engine S5] while traces are not written fast enough no run begins, and the messages stay with the broker', async () => {
    let isBehind = true;
    const { call, clock, nodes, until, broker, engine } = await start({
      flows: [flowOf({}, {}, ['test.pass'])],
      isTraceBehind: () => isBehind,
      prefetch: 5,
    });
    for (let id = 1; id <= 20; id += 1) call(String(id), { id });
    await until(() => broker.countInFlight() === 5);
    await turns();
    await clock.advance(100);
    expect([nodes.passed.length, broker.countReady(), engine.getStatus().heldBack > 0]).toEqual([0, 15, true]);
    isBehind = false;
    for (let step = 0; step < 50 && broker.settledIds.length < 20; step += 1) {
      await clock.advance(10);
      await turns();
    }
    expect([nodes.passed.length, broker.settledIds.length]).toEqual([20, 20]);
  });

  test('[engine S4] no more messages of one destination run at one time than its limit says', async () => {
    const slow = { ...chain('slow', ['test.function', { function: 'lookup' }], ['test.gate']), settings: { concurrency: 50 } };
    const { call, nodes, until } = await start({ flows: [slow], runLimit: 40, destinationRunLimit: 2, prefetch: 50 });
    for (let id = 1; id <= 10; id += 1) call(String(id));
    await until(() => nodes.waitingCount() === 2);
    await turns();
    expect(nodes.waitingCount()).toBe(2);
    nodes.openGates();
    await until(() => nodes.waitingCount() === 2);
  });
});
