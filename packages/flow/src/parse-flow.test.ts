import { expect, test } from 'vitest';
import { checkFlowDocument, parseFlow, parseFlowValue } from './parse-flow.ts';

const node = { id: 'n3', type: 'core.delay', typeVersion: 1, name: 'Wait', config: {} };
const flow = { format: 1, id: 'f1', name: 'Flow', nodes: [node], wires: [{ from: 'n3.out', to: 'n4.in' }] };

function problemsOf(changes: object): string[] {
  return checkFlowDocument({ ...flow, ...changes }).map((problem) => problem.message);
}

function problemsOfNode(changes: object): string[] {
  return problemsOf({ nodes: [{ ...node, ...changes }] });
}

test('[D1] a parsed flow has every default filled in', () => {
  expect(parseFlow(JSON.stringify(flow))).toEqual({
    ...flow,
    description: '',
    settings: { concurrency: 10, timeoutMs: 300_000, stepTimeoutMs: 120_000, hopLimit: 1000, orderBy: null },
    nodes: [{ ...node, disabled: false, notes: '' }],
    groups: [],
    tests: [],
    layout: {},
  });
});

test('[D9] a retry policy is filled in where it is there, and nodes without one have none', () => {
  const parsed = parseFlowValue({ ...flow, nodes: [{ ...node, timeoutMs: 500, retry: { times: 5 } }] });
  expect(parsed.nodes).toEqual([
    {
      ...node,
      timeoutMs: 500,
      retry: { times: 5, delayMs: 1000, backoff: 'exponential', maxDelayMs: 60_000, jitter: 0.2, on: 'retryable' },
      disabled: false,
      notes: '',
    },
  ]);
  expect(problemsOfNode({ retry: { times: 21, jitter: 2, on: [] } })).toEqual([
    'node "n3" (core.delay): field "retry.times" must be at most 20, got 21',
    'node "n3" (core.delay): field "retry.jitter" must be at most 1, got 2',
    'node "n3" (core.delay): field "retry.on" must be one of "retryable", "world", "any", got []',
    'node "n3" (core.delay): field "retry.on" must have at least 1 items, it has 0',
    'node "n3" (core.delay): field "retry.on" must be one of these, got []',
  ]);
});

test('[D1] a byte order mark before the text is taken', () => {
  expect(parseFlow(`\ufeff${JSON.stringify(flow)}`).id).toBe('f1');
});

test('[D2] text that is no JSON is refused with line and column', () => {
  expect(() => parseFlow('{\n  "format": 1,\n  "id": oops\n}')).toThrow(
    expect.objectContaining({
      code: 'FLOW_JSON_INVALID',
      message: 'line 3, column 9: expected a value, found "o"',
      details: { line: 3, column: 9 },
    }),
  );
});

test('[D3] a newer format is refused by its number, whatever else the document holds', () => {
  expect(() => parseFlow('{"format": 2, "everything": "new"}')).toThrow(
    expect.objectContaining({ code: 'FLOW_FORMAT_UNSUPPORTED', message: 'the flow has format 2, this Wirebook reads formats up to 1' }),
  );
  expect(problemsOf({ format: 'one' })).toEqual(['field "format" must be 1, got "one"']);
});

test('[D4] a field of the wrong kind is named with its node, its type and the value got', () => {
  expect(checkFlowDocument({ ...flow, nodes: [{ ...node, name: 12 }] })).toEqual([
    {
      code: 'FLOW_DOCUMENT_INVALID',
      severity: 'error',
      message: 'node "n3" (core.delay): field "name" must be text, got 12',
      nodeId: 'n3',
    },
  ]);
  expect(problemsOfNode({ typeVersion: 1.5 })).toEqual(['node "n3" (core.delay): field "typeVersion" must be a whole number, got 1.5']);
  expect(problemsOfNode({ typeVersion: 0 })).toEqual(['node "n3" (core.delay): field "typeVersion" must be at least 1, got 0']);
  expect(problemsOfNode({ name: '' })).toEqual(['node "n3" (core.delay): field "name" must not be empty']);
  expect(problemsOfNode({ name: 'x'.repeat(201) })).toEqual([
    'node "n3" (core.delay): field "name" must have at most 200 characters, it has 201',
  ]);
  expect(problemsOfNode({ config: [1] })).toEqual(['node "n3" (core.delay): field "config" must be an object, got [1]']);
  expect(problemsOfNode({ disabled: 'no' })).toEqual(['node "n3" (core.delay): field "disabled" must be true or false, got "no"']);
  expect(problemsOfNode({ type: 'delay' })).toEqual(['node "n3" (delay): field "type" must be a node type like "core.set", got "delay"']);
  expect(problemsOfNode({ id: 'a b' })).toEqual([
    'node "a b" (core.delay): field "id" may hold only letters, digits, "_" and "-", got "a b"',
  ]);
});

test('[D4] a field that is missing or not known is named', () => {
  expect(problemsOfNode({ config: undefined, note: 'x' })).toEqual([
    'node "n3" (core.delay): field "config" is missing',
    'node "n3" (core.delay): field "note" is not known here; known are id, type, typeVersion, name, config, timeoutMs, retry, disabled, notes',
  ]);
  expect(problemsOf({ settings: { timeout: 5 } })).toEqual([
    'field "settings.timeout" is not known here; known are concurrency, timeoutMs, stepTimeoutMs, hopLimit, orderBy',
  ]);
  expect(problemsOf({ settings: { concurrency: 2000, orderBy: 5 } })).toEqual([
    'field "settings.concurrency" must be at most 1000, got 2000',
    'field "settings.orderBy" must be text or null, got 5',
  ]);
});

test('[D4] a node without an id, a wire and the layout are named by their place', () => {
  expect(problemsOf({ nodes: [node, { ...node, id: 7 }, 'text'] })).toEqual([
    'node number 2 (core.delay): field "id" must be text, got 7',
    'node number 3: the value must be an object, got "text"',
  ]);
  expect(checkFlowDocument({ ...flow, wires: [{ from: 'n1', to: 'n2.in' }] })).toMatchObject([
    { message: 'wire number 1 (n1 -> n2.in): field "from" must be node and port like "n1.out", got "n1"', wire: 'n1 -> n2.in' },
  ]);
  expect(problemsOf({ layout: { nodes: { n3: [1] } } })).toEqual(['field "layout.nodes.n3" must have 2 items, it has 1']);
});

test('[D4] a value that is no object is refused', () => {
  for (const value of [null, 5, 'text', [flow]]) {
    expect(checkFlowDocument(value).map((problem) => problem.message)).toEqual([
      'a flow is a JSON object with "format", "id", "name", "nodes", "wires"',
    ]);
  }
});

test('[D5] two nodes with one id or one name are refused', () => {
  expect(checkFlowDocument({ ...flow, nodes: [node, { ...node, name: 'Other' }, { ...node, id: 'n4' }] })).toEqual([
    { code: 'FLOW_NODE_DUPLICATE', severity: 'error', message: 'node "n3": another node has the same id', nodeId: 'n3' },
    {
      code: 'FLOW_NODE_DUPLICATE',
      severity: 'error',
      message: 'node "n4": its name "Wait" is also that of node "n3"; expressions find nodes by name',
      nodeId: 'n4',
    },
  ]);
});

test('[D6] __proto__, prototype and constructor are refused as keys wherever they stand', () => {
  const text = `{"format":1,"id":"f","name":"F","__proto__":{},"wires":[],"nodes":[
    {"id":"n1","type":"core.set","typeVersion":1,"name":"S","config":{"a":[{"constructor":{"prototype":1}}],"b":{"__proto__":{"polluted":1}}}}]}`;
  expect(() => parseFlow(text)).toThrow(
    expect.objectContaining({
      code: 'FLOW_DOCUMENT_INVALID',
      message: `__proto__: the key "__proto__" is not allowed anywhere in a flow
2 more:
- nodes[0].config.a[0].constructor: the key "constructor" is not allowed anywhere in a flow
- nodes[0].config.b.__proto__: the key "__proto__" is not allowed anywhere in a flow`,
    }),
  );
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('[D6] a document nested beyond all need is refused, however deep', () => {
  const depth = 50_000;
  const text = JSON.stringify({ ...flow, groups: [] }).replace('"groups":[]', `"groups":${'['.repeat(depth)}${']'.repeat(depth)}`);
  expect(() => parseFlow(text)).toThrow(/nested more than 100 deep/);
});

test('[D7] all problems are told in one error, the first gives the code', () => {
  expect(() => parseFlow(JSON.stringify({ ...flow, name: 5, nodes: [{ ...node, name: 12 }] }))).toThrow(
    expect.objectContaining({
      code: 'FLOW_DOCUMENT_INVALID',
      message: 'field "name" must be text, got 5\n1 more:\n- node "n3" (core.delay): field "name" must be text, got 12',
      details: { problems: 2 },
    }),
  );
});

test('[D7] an error lists 20 problems and counts the others', () => {
  const nodes = Array.from({ length: 30 }, (_, index) => ({ ...node, id: `n${index}`, name: index }));
  expect(() => parseFlow(JSON.stringify({ ...flow, nodes }))).toThrow(/^node "n0" .*\n29 more:\n(- node "n\d+" .*\n){19}- and 10 others$/);
});

test('[D8] checking and parsing a value leave it as it was', () => {
  const before = structuredClone(flow);
  expect(checkFlowDocument(flow)).toEqual([]);
  expect(parseFlowValue(flow).settings.concurrency).toBe(10);
  expect(flow).toEqual(before);
});
