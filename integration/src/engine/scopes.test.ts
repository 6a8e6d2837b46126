import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { defineNode, type NodeDescriptor } from '@wirebook/node-kit';
import { afterEach, expect, test } from 'vitest';
import { type EngineUnderTest, type EngineUnderTestOptions, startEngine } from './engine-under-test.ts';
import { flowOf, type NodeSketch } from './flow-of.ts';

const part = {
  type: 'test.part',
  version: 1,
  label: 'Part',
  summary: 'Does what its item says.',
  category: 'logic',
  icon: 'flask',
  inputs: { in: { label: 'in' } },
  outputs: { out: { label: 'out' } },
  sideEffect: 'none',
  permissions: [],
  config: { type: 'object', additionalProperties: false, required: [], properties: {} },
} as const satisfies NodeDescriptor;

let running: EngineUnderTest | undefined;
let underWay = 0;
let mostUnderWay = 0;

/** An item `{tag, waitMs, fail, drop, twice}`. */
const partNode = defineNode(part, async ({ message, emit, clock, signal }) => {
  const item: JsonObject = isJsonObject(message) ? message : {};
  underWay += 1;
  mostUnderWay = Math.max(mostUnderWay, underWay);
  try {
    if (typeof item.waitMs === 'number') await clock.sleep(item.waitMs, signal);
    if (item.fail === true) throw new WirebookError('NODE_INPUT_INVALID', `${item.tag} fails`);
    if (item.drop !== true) emit('out', item.tag ?? null);
    if (item.twice === true) emit('out', `${item.tag} again`);
  } finally {
    underWay -= 1;
  }
});

afterEach(async () => {
  await running?.close();
  running = undefined;
  mostUnderWay = 0;
});

async function start(options: EngineUnderTestOptions): Promise<EngineUnderTest> {
  running = await startEngine({ extraNodes: [partNode], ...options });
  return running;
}

const source: NodeSketch = ['test.function', { function: 'lookup' }];
const result: NodeSketch = ['test.complete'];

function splitFlow(options: { split?: JsonObject; join?: JsonObject; between?: NodeSketch } = {}) {
  return flowOf(
    {
      s: source,
      split: ['core.split', { items: { $expr: 'items' }, ...options.split }],
      p: options.between ?? ['test.part'],
      join: ['core.join', { ...options.join }],
      r: result,
    },
    ['s.out -> split.in', 'split.out -> p.in', 'p.out -> join.in', 'join.out -> r.in', 'join.partial -> r.in'],
  );
}

async function resultOf(engine: EngineUnderTest, items: JsonValue, id = '1'): Promise<JsonValue | undefined> {
  engine.call(id, { items });
  for (let turn = 0; turn < 100 && engine.completions(id).length === 0; turn += 1) await engine.clock.advance(100);
  const [only, ...others] = engine.completions(id);
  expect(others).toEqual([]);
  return only?.message_type === 1 ? only.message : only?.results;
}

test('[engine SC1] parts go their own ways, and the join goes on once, with them in their order whichever ended first', async () => {
  const engine = await start({ flows: [splitFlow()] });
  const items = [{ tag: 'slow', waitMs: 900 }, { tag: 'quick' }, { tag: 'gone', drop: true }, { tag: 'double', twice: true }];
  expect(await resultOf(engine, items)).toEqual(['slow', 'quick', 'double', 'double again']);
  expect(engine.events().filter((event) => event.type === 'step.started' && event.nodeId === 'join')).toHaveLength(1);
  expect(engine.eventTypes().filter((type) => type === 'run.finished')).toHaveLength(1);
});

test('[engine SC1] several ways of a part are joined as one part', async () => {
  const flow = flowOf(
    {
      s: source,
      split: ['core.split', { items: { $expr: 'items' } }],
      a: ['test.part'],
      b: ['core.set', { value: { $template: 'b of {{ tag }}' } }],
      join: ['core.join', { output: 'parts' }],
      r: result,
    },
    ['s.out -> split.in', 'split.out -> a.in', 'split.out -> b.in', 'a.out -> join.in', 'b.out -> join.in', 'join.out -> r.in'],
  );
  const engine = await start({ flows: [flow] });
  expect(await resultOf(engine, [{ tag: 'x', waitMs: 200 }, { tag: 'y' }])).toEqual([
    { index: 0, status: 'ended', message: ['x', 'b of x'] },
    { index: 1, status: 'ended', message: ['y', 'b of y'] },
  ]);
});

test('[engine SC2] without parts the join goes on at once, with none', async () => {
  const engine = await start({ flows: [splitFlow()] });
  expect(await resultOf(engine, [])).toEqual([]);
});

test('[engine SC2] when no part comes to the join, it goes on when the last has ended', async () => {
  const engine = await start({ flows: [splitFlow()] });
  const items = [
    { tag: 'a', drop: true, waitMs: 500 },
    { tag: 'b', drop: true },
  ];
  expect(await resultOf(engine, items)).toEqual([]);
});

test('[engine SC3] no more parts are under way at a time than the split says, and each has its turn', async () => {
  const engine = await start({ flows: [splitFlow({ split: { parallel: 3 } })] });
  const items = Array.from({ length: 20 }, (_, index) => ({ tag: `n${index}`, waitMs: 100 }));
  expect(await resultOf(engine, items)).toEqual(items.map(({ tag }) => tag));
  expect(mostUnderWay).toBe(3);
});

test('[engine SC3] ten thousand parts that need no time are joined without a deep stack', async () => {
  const engine = await start({ flows: [splitFlow({ split: { parallel: 1, maxParts: 10_000 }, between: ['test.pass'] })] });
  const items = Array.from({ length: 10_000 }, (_, index) => index);
  expect(await resultOf(engine, items)).toEqual(items);
});

test('[engine SC4] splits inside splits are joined from the inside out', async () => {
  const flow = flowOf(
    {
      s: source,
      outer: ['core.split', { items: { $expr: 'items' } }],
      inner: ['core.split', {}],
      p: ['test.part'],
      innerJoin: ['core.join', {}],
      outerJoin: ['core.join', {}],
      r: result,
    },
    [
      's.out -> outer.in',
      'outer.out -> inner.in',
      'inner.out -> p.in',
      'p.out -> innerJoin.in',
      'innerJoin.out -> outerJoin.in',
      'outerJoin.out -> r.in',
    ],
  );
  const engine = await start({ flows: [flow] });
  const items = [[{ tag: 'a1', waitMs: 700 }, { tag: 'a2' }], [], [{ tag: 'c1' }]];
  expect(await resultOf(engine, items)).toEqual([['a1', 'a2'], [], ['c1']]);
});

test('[engine SC5] an error in a part that nothing takes fails the run, as everywhere', async () => {
  const engine = await start({ flows: [splitFlow()] });
  expect(
    await resultOf(engine, [
      { tag: 'a', waitMs: 300 },
      { tag: 'b', fail: true },
    ]),
  ).toContain('node "p": b fails');
  expect(engine.events().filter((event) => event.type === 'step.started' && event.nodeId === 'join')).toEqual([]);
});

test('[engine SC5] a join that collects failures is told of them, and the other parts go on', async () => {
  const engine = await start({ flows: [splitFlow({ join: { failures: 'collect', output: 'parts' } })] });
  expect(await resultOf(engine, [{ tag: 'a', waitMs: 300 }, { tag: 'b', fail: true }, { tag: 'c' }])).toEqual([
    { index: 0, status: 'ended', message: 'a' },
    { index: 1, status: 'failed', message: null, error: { code: 'NODE_INPUT_INVALID', message: 'node "p": b fails' } },
    { index: 2, status: 'ended', message: 'c' },
  ]);
});

test('[engine SC5] a part that failed begins nothing more, inner splits neither', async () => {
  const flow = flowOf(
    {
      s: source,
      outer: ['core.split', { items: { $expr: 'items' } }],
      bad: ['test.part'],
      inner: ['core.split', { items: { $expr: 'many' }, parallel: 1 }],
      p: ['test.part'],
      count: ['test.pass'],
      innerJoin: ['core.join', {}],
      outerJoin: ['core.join', { failures: 'collect' }],
      r: result,
    },
    [
      's.out -> outer.in',
      'outer.out -> bad.in',
      'outer.out -> inner.in',
      'inner.out -> p.in',
      'p.out -> count.in',
      'count.out -> innerJoin.in',
      'innerJoin.out -> outerJoin.in',
      'outerJoin.out -> r.in',
      'outerJoin.partial -> r.in',
    ],
  );
  const engine = await start({ flows: [flow] });
  const many = [
    { tag: 'x', waitMs: 200 },
    { tag: 'y', waitMs: 200 },
    { tag: 'z', waitMs: 200 },
  ];
  const items = [
    { tag: 'first', drop: true, many: [{ tag: 'w' }] },
    { tag: 'second', waitMs: 300, fail: true, many },
  ];
  expect(await resultOf(engine, items)).toEqual([['w']]);
  expect(engine.nodes.passed).toEqual(['w', 'x']);
});

test('[engine SC5] an error that a wire or a catch node takes stays in its part', async () => {
  const flow = flowOf(
    {
      s: source,
      split: ['core.split', { items: { $expr: 'items' } }],
      p: ['test.part'],
      c: ['core.catch', {}],
      say: ['core.set', { value: { $expr: 'error.message' } }],
      join: ['core.join', {}],
      r: result,
    },
    ['s.out -> split.in', 'split.out -> p.in', 'p.out -> join.in', 'c.out -> say.in', 'say.out -> join.in', 'join.out -> r.in'],
  );
  const engine = await start({ flows: [flow] });
  expect(await resultOf(engine, [{ tag: 'a' }, { tag: 'b', fail: true }, { tag: 'c' }])).toEqual(['a', 'b fails', 'c']);
});

test('[engine SC10] what fails behind an isolated port ends that way, is on record, and the rest of the run goes on', async () => {
  const flow = flowOf({ s: source, tap: ['core.wiretap'], p: ['test.part'], after: ['test.pass'], r: result }, [
    's.out -> tap.in',
    'tap.out -> r.in',
    'tap.tap -> p.in',
    'p.out -> after.in',
  ]);
  const engine = await start({ flows: [flow] });
  engine.call('1', { tag: 'x', waitMs: 100, fail: true });
  await engine.until(() => underWay === 1);
  await engine.clock.advance(100);
  await engine.until(() => engine.completions('1').length === 1 && engine.eventTypes().includes('run.finished'));
  expect(engine.completions('1')).toMatchObject([{ message_type: 0 }]);
  expect(engine.events().filter(({ type }) => type === 'step.failed')).toMatchObject([{ handled: true }]);
  expect(engine.events().filter(({ type }) => type === 'run.finished')).toMatchObject([{ outcome: 'succeeded' }]);
  expect(engine.nodes.passed).toEqual([]);
});

test('[engine SC6] a message that was not split fails at a join', async () => {
  const flow = flowOf({ s: source, join: ['core.join', {}], r: result }, ['s.out -> join.in', 'join.out -> r.in']);
  const engine = await start({ flows: [flow] });
  expect(await resultOf(engine, [])).toMatch(/node "join": the message belongs to no part/);
  const failed = engine.events().find((event) => event.type === 'run.finished');
  expect(failed).toMatchObject({ error: { code: 'FLOW_JOIN_INCOMPLETE' } });
});

test('[engine SC7] behind a join expressions see what was before the split, and are refused what only the parts passed', async () => {
  const nodes = (value: JsonValue): Record<string, NodeSketch> => ({
    s: source,
    before: ['core.set', { fields: [{ path: 'kept', value: 7 }] }],
    split: ['core.split', { items: { $expr: 'items' } }],
    p: ['test.part'],
    join: ['core.join', {}],
    after: ['core.set', { value }],
    r: result,
  });
  const wires = [
    's.out -> before.in',
    'before.out -> split.in',
    'split.out -> p.in',
    'p.out -> join.in',
    'join.out -> after.in',
    'after.out -> r.in',
  ];
  const seen = { $expr: '{"kept": $steps.before.kept, "count": $count($steps.split.items), "joined": $}' };
  const engine = await start({ flows: [flowOf(nodes(seen), wires)] });
  expect(await resultOf(engine, [{ tag: 'a' }, { tag: 'b' }])).toEqual({ kept: 7, count: 2, joined: ['a', 'b'] });
  await expect(engine.deploy([flowOf(nodes({ $expr: '$steps.p' }), wires)])).rejects.toMatchObject({
    code: 'FLOW_EXPRESSION_NOT_ANCESTOR',
  });
});

test('[engine SC8] killed between its parts the next attempt repeats no write that was made, and joins the same', async () => {
  const flow = flowOf(
    {
      s: source,
      split: ['core.split', { items: { $expr: 'items' }, parallel: 2 }],
      w: ['test.checked-write', { text: { $expr: '$' }, whenInDoubt: 'check' }],
      g: ['test.gate'],
      join: ['core.join', {}],
      r: result,
    },
    ['s.out -> split.in', 'split.out -> w.in', 'w.out -> g.in', 'g.out -> join.in', 'join.out -> r.in'],
  );
  const first = await start({ flows: [flow] });
  first.call('1', { items: ['a', 'b', 'c', 'd'] });
  await first.until(() => first.nodes.waitingCount() === 2);
  first.nodes.openGates();
  await first.until(() => first.nodes.waitingCount() === 2 && first.outside.length === 4);
  const second = await start({ flows: [flow], remains: first.kill() });
  second.nodes.leaveGatesOpen();
  await second.until(() => second.completions('1').length === 1);
  expect(second.completions('1')[0]?.results).toEqual([1, 2, 3, 4].map((number) => ({ number })));
  expect(second.outside.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
  expect(second.eventTypes().filter((type) => type === 'step.reused')).toHaveLength(4);
});

test('[engine SC9] parts that wait stand still with the clock of the run, and an action that was completed before goes on detached', async () => {
  const flow = flowOf(
    {
      s: source,
      early: ['test.complete', { results: 'accepted' }],
      split: ['core.split', { items: { $expr: 'items' }, parallel: 2 }],
      d: ['core.delay', { waitMs: 120_000 }],
      p: ['test.pass'],
      join: ['core.join', {}],
      last: ['test.pass'],
    },
    ['s.out -> early.in', 'early.out -> split.in', 'split.out -> d.in', 'd.out -> p.in', 'p.out -> join.in', 'join.out -> last.in'],
    { timeoutMs: 60_000 },
  );
  const engine = await start({ flows: [flow] });
  engine.call('1', { items: ['a', 'b', 'c'] });
  await engine.until(() => engine.completions('1').length === 1);
  expect(engine.eventTypes()).toContain('run.detached');
  for (let minute = 0; minute < 6; minute += 1) await engine.clock.advance(60_000);
  await engine.until(() => engine.eventTypes().includes('run.finished'));
  expect(engine.nodes.passed).toEqual(['a', 'b', 'c', ['a', 'b', 'c']]);
});
