import type { JsonObject } from '@wirebook/errors';
import type { FlowDocumentInput } from '@wirebook/flow';
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

async function runOnce(flow: FlowDocumentInput): Promise<{ engine: EngineUnderTest; reply: JsonObject | undefined }> {
  const engine = await start({ flows: [flow] });
  engine.call('1', { a: 1 });
  await engine.until(() => engine.broker.settledIds.length === 1);
  return { engine, reply: engine.completions('1')[0] };
}

const s: NodeSketch = lookup;
const done = (results: string): NodeSketch => ['test.complete', { results }];

test.each<[string, Record<string, JsonObject>, string]>([
  ['named nodes before all, and all before uncaught', { un: { scope: 'uncaught' }, all: {}, own: { nodes: ['bad'] } }, 'own'],
  ['all before uncaught', { un: { scope: 'uncaught' }, all: { scope: 'all' } }, 'all'],
  ['uncaught when the others take other nodes', { un: { scope: 'uncaught' }, own: { nodes: ['s'] } }, 'un'],
  ['a scope of all takes every node, whatever names stand beside it', { all: { scope: 'all', nodes: ['s'] } }, 'all'],
])('[engine G1] of several catch nodes the most specific one takes an error: %s', async (_, catches, taker) => {
  const wires = Object.keys(catches).map((id) => `${id}.out -> done-${id}.in`);
  const nodes: Record<string, NodeSketch> = { s, bad: ['test.fail'] };
  for (const [id, config] of Object.entries(catches)) {
    nodes[id] = ['test.catch', config];
    nodes[`done-${id}`] = done(id);
  }
  const { reply } = await runOnce(flowOf(nodes, ['s.out -> bad.in', ...wires]));
  expect(reply?.results).toBe(taker);
});

test.each<[string, Record<string, JsonObject>, string]>([
  ['codes before classes', { any: {}, class: { blame: ['author'] }, code: { codes: ['NODE_INPUT_INVALID'] } }, 'code'],
  ['classes before every error', { any: {}, class: { blame: ['author'] } }, 'class'],
  ['other classes and codes are left alone', { class: { blame: ['world', 'us'] }, code: { codes: ['HTTP_TIMEOUT'] }, any: {} }, 'any'],
  ['class and code have to fit both', { both: { blame: ['world'], codes: ['NODE_INPUT_INVALID'] }, any: {} }, 'any'],
])('[engine G2] a catch node takes the classes and codes that it names: %s', async (_, catches, taker) => {
  const wires = Object.keys(catches).map((id) => `${id}.out -> done-${id}.in`);
  const nodes: Record<string, NodeSketch> = { s, bad: ['test.fail'] };
  for (const [id, config] of Object.entries(catches)) {
    nodes[id] = ['test.catch', config];
    nodes[`done-${id}`] = done(id);
  }
  const { reply } = await runOnce(flowOf(nodes, ['s.out -> bad.in', ...wires]));
  expect(reply?.results).toBe(taker);
});

test('[engine G2] an error that no filter lets through fails the run', async () => {
  const flow = flowOf({ s, bad: ['test.fail'], c: ['test.catch', { blame: ['world'] }], d: done('c') }, [
    's.out -> bad.in',
    'c.out -> d.in',
  ]);
  const { reply } = await runOnce(flow);
  expect(String(reply?.message)).toContain('NODE_INPUT_INVALID');
});

test('[engine G3] a loop through an error port ends with FLOW_LOOP_LIMIT, which nothing takes', async () => {
  const flow = flowOf(
    { s, bad: ['test.fail'], c: ['test.catch'], d: done('caught') },
    ['s.out -> bad.in', 'bad.error -> bad.in', 'c.out -> d.in'],
    { hopLimit: 20 },
  );
  const { engine, reply } = await runOnce(flow);
  expect(String(reply?.message)).toContain('FLOW_LOOP_LIMIT');
  expect(engine.eventTypes().filter((type) => type === 'step.failed')).toHaveLength(20);
});

test('[engine G3] a way through catch nodes back to the failing node ends: each catch node takes part in it once', async () => {
  const flow = flowOf({ s, bad: ['test.fail'], c: ['test.catch'], k: ['test.catch'] }, [
    's.out -> bad.in',
    'c.out -> bad.in',
    'k.out -> bad.in',
  ]);
  const { engine, reply } = await runOnce(flow);
  expect(String(reply?.message)).toContain('this node always fails');
  expect(engine.eventTypes().filter((type) => type === 'step.failed')).toHaveLength(3);
});

test('[engine G4] a node may have a time limit of its own, shorter or longer than that of the flow', async () => {
  const flow = flowOf(
    { s, slow: ['test.gate', {}, { timeoutMs: 3000 }], after: ['test.pass'] },
    ['s.out -> slow.in', 'slow.out -> after.in'],
    {
      stepTimeoutMs: 1000,
    },
  );
  const engine = await start({ flows: [flow] });
  engine.call('1');
  await engine.until(() => engine.nodes.waitingCount() === 1);
  await engine.clock.advance(2900);
  expect(engine.nodes.abortedCount()).toBe(0);
  await engine.clock.advance(200);
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.completions('1')[0]?.message).toContain('took longer than 3000 ms');
  expect(engine.nodes.abortedCount()).toBe(1);
});

test('[engine G5] an error tells its class: at an error port, and in words in the error reply', async () => {
  const toError = await runOnce(flowOf({ s, bad: ['test.fail'], d: ['test.complete'] }, ['s.out -> bad.in', 'bad.error -> d.in']));
  expect(toError.reply?.results).toMatchObject({ error: { blame: 'author' } });
  const { reply } = await runOnce(flowOf({ s, bad: ['test.fail'] }, ['s.out -> bad.in']));
  expect(reply?.message).toBe('node "bad": this node always fails (NODE_INPUT_INVALID: the flow has to be changed)');
});
