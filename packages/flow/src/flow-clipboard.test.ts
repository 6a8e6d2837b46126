import { WirebookError } from '@wirebook/errors';
import { expect, test } from 'vitest';
import { applyChange } from './apply-change.ts';
import { copyNodes, pasteNodes } from './flow-clipboard.ts';
import type { FlowDocument } from './flow-schema.ts';
import { parseFlowValue } from './parse-flow.ts';

const nodeOf = (id: string, name: string, config: object = {}) => ({ id, type: 'core.set', typeVersion: 1, name, config });

const flow = parseFlowValue({
  format: 1,
  id: 'f',
  name: 'F',
  nodes: [
    nodeOf('src', 'Source'),
    nodeOf('a', 'Set', { token: { $secret: 'jira' } }),
    nodeOf('b', 'Note', { text: { $template: '{{ $steps.Set.x }} of {{ $steps.Source }}' } }),
  ],
  wires: [
    { from: 'src.out', to: 'a.in' },
    { from: 'a.out', to: 'b.in' },
    { from: 'b.out', to: 'a.in' },
  ],
  layout: { nodes: { src: [0, 0], a: [100, 50], b: [300, 20] } },
});
const empty: FlowDocument = { ...flow, nodes: [], wires: [], layout: {} };

function counter(): () => string {
  let next = 0;
  return () => {
    next += 1;
    return `new${next}`;
  };
}

const paste = (target: FlowDocument, text: string, ids = counter()) => pasteNodes(target, text, { ids, at: [1000, 2000] });

function refusalOf(text: string): string {
  try {
    paste(flow, text);
  } catch (thrown) {
    if (thrown instanceof WirebookError) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return 'none';
}

test('[K1] copied are nodes in the order of the flow, the wires between them and their positions', () => {
  expect(JSON.parse(copyNodes(flow, ['b', 'a']))).toEqual({
    wirebook: 'nodes',
    format: 1,
    nodes: [flow.nodes[1], flow.nodes[2]],
    wires: [flow.wires[1], flow.wires[2]],
    positions: { a: [100, 50], b: [300, 20] },
  });
  expect(() => copyNodes(flow, ['a', 'x'])).toThrow('node "x" cannot be copied: it is not in the flow');
});

test('[K2, K3] pasted nodes have new ids, names of their own, and lead to each other', () => {
  const change = paste(flow, copyNodes(flow, ['a', 'b']));
  expect(change).toEqual({
    kind: 'nodes-added',
    nodes: [
      { ...flow.nodes[1], id: 'new1', name: 'Set 2' },
      { ...flow.nodes[2], id: 'new2', name: 'Note 2', config: { text: { $template: '{{ $steps.`Set 2`.x }} of {{ $steps.Source }}' } } },
    ],
    wires: [
      { from: 'new1.out', to: 'new2.in' },
      { from: 'new2.out', to: 'new1.in' },
    ],
    positions: { new1: [1000, 2030], new2: [1200, 2000] },
  });
  const after = applyChange(flow, change);
  expect(parseFlowValue(after)).toEqual(after);
});

test('[K2] names stay where they are free, and go on counting where they are not', () => {
  const text = copyNodes(flow, ['a', 'b']);
  expect(paste(empty, text).nodes.map(({ name }) => name)).toEqual(['Set', 'Note']);
  const twice = applyChange(flow, paste(flow, text));
  const again = copyNodes(twice, ['a', 'new1']);
  const ids = ['a', 'new1', 'x1', 'x2'];
  const change = paste(twice, again, () => ids.shift() ?? '');
  expect(change.nodes.map(({ id, name }) => `${id} ${name}`)).toEqual(['x1 Set 3', 'x2 Set 4']);
});

test('[K2] a source of ids that gives none that is free is not asked for ever', () => {
  expect(() => paste(flow, copyNodes(flow, ['a']), () => 'a')).toThrow('a hundred ids');
});

test('[K3] nodes without a position are put beside each other', () => {
  const text = copyNodes({ ...flow, layout: {} }, ['src', 'a', 'b']);
  expect(paste(empty, text).positions).toEqual({ new1: [1000, 2000], new2: [1040, 2040], new3: [1080, 2080] });
});

const copied = JSON.parse(copyNodes(flow, ['a', 'b']));

test.each<[string, string]>([
  ['', 'it is empty'],
  ['Hello\nworld', 'it holds other text, beginning "Hello\\nworld"'],
  ['[1]', 'it holds [1]'],
  ['{}', 'it holds an empty JSON object'],
  ['{"nodes":[],"x":1}', 'it holds a JSON object with the keys "nodes", "x"'],
  [JSON.stringify(flow), 'it holds a whole flow; import that instead'],
  [JSON.stringify({ ...copied, format: 2 }), 'it holds nodes in format 2, this Wirebook reads format 1'],
  [JSON.stringify({ ...copied, nodes: 5 }), 'it holds nodes with a fault: field "nodes" must be a list, got 5'],
  [
    JSON.stringify({ ...copied, nodes: [{ ...copied.nodes[0], name: '' }], wires: [] }),
    'it holds nodes with a fault: node "a" (core.set): field "name" must not be empty',
  ],
  [
    `{"wirebook":"nodes","format":1,"nodes":[{"id":"a","config":{"__proto__":1}}],"wires":[],"positions":{}}`,
    'it holds nodes with a fault: nodes[0].config.__proto__: the key "__proto__" is not allowed anywhere in a flow',
  ],
  [JSON.stringify({ ...copied, nodes: [copied.nodes[0], copied.nodes[0]] }), 'it holds two nodes with the same id or name'],
  [JSON.stringify({ ...copied, nodes: [copied.nodes[0]] }), 'it holds the wire a.out -> b.in without one of its nodes'],
])('[K4] %j is refused', (text, found) => {
  expect(refusalOf(text)).toBe(`FLOW_CLIPBOARD_INVALID the clipboard holds no nodes of Wirebook: ${found}`);
});
