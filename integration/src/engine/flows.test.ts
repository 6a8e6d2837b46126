import type { JsonObject } from '@wirebook/errors';
import type { FlowDocumentInput } from '@wirebook/flow';
import { afterEach, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, lookup, startEngine } from './engine-under-test.ts';
import { flowOf } from './flow-of.ts';

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

async function runOnce(
  flow: FlowDocumentInput,
  inputs: JsonObject = {},
): Promise<{ engine: EngineUnderTest; reply: JsonObject | undefined }> {
  const engine = await start({ flows: [flow] });
  engine.call('1', inputs);
  await engine.until(() => engine.broker.settledIds.length === 1);
  return { engine, reply: engine.completions('1')[0] };
}

const source = ['test.function', { function: 'lookup' }] as const;

test('[engine F1] an error leaves through the error port with the error, the node and the message that failed', async () => {
  const { reply } = await runOnce(
    flowOf({ s: source, bad: ['test.fail'], done: ['test.complete'] }, ['s.out -> bad.in', 'bad.error -> done.in']),
    { a: 1 },
  );
  expect(reply?.results).toEqual({
    error: {
      code: 'NODE_INPUT_INVALID',
      message: 'this node always fails',
      blame: 'author',
      hint: 'Correct the value of the field named in the message.',
    },
    node: { id: 'bad', name: 'bad' },
    message: { a: 1 },
  });
});

test('[engine F2] an error that no wire takes goes to the catch node of the flow, with the message that failed', async () => {
  const { reply } = await runOnce(
    flowOf({ s: source, bad: ['test.fail'], c: ['test.catch'], done: ['test.complete'] }, ['s.out -> bad.in', 'c.out -> done.in']),
    { a: 1 },
  );
  expect(reply?.results).toEqual({ caught: 'NODE_INPUT_INVALID', from: 'bad', message: { a: 1 } });
});

test('[engine F3] a catch node with a scope takes errors of its nodes only, and goes before one that takes all', async () => {
  const flow = flowOf(
    {
      s: source,
      bad: ['test.fail'],
      all: ['test.catch'],
      own: ['test.catch', { nodes: ['bad'] }],
      a: ['test.complete', { results: 'all' }],
      o: ['test.complete', { results: 'own' }],
    },
    ['s.out -> bad.in', 'all.out -> a.in', 'own.out -> o.in'],
  );
  const { reply } = await runOnce(flow);
  expect(reply?.results).toBe('own');
});

test('[engine F4] an error behind a catch node does not come back to it: the run fails', async () => {
  const { reply } = await runOnce(
    flowOf({ s: source, bad: ['test.fail'], c: ['test.catch'], worse: ['test.fail'] }, ['s.out -> bad.in', 'c.out -> worse.in']),
  );
  expect(reply).toMatchObject({ message_type: 1, complete: true });
});

test('[engine F5] a loop ends with FLOW_LOOP_LIMIT at the limit of the flow', async () => {
  const flow = flowOf({ s: source, a: ['test.pass'], b: ['test.pass'] }, ['s.out -> a.in', 'a.out -> b.in', 'b.out -> a.in'], {
    hopLimit: 20,
  });
  const { engine, reply } = await runOnce(flow);
  expect(String(reply?.message)).toContain('FLOW_LOOP_LIMIT');
  expect(engine.nodes.passed).toHaveLength(19);
});

test('[engine F6] a disabled node hands its message on unchanged', async () => {
  const flow = chain('f', lookup, ['test.fail'], ['test.complete']);
  const disabled = { ...flow, nodes: flow.nodes.map((node) => (node.type === 'test.fail' ? { ...node, disabled: true } : node)) };
  const { reply } = await runOnce(disabled, { a: 1 });
  expect(reply?.results).toEqual({ a: 1 });
});

test('[engine F7] several wires from one port each carry the message, and the run is over when all branches are', async () => {
  const flow = flowOf({ s: source, a: ['test.pass'], b: ['test.gate'], c: ['test.pass'] }, [
    's.out -> a.in',
    's.out -> b.in',
    'b.out -> c.in',
  ]);
  const engine = await start({ flows: [flow] });
  engine.call('1', { n: 1 });
  await engine.until(() => engine.nodes.waitingCount() === 1);
  expect(engine.broker.settledIds).toEqual([]);
  engine.nodes.openGates();
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.nodes.passed).toEqual([{ n: 1 }, { n: 1 }]);
});

test('[engine F8] expressions see the message, the inputs and the outputs of ancestors', async () => {
  const flow = chain(
    'f',
    lookup,
    ['test.write', {}, 'Write it'],
    ['test.complete', { results: { $expr: '{"n": written, "in": $inputs.a, "before": $steps.`Write it`.written}' } }],
  );
  const { reply } = await runOnce(flow, { a: 'x' });
  expect(reply?.results).toEqual({ n: 1, in: 'x', before: 1 });
});

test('[engine F8] behind a catch node expressions see the outputs of the nodes on the way of the failed message', async () => {
  const flow = flowOf(
    {
      s: source,
      w: ['test.write'],
      bad: ['test.fail'],
      c: ['test.catch'],
      done: ['test.complete', { results: { $expr: '$steps.w.written' } }],
    },
    ['s.out -> w.in', 'w.out -> bad.in', 'c.out -> done.in'],
  );
  const { reply } = await runOnce(flow);
  expect(reply?.results).toBe(1);
});

test('[engine F9] a step over its time limit ends with ENGINE_STEP_TIMEOUT, its signal aborts, and its late result is recorded and refused', async () => {
  const flow = { ...chain('f', lookup, ['test.gate'], ['test.pass']), settings: { stepTimeoutMs: 1000 } };
  const engine = await start({ flows: [flow] });
  engine.call('1');
  await engine.until(() => engine.nodes.waitingCount() === 1);
  await engine.clock.advance(1000);
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(String(engine.completions('1')[0]?.message)).toContain('ENGINE_STEP_TIMEOUT');
  expect(engine.nodes.abortedCount()).toBe(1);
  engine.nodes.openGates();
  await engine.until(() => engine.eventTypes().includes('step.late'));
  expect(engine.nodes.passed).toEqual([]);
});

test('[engine F10] a run over its time limit is answered with an error at that moment', async () => {
  const flow = { ...chain('f', lookup, ['test.gate'], ['test.gate'], ['test.pass']), settings: { timeoutMs: 500 } };
  const engine = await start({ flows: [flow] });
  engine.call('1');
  await engine.until(() => engine.nodes.waitingCount() === 1);
  await engine.clock.advance(500);
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(String(engine.completions('1')[0]?.message)).toContain('ENGINE_RUN_TIMEOUT');
  const finished = engine.events().find((event) => event.type === 'run.finished');
  expect(finished).toMatchObject({ outcome: 'timed-out' });
});

test('[engine U6] a source may name the connection that is served, and no other', async () => {
  const engine = await start({ flows: [] });
  const named = (connection: string) => chain('g', ['test.function', { function: 'lookup', connection }], ['test.complete']);
  await expect(engine.deploy([named('elsewhere')])).rejects.toMatchObject({
    code: 'SOAR_CONNECTION_UNKNOWN',
    message: expect.stringContaining('app.config has no connection "elsewhere"; there is "resilient"'),
  });
  await engine.deploy([named('resilient')]);
  engine.call('1');
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.completions('1')).toMatchObject([{ message_type: 0 }]);
});

test('[engine F11] deploying a flow with an unknown node type, function or claim is refused and changes nothing', async () => {
  const engine = await start({ flows: [chain('f', lookup, ['test.complete'])] });
  const deploy = async (...flows: FlowDocumentInput[]) => engine.deploy(flows);
  await expect(deploy(chain('g', lookup, ['test.nothing']))).rejects.toMatchObject({ code: 'FLOW_NODE_TYPE_UNKNOWN' });
  await expect(deploy(chain('g', ['test.function', { function: 'unknown' }]))).rejects.toMatchObject({ code: 'SOAR_FUNCTION_UNKNOWN' });
  await expect(deploy(chain('g', lookup), chain('h', lookup))).rejects.toMatchObject({ code: 'FLOW_NODE_CONFIG_INVALID' });
  await expect(deploy(chain('g', ['test.pass']))).rejects.toMatchObject({ code: 'FLOW_SOURCE_MISSING' });
  engine.call('1');
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.completions('1')).toMatchObject([{ message_type: 0 }]);
});

test('[engine F12] a run in flight finishes on the version it began with, the next one runs the new version', async () => {
  const engine = await start({ flows: [chain('f', lookup, ['test.gate'], ['test.complete', { results: 'old' }])] });
  engine.call('1');
  await engine.until(() => engine.nodes.waitingCount() === 1);
  await engine.deploy([chain('f', lookup, ['test.complete', { results: 'new' }])]);
  engine.call('2');
  await engine.until(() => engine.broker.settledIds.length === 1);
  engine.nodes.openGates();
  await engine.until(() => engine.broker.settledIds.length === 2);
  expect([engine.completions('1')[0]?.results, engine.completions('2')[0]?.results]).toEqual(['old', 'new']);
});

test('[engine S1] no more runs begin than flow and engine allow; the others wait in order', async () => {
  const engine = await start({ flows: [{ ...chain('f', lookup, ['test.gate'], ['test.pass']), settings: { concurrency: 2 } }] });
  for (let n = 0; n < 5; n += 1) engine.call(`${n}`, { n });
  await engine.until(() => engine.nodes.waitingCount() === 2 && engine.engine.getStatus().runsWaiting === 3);
  for (let round = 0; round < 3; round += 1) {
    await engine.until(() => engine.nodes.openGates() > 0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await engine.until(() => {
    engine.nodes.openGates();
    return engine.broker.settledIds.length === 5;
  });
  expect(engine.nodes.passed).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
});

test('[engine S2] a busy flow does not hold up another one', async () => {
  const busy = { ...chain('busy', lookup, ['test.gate']), settings: { concurrency: 3 } };
  const quick = chain('quick', ['test.function', { function: 'other' }], ['test.complete', { results: 'quick' }]);
  const engine = await start({ flows: [busy, quick], runLimit: 4 });
  for (let n = 0; n < 6; n += 1) engine.call(`${n}`);
  await engine.until(() => engine.nodes.waitingCount() === 3);
  engine.put('q', JSON.stringify({ function: { name: 'other' }, inputs: {} }), {
    'reply-to': '/queue/acks.201.fn_models',
    'correlation-id': 'cid-q',
  });
  await engine.until(() => engine.completions('q').length === 1);
  expect(engine.completions('q')[0]?.results).toBe('quick');
});

test('[engine D1] a stop starts nothing new, lets runs in flight finish and leaves the rest to the broker', async () => {
  const engine = await start({ flows: [{ ...chain('f', lookup, ['test.gate'], ['test.complete']), settings: { concurrency: 1 } }] });
  engine.call('1');
  engine.call('2');
  await engine.until(() => engine.nodes.waitingCount() === 1);
  const stopping = engine.engine.stop({ drainMs: 1000 });
  engine.nodes.openGates();
  await engine.until(() => engine.broker.settledIds.length === 1);
  await engine.clock.advance(50);
  await stopping;
  expect(engine.completions('1')).toHaveLength(1);
  expect(engine.completions('2')).toHaveLength(0);
  expect(engine.broker.takeUnsettled().map(({ messageId }) => messageId)).toEqual(['2']);
});

test('[engine D2] what is not over when the drain time ends is cancelled without an answer and is delivered again', async () => {
  const engine = await start({ flows: [chain('f', lookup, ['test.gate'], ['test.complete'])] });
  engine.call('1');
  await engine.until(() => engine.nodes.waitingCount() === 1);
  const stopping = engine.engine.stop({ drainMs: 100 });
  await engine.clock.advance(200);
  await stopping;
  expect(engine.broker.sent).toEqual([]);
  expect(engine.broker.takeUnsettled()).toHaveLength(1);
});

test('[engine D3] a detached run that a stop cancels is not over: the next engine goes on with it', async () => {
  const flow = chain('f', lookup, ['test.complete'], ['test.gate'], ['test.write']);
  const first = await start({ flows: [flow] });
  first.call('1');
  await first.until(() => first.nodes.waitingCount() === 1 && first.broker.settledIds.length === 1);
  const stopping = first.engine.stop({ drainMs: 100 });
  await first.clock.advance(200);
  await stopping;
  const second = await start({ flows: [flow], remains: first.kill() });
  await second.until(() => second.nodes.waitingCount() === 1);
  second.nodes.openGates();
  await second.until(() => second.nodes.writes.length === 1);
});

test('[engine D4] detached runs that wait for a place do not hold up a stop', async () => {
  const flow = { ...chain('f', lookup, ['test.complete'], ['test.gate'], ['test.write']), settings: { concurrency: 1 } };
  const first = await start({ flows: [{ ...flow, settings: { concurrency: 2 } }] });
  first.call('1');
  first.call('2');
  await first.until(() => first.nodes.waitingCount() === 2 && first.broker.settledIds.length === 2);
  const second = await start({ flows: [flow], remains: first.kill() });
  await second.until(() => second.nodes.waitingCount() === 1);
  const stopping = second.engine.stop({ drainMs: 60_000 });
  second.nodes.openGates();
  await second.until(() => second.nodes.writes.length === 1);
  await second.clock.advance(100);
  await stopping;
  expect(second.nodes.writes).toHaveLength(1);
});

test('[engine F13] a call on a destination that a deploy leaves goes back to the broker and is not answered', async () => {
  const engine = await start({ flows: [chain('f', lookup, ['test.gate'], ['test.complete'])] });
  engine.call('1');
  await engine.until(() => engine.nodes.waitingCount() === 1);
  const deploying = engine.deploy([chain('g', ['test.destination', { destination: 'elsewhere' }], ['test.pass'])]);
  await engine.until(() => engine.logLines.some((line) => line.includes('subscribed') && engine.logLines.length > 2));
  engine.call('2');
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  engine.nodes.openGates();
  await engine.until(() => engine.broker.settledIds.length === 1);
  await engine.clock.advance(50);
  await deploying;
  expect(engine.completions('1')).toHaveLength(1);
  expect(engine.completions('2')).toEqual([]);
  expect(engine.broker.takeUnsettled().map(({ messageId }) => messageId)).toEqual(['2']);
});

test('[engine F11] a deploy that the broker refuses leaves the old flow in service', async () => {
  const engine = await start({ flows: [chain('f', lookup, ['test.complete', { results: 'old' }])] });
  engine.broker.refuseSubscriptionsTo('actions.201.secret');
  const refused = engine.deploy([
    chain('f', lookup, ['test.complete', { results: 'new' }]),
    chain('g', ['test.destination', { destination: 'secret' }], ['test.pass']),
  ]);
  await expect(refused).rejects.toMatchObject({ code: 'SOAR_BROKER_NOT_AUTHORIZED' });
  engine.call('1');
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.completions('1')[0]?.results).toBe('old');
});
