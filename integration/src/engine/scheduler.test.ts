import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { FlowDocumentInput } from '@wirebook/flow';
import { defineNode, type NodeDescriptor, type NodeRuntime } from '@wirebook/node-kit';
import type { TraceEvent } from '@wirebook/trace';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EngineUnderTest, startEngine } from './engine-under-test.ts';
import { flowOf, type NodeSketch } from './flow-of.ts';

/** Every so many milliseconds of the fake clock is looked whether the run is over, so many times. */
const tickMs = 100;
const ticks = 600;
const graphCount = 400;
const timeLimitMs = 60_000;

const ports = { inputs: { in: { label: 'in' } }, outputs: { out: { label: 'out' } } } as const;
const plain = { version: 1, label: 'Random', summary: 'For tests.', icon: 'flask', permissions: [], category: 'logic', ...ports } as const;
const workConfig = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    /** Fails so many of its tries, over all messages. */
    failures: { type: 'integer', default: 0 },
    delayMs: { type: 'integer', default: 0 },
    emissions: { type: 'integer', default: 1 },
    isComplete: { type: 'boolean', default: false },
    isStatus: { type: 'boolean', default: false },
  },
} as const;
const work = { ...plain, type: 'test.work', sideEffect: 'none', config: workConfig } as const satisfies NodeDescriptor;
const workingWrite = {
  ...plain,
  type: 'test.work-write',
  sideEffect: 'idempotent-write',
  config: workConfig,
} as const satisfies NodeDescriptor;

/** What nodes emitted: the object itself, frozen through and through, beside what it said then. */
let emitted: { readonly value: JsonValue; readonly text: string }[] = [];
let received: { readonly value: JsonValue; readonly text: string }[] = [];
let failuresLeft = new Map<string, number>();

function deepFreeze<Value extends JsonValue>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}

function defineWork(descriptor: typeof work | typeof workingWrite): NodeRuntime {
  return defineNode(descriptor, async ({ config, message, emit, clock, signal, services }) => {
    received.push({ value: message, text: JSON.stringify(message) });
    if (config.delayMs > 0) await clock.sleep(config.delayMs, signal);
    const key = `${config.failures} ${config.delayMs}`;
    const left = failuresLeft.get(key) ?? config.failures;
    failuresLeft.set(key, Math.max(0, left - 1));
    if (left > 0) throw new WirebookError('SOAR_RATE_LIMITED', 'it fails as it was told');
    if (config.isStatus) await services.reply.status('working');
    if (config.isComplete) services.reply.complete({ kind: 'result', results: message, text: null });
    for (let count = 0; count < config.emissions; count += 1) {
      const value = deepFreeze<JsonObject>({
        count,
        lists: [[count], { deep: { count } }],
        before: isJsonObject(message) ? Object.keys(message) : [],
      });
      emitted.push({ value, text: JSON.stringify(value) });
      emit('out', value);
    }
  });
}

interface RandomFlow {
  readonly document: FlowDocumentInput;
  readonly hopLimit: number;
  readonly finalCount: number;
}

const workSketch: fc.Arbitrary<NodeSketch> = fc
  .record({
    type: fc.constantFrom('test.work', 'test.work', 'test.work-write'),
    failures: fc.constantFrom(0, 0, 0, 1, 2, 50),
    delayMs: fc.constantFrom(0, 0, 5, 40, 300),
    emissions: fc.constantFrom(1, 1, 1, 2, 0),
    ending: fc.constantFrom('none', 'none', 'none', 'complete', 'status'),
    times: fc.constantFrom(0, 0, 1, 2),
    timeoutMs: fc.constantFrom(undefined, undefined, 100),
  })
  .map(({ type, failures, delayMs, emissions, ending, times, timeoutMs }) => {
    const config = { failures, delayMs, emissions, isComplete: ending === 'complete', isStatus: ending === 'status' };
    const retry = times === 0 ? {} : { retry: { times, delayMs: 20, jitter: 0, on: 'any' } };
    return [type, config, { ...retry, ...(timeoutMs === undefined ? {} : { timeoutMs }) }];
  });

interface Scopes {
  /** Parts of each split, and how many go at a time. */
  readonly splits: readonly (readonly [count: number, parallel: number])[];
  readonly joins: readonly ('fail' | 'collect')[];
  /** The first split is wired through a node to the first join, and on. */
  readonly isPaired: boolean;
}

const someScopes: fc.Arbitrary<Scopes> = fc.record({
  splits: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 2 })), { maxLength: 2 }),
  joins: fc.array(fc.constantFrom('fail', 'collect'), { maxLength: 2 }),
  isPaired: fc.boolean(),
});

function listScopeNodes({ splits, joins }: Scopes): Record<string, NodeSketch> {
  const nodes: Record<string, NodeSketch> = {};
  for (const [index, [count, parallel]] of splits.entries()) {
    nodes[`x${index}`] = ['core.split', { items: Array.from({ length: count }, (_, item) => ({ item })), parallel }];
  }
  for (const [index, failures] of joins.entries()) nodes[`j${index}`] = ['core.join', { failures }];
  return nodes;
}

/** Any wires: several at one port, several into one node, circles, error ports, into nothing twice. */
const randomFlow: fc.Arbitrary<RandomFlow> = fc
  .record({
    works: fc.array(workSketch, { minLength: 1, maxLength: 6 }),
    catches: fc.array(fc.constantFrom('all', 'uncaught'), { maxLength: 2 }),
    finals: fc.integer({ min: 0, max: 2 }),
    scopes: someScopes,
    wires: fc.array(fc.tuple(fc.nat(), fc.constantFrom('out', 'out', 'out', 'error'), fc.nat()), { minLength: 1, maxLength: 10 }),
    hopLimit: fc.integer({ min: 1, max: 6 }),
    runTimeoutMs: fc.constantFrom(100, 1000, 300_000),
  })
  .map(({ works, catches, finals, scopes, wires, hopLimit, runTimeoutMs }) => {
    const scopeNodes = listScopeNodes(scopes);
    const targets = [...works.map((_, index) => `w${index}`), ...Object.keys(scopeNodes)];
    const starts = [...catches.map((_, index) => `c${index}`), ...Array.from({ length: finals }, (_, index) => `f${index}`)];
    const origins = ['s', ...targets, ...starts];
    const drawn = wires.map(([from, port, to]) => {
      const origin = origins[from % origins.length] ?? 's';
      return `${origin}.${origin.startsWith('w') ? port : 'out'} -> ${targets[to % targets.length]}.in`;
    });
    const isPaired = scopes.isPaired && scopes.splits.length > 0 && scopes.joins.length > 0;
    const paired = isPaired ? ['s.out -> x0.in', 'x0.out -> w0.in', 'w0.out -> j0.in', 'j0.out -> w0.in'] : [];
    const nodes: Record<string, NodeSketch> = { s: ['test.function', { function: 'lookup' }], ...scopeNodes };
    for (const [index, sketch] of works.entries()) nodes[`w${index}`] = sketch;
    for (const [index, scope] of catches.entries()) nodes[`c${index}`] = ['test.catch', { scope }];
    for (let index = 0; index < finals; index += 1) nodes[`f${index}`] = ['test.finally', { timeoutMs: 1000 }];
    const document = flowOf(nodes, [...new Set([...(isPaired ? paired : ['s.out -> w0.in']), ...drawn])], {
      hopLimit,
      timeoutMs: runTimeoutMs,
      stepTimeoutMs: 5000,
    });
    return { document, hopLimit, finalCount: finals };
  });

let engine: EngineUnderTest;
let callCount = 0;

beforeAll(async () => {
  engine = await startEngine({ flows: [], extraNodes: [defineWork(work), defineWork(workingWrite)] });
});
afterAll(async () => {
  await engine.close();
});

async function runToItsEnd({ document }: RandomFlow): Promise<{ readonly id: string; readonly events: readonly TraceEvent[] }> {
  emitted = [];
  received = [];
  failuresLeft = new Map();
  await engine.deploy([document]);
  callCount += 1;
  const id = String(callCount);
  const partsBefore = engine.parts.length;
  const settledBefore = engine.broker.settledIds.length;
  engine.call(id, { a: { b: [1] } });
  const events = () => engine.parts.slice(partsBefore).flatMap((part) => part.events);
  const isOver = () => engine.broker.settledIds.length > settledBefore && events().some(({ type }) => type === 'run.finished');
  for (let tick = 0; tick < ticks && !isOver(); tick += 1) await engine.clock.advance(tickMs);
  // What is late, or said twice, would come now.
  await engine.clock.advance(1000);
  return { id, events: events() };
}

/** Nodes that the message of each step passed before, and that step. */
function depthsOf(events: readonly TraceEvent[]): readonly number[] {
  const depths = new Map<number, number>();
  for (const event of events) {
    if (event.type === 'step.started') depths.set(event.stepId, (depths.get(event.parentStepId ?? -1) ?? 0) + 1);
  }
  return [...depths.values()];
}

function isJoin(events: readonly TraceEvent[], stepId: number): boolean {
  return events.some((event) => event.type === 'step.started' && event.stepId === stepId && event.nodeId.startsWith('j'));
}

test(
  `[engine F5][engine F7][engine P1][engine SC1][engine Z1] ${graphCount} random flows with splits, joins, circles, errors, retries, waits and ends: each run ends, answers once, and changes no message`,
  async () => {
    const seen = { looped: 0, failed: 0, detached: 0, timedOut: 0, final: 0, joined: 0, stray: 0 };
    await fc.assert(
      fc.asyncProperty(randomFlow, async (flow) => {
        const { id, events } = await runToItsEnd(flow);
        const types = events.map(({ type }) => type);
        const count = (type: TraceEvent['type']) => types.filter((each) => each === type).length;
        expect({ ended: count('run.finished'), completed: engine.completions(id).length, fatal: engine.fatal }).toEqual({
          ended: 1,
          completed: 1,
          fatal: [],
        });
        expect(engine.broker.settledIds.filter((settled) => settled === id)).toEqual([id]);
        expect(Math.max(...depthsOf(events))).toBeLessThanOrEqual(flow.hopLimit + 1);
        expect(count('step.finished') + count('step.failed')).toBeLessThanOrEqual(count('step.started') + count('step.retried'));
        for (const { value, text } of [...emitted, ...received]) expect(JSON.stringify(value)).toBe(text);
        const finalSteps = events.filter((event) => event.type === 'step.started' && event.nodeId.startsWith('f'));
        expect(finalSteps).toHaveLength(flow.finalCount);
        expect(engine.engine.getStatus()).toMatchObject({ runsActive: 0, messagesInHand: 0 });
        const end = events.find((event) => event.type === 'run.finished');
        seen.looped += JSON.stringify(end).includes('FLOW_LOOP_LIMIT') ? 1 : 0;
        seen.failed += end?.outcome === 'failed' ? 1 : 0;
        seen.timedOut += end?.outcome === 'timed-out' ? 1 : 0;
        seen.detached += count('run.detached') > 0 ? 1 : 0;
        seen.stray += JSON.stringify(end).includes('FLOW_JOIN_INCOMPLETE') ? 1 : 0;
        seen.joined += events.some(
          (event) => event.type === 'step.emitted' && (event.port === 'partial' || event.port === 'out') && isJoin(events, event.stepId),
        )
          ? 1
          : 0;
        seen.final += finalSteps.length > 0 ? 1 : 0;
      }),
      { numRuns: graphCount, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true, endOnFailure: false },
    );
    // The flows are of every sort.
    for (const [sort, times] of Object.entries(seen)) expect([sort, times > 0]).toEqual([sort, true]);
    expect(engine.engine.getStatus().ledger.open).toBe(0);
  },
  timeLimitMs * 2,
);
