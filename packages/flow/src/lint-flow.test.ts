import { expect, test } from 'vitest';
import { lintFlow } from './lint-flow.ts';
import type { NodeTypeFacts } from './node-type-catalogue.ts';
import { parseFlowValue } from './parse-flow.ts';

const anyConfig = { type: 'object' } as const;
const types: Readonly<Record<string, NodeTypeFacts>> = {
  'soar.function': { version: 1, inputs: {}, outputs: { out: {} }, source: { kind: 'function' }, config: anyConfig },
  'soar.destination': { version: 1, inputs: {}, outputs: { out: {} }, source: { kind: 'destination' }, config: anyConfig },
  'soar.connector': { version: 1, inputs: {}, outputs: { out: {} }, source: { kind: 'connector' }, config: anyConfig },
  'core.schedule': { version: 1, inputs: {}, outputs: { out: {} }, source: { kind: 'schedule' }, config: anyConfig },
  'soar.result': { version: 1, inputs: { in: {} }, outputs: { out: {} }, completes: 'always', category: 'replies', config: anyConfig },
  'core.finally': { version: 1, inputs: {}, outputs: { out: {} }, runsAtEnd: true, config: anyConfig },
  'soar.ack': {
    version: 1,
    inputs: { in: {} },
    outputs: { out: {} },
    completes: { byConfig: 'complete' },
    config: { type: 'object', properties: { complete: { type: 'boolean', default: true } } },
  },
  'core.set': {
    version: 2,
    inputs: { in: {} },
    outputs: { out: {} },
    config: { type: 'object', additionalProperties: false, properties: { count: { type: 'integer' } } },
  },
  'core.switch': { version: 1, inputs: { in: {} }, outputs: { otherwise: {} }, outputsFromConfig: 'cases', config: anyConfig },
  'core.catch': { version: 1, inputs: {}, outputs: { out: {} }, catches: true, config: anyConfig },
};

type NodeLine = readonly [id: string, type: string, more?: object];

/** Problems of a flow drawn as "a.out>b.in". */
function lint(nodes: readonly NodeLine[], ...wires: string[]) {
  const document = parseFlowValue({
    format: 1,
    id: 'f',
    name: 'F',
    nodes: nodes.map(([id, type, more]) => ({ id, type, typeVersion: 1, name: `Node ${id}`, config: {}, ...more })),
    wires: wires.map((wire) => ({ from: wire.split('>')[0], to: wire.split('>')[1] })),
  });
  return lintFlow(document, { find: (type) => (Object.hasOwn(types, type) ? types[type] : undefined) });
}

function linesOf(problems: ReturnType<typeof lint>): string[] {
  return problems.map(({ code, severity, message }) => `${severity} ${code} ${message}`);
}

const source: NodeLine = ['a', 'soar.function'];
const result: NodeLine = ['r', 'soar.result'];

test('[L1] a flow that runs has no problems', () => {
  const nodes: NodeLine[] = [
    source,
    ['s', 'core.switch', { config: { cases: [{ port: 'yes' }] } }],
    result,
    ['q', 'soar.ack'],
    ['c', 'core.catch'],
  ];
  expect(lint([...nodes, ['e', 'soar.result']], 'a.out>s.in', 's.yes>r.in', 's.otherwise>q.in', 'c.out>e.in')).toEqual([]);
});

const caught = (config: object): NodeLine => ['c', 'core.catch', { config }];

test.each<[object, string[]]>([
  [{ nodes: ['Gone'] }, ['warning FLOW_CATCH_USELESS node "Node c" (core.catch) can never take an error: there is no node "Gone"']],
  [
    { nodes: ['Node s', 'Node c'] },
    [
      'warning FLOW_CATCH_USELESS node "Node c" (core.catch) can never take an error: the error port of "Node s" has a wire, it does not take its own errors',
    ],
  ],
  [
    { scope: 'nodes' },
    ['warning FLOW_CATCH_USELESS node "Node c" (core.catch) can never take an error: its scope is "nodes", and it names none'],
  ],
  [
    { blame: ['author'], codes: ['HTTP_TIMEOUT'] },
    ['warning FLOW_CATCH_USELESS node "Node c" (core.catch) can never take an error: none of its codes is of the class author'],
  ],
  [
    { codes: ['HTTP_TIMEOUT', 'NO_CODE'] },
    ['error FLOW_NODE_CONFIG_INVALID node "Node c" (core.catch): field "codes": there is no error code "NO_CODE"'],
  ],
  [{ blame: ['world'], codes: ['HTTP_TIMEOUT'] }, []],
  [{ scope: 'uncaught' }, []],
  [{ nodes: ['Node s', 'Node r'] }, []],
])('[L10] a catch node that can never take an error is a warning, and an unknown code an error: %j', (config, lines) => {
  const nodes = [source, result, caught(config), ['s', 'core.set'] as const, ['q', 'core.set'] as const];
  expect(linesOf(lint(nodes, 'a.out>s.in', 's.out>r.in', 's.error>q.in'))).toEqual(lines);
});

test('[L11] a source or a node that replies takes no retry policy, and a policy names known codes', () => {
  const retried = (line: NodeLine, retry: object = {}): NodeLine => [line[0], line[1], { retry }];
  const set: NodeLine = ['s', 'core.set'];
  expect(linesOf(lint([retried(source), retried(set), retried(result)], 'a.out>s.in', 's.out>r.in'))).toEqual([
    'error FLOW_RETRY_REFUSED node "Node a" (soar.function): a source or a node that replies is not tried again, so it takes no retry policy',
    'error FLOW_RETRY_REFUSED node "Node r" (soar.result): a source or a node that replies is not tried again, so it takes no retry policy',
  ]);
  expect(linesOf(lint([source, retried(set, { on: ['HTTP_TIMEOUT', 'HTTP'] }), result], 'a.out>s.in', 's.out>r.in'))).toEqual([
    'error FLOW_NODE_CONFIG_INVALID node "Node s" (core.set): field "retry.on": there is no error code "HTTP"',
  ]);
});

test('[L12] a completing node behind one that runs at the end of a run is an error; others may stand there', () => {
  const nodes: NodeLine[] = [source, result, ['f', 'core.finally'], ['s', 'core.set'], ['q', 'soar.result']];
  expect(lint(nodes.slice(0, 4), 'a.out>r.in', 'f.out>s.in')).toEqual([]);
  expect(linesOf(lint(nodes, 'a.out>r.in', 'f.out>s.in', 's.out>q.in'))).toEqual([
    'error FLOW_FINALLY_COMPLETES node "Node q" (soar.result) completes the action behind "Node f", where the run has ended and the reply is decided',
  ]);
});

test('[L2] a node type that is not installed, or older than the flow, is an error', () => {
  const problems = lint(
    [source, ['x', 'acme.magic'], ['s', 'core.set', { typeVersion: 3 }], result],
    'a.out>x.in',
    'x.any>s.in',
    's.out>r.in',
  );
  expect(problems).toEqual([
    {
      code: 'FLOW_NODE_TYPE_UNKNOWN',
      severity: 'error',
      message: 'node "Node x" (acme.magic): node type "acme.magic" is not installed',
      nodeId: 'x',
    },
    {
      code: 'FLOW_NODE_TYPE_UNKNOWN',
      severity: 'error',
      message: 'node "Node s" (core.set): version 3 of the node type is newer than the installed 2',
      nodeId: 's',
    },
  ]);
});

test('[L3] a config that its schema refuses is an error that names node and field', () => {
  expect(lint([source, ['s', 'core.set', { config: { count: 'x' } }], result], 'a.out>s.in', 's.out>r.in')).toEqual([
    {
      code: 'FLOW_NODE_CONFIG_INVALID',
      severity: 'error',
      message: 'node "Node s" (core.set): field "count" must be a whole number, got "x"',
      nodeId: 's',
      field: 'count',
    },
  ]);
});

test('[L4] a wire to a node or port that does not exist is an error that tells what there is', () => {
  const nodes: NodeLine[] = [source, ['s', 'core.switch', { config: { cases: [{ port: 'yes' }, { port: 7 }, 'x'] } }], result];
  const problems = lint(nodes, 'a.out>s.in', 's.yes>r.in', 's.no>r.in', 's.error>r.input', 'a.out>ghost.in', 'ghost.out>r.in');
  expect(problems.filter((problem) => problem.code === 'FLOW_WIRE_DANGLING')).toEqual([
    {
      code: 'FLOW_WIRE_DANGLING',
      severity: 'error',
      message: 'wire "Node s".no -> "Node r".in: port "no" does not exist on node "Node s" (core.switch); it has: otherwise, yes, error',
      wire: 's.no -> r.in',
    },
    expect.objectContaining({
      message: 'wire "Node s".error -> "Node r".input: port "input" does not exist on node "Node r" (soar.result); it has: in',
    }),
    expect.objectContaining({ message: 'wire "Node a".out -> "ghost".in: node "ghost" does not exist' }),
    expect.objectContaining({ message: 'wire "ghost".out -> "Node r".in: node "ghost" does not exist' }),
  ]);
});

test('[L4] a wire into a source or a catch node is an error', () => {
  const problems = lint([source, ['c', 'core.catch'], result], 'a.out>r.in', 'r.out>a.in', 'r.error>c.in');
  expect(linesOf(problems).slice(0, 2)).toEqual([
    'error FLOW_WIRE_DANGLING wire "Node r".out -> "Node a".in: node "Node a" (soar.function) takes no wires; it is a source',
    'error FLOW_WIRE_DANGLING wire "Node r".error -> "Node c".in: node "Node c" (core.catch) takes no wires; errors come to it by themselves',
  ]);
});

test('[L4] a wire that is there twice is a warning', () => {
  expect(linesOf(lint([source, ['s', 'core.set'], result], 'a.out>s.in', 'a.out>s.in', 's.out>r.in'))[0]).toBe(
    'warning FLOW_WIRE_DUPLICATE wire "Node a".out -> "Node s".in: it is there more than once, so each message travels it more than once',
  );
});

test('[L5] a flow without an enabled source is an error', () => {
  const expected = ['error FLOW_SOURCE_MISSING the flow has no source node that is enabled, so it never starts'];
  expect(linesOf(lint([result]))).toEqual(expected);
  expect(linesOf(lint([['a', 'soar.function', { disabled: true }], result], 'a.out>r.in'))).toEqual(expected);
});

test('[L6] a node that no message reaches is a warning, unless it is disabled', () => {
  const nodes: NodeLine[] = [source, result, ['x', 'core.set'], ['y', 'core.set'], ['z', 'core.set', { disabled: true }]];
  expect(linesOf(lint(nodes, 'a.out>r.in', 'x.out>y.in'))).toEqual([
    'warning FLOW_NODE_UNREACHABLE node "Node x" (core.set): no wire leads to it from a source, so it never runs',
    'warning FLOW_NODE_UNREACHABLE node "Node y" (core.set): no wire leads to it from a source, so it never runs',
  ]);
});

test('[L7] a circle is allowed and warned about', () => {
  expect(
    linesOf(lint([source, ['s', 'core.set'], ['t', 'core.set'], result], 'a.out>s.in', 's.out>t.in', 't.out>s.in', 't.error>r.in')),
  ).toEqual(['warning FLOW_CYCLE a message can pass nodes "Node s", "Node t" again and again; the run ends at 1000 steps in a row']);
});

test('[L8] a function that nothing answers is a warning; an action from a destination may go without', () => {
  expect(linesOf(lint([source, ['s', 'core.set']], 'a.out>s.in'))).toEqual([
    'warning FLOW_REPLY_MISSING node "Node a": no node behind it gives the result, so the platform gets "Completed" without results',
  ]);
  expect(lint([source, ['q', 'soar.ack', { config: { complete: false } }]], 'a.out>q.in')).toMatchObject([{ code: 'FLOW_REPLY_MISSING' }]);
  expect(lint([source, ['r', 'soar.result', { disabled: true }]], 'a.out>r.in')).toMatchObject([{ code: 'FLOW_REPLY_MISSING' }]);
  expect(
    lint(
      [
        ['a', 'soar.destination'],
        ['s', 'core.set'],
      ],
      'a.out>s.in',
    ),
  ).toEqual([]);
});

test('[L8] a connector’s request that nothing answers is a warning, too', () => {
  expect(
    lint(
      [
        ['a', 'soar.connector'],
        ['s', 'core.set'],
      ],
      'a.out>s.in',
    ),
  ).toMatchObject([{ code: 'FLOW_REPLY_MISSING', nodeId: 'a' }]);
});

test('[L20] a reply that no source waits for is a warning at the node, unless another source does', () => {
  const timed: NodeLine = ['a', 'core.schedule'];
  expect(linesOf(lint([timed, result], 'a.out>r.in'))).toEqual([
    'warning FLOW_REPLY_UNHEARD node "Node r" replies to the platform, but nothing that leads to it comes from somebody who waits for a reply',
  ]);
  expect(lint([timed, ['c', 'core.catch'], result], 'c.out>r.in')).toMatchObject([{ code: 'FLOW_REPLY_UNHEARD', nodeId: 'r' }]);
  expect(lint([timed, ['f', 'soar.function'], result], 'a.out>r.in', 'f.out>r.in')).toEqual([]);
});

test('[L9] two completing replies on paths that may both run are a warning', () => {
  const nodes: NodeLine[] = [source, ['s', 'core.set'], result, ['q', 'soar.ack']];
  expect(linesOf(lint(nodes, 'a.out>s.in', 'a.out>q.in', 's.out>r.in'))).toEqual([
    'warning FLOW_REPLY_TWICE node "Node a": port "out" has 2 wires, and behind them nodes "Node r" and "Node q" may both complete the action; only the first reply counts',
  ]);
  expect(linesOf(lint([source, ['s', 'core.set'], result], 'a.out>s.in', 'a.out>r.in', 's.out>r.in'))).toEqual([
    'warning FLOW_REPLY_TWICE node "Node a": port "out" has 2 wires, and behind them node "Node r" may complete the action twice; only the first reply counts',
  ]);
  expect(linesOf(lint([source, result, ['q', 'soar.ack']], 'a.out>r.in', 'r.out>q.in'))).toEqual([
    'warning FLOW_REPLY_TWICE node "Node r" completes the action, and so does node "Node q" behind it; only the first reply counts',
  ]);
});

test('[L9] alternatives are no double reply: ports of one node, the error port of a completing node, a disabled node', () => {
  const choice: NodeLine = ['s', 'core.switch', { config: { cases: [{ port: 'yes' }] } }];
  expect(lint([source, choice, result, ['q', 'soar.ack']], 'a.out>s.in', 's.yes>r.in', 's.otherwise>q.in')).toEqual([]);
  expect(lint([source, result, ['q', 'soar.ack']], 'a.out>r.in', 'r.error>q.in')).toEqual([]);
  expect(lint([source, result, ['q', 'soar.ack', { disabled: true }]], 'a.out>r.in', 'a.out>q.in')).toEqual([]);
  expect(lint([source, result, ['q', 'soar.ack', { config: { complete: false } }]], 'a.out>r.in', 'a.out>q.in')).toEqual([]);
});
