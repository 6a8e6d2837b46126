import { WirebookError } from '@wirebook/errors';
import { expect, test } from 'vitest';
import { applyChange } from './apply-change.ts';
import type { FlowChange } from './flow-change.ts';
import type { FlowDocument } from './flow-schema.ts';
import { parseFlowValue } from './parse-flow.ts';

/** A word that every object has as a key. */
const inherited: string = 'constructor';

const nodeOf = (id: string, name = `Node ${id}`) => ({ id, type: 'core.set', typeVersion: 1, name, config: {} });
const wireOf = (text: string) => ({ from: `${text[0]}.out`, to: `${text[1]}.in` });

/** Wires are drawn as "ab". */
function flowOf(ids: string, wires: readonly string[] = [], layout: object = {}): FlowDocument {
  return parseFlowValue({ format: 1, id: 'f', name: 'F', nodes: [...ids].map((id) => nodeOf(id)), wires: wires.map(wireOf), layout });
}

function addedNode(id: string, name?: string) {
  return { ...nodeOf(id, name), disabled: false, notes: '' };
}

function codeOf(flow: FlowDocument, change: FlowChange): string {
  try {
    applyChange(flow, change);
  } catch (thrown) {
    if (thrown instanceof WirebookError) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return 'none';
}

test('[A1] nodes and wires that a change does not touch are the same objects afterwards', () => {
  const flow = flowOf('abc', ['ab', 'bc'], { nodes: { a: [0, 0], b: [1, 1] }, viewport: { zoom: 2 } });
  const after = applyChange(flow, { kind: 'node-configured', nodeId: 'b', config: { x: 1 } });
  expect(after.nodes.map((node, index) => node === flow.nodes[index])).toEqual([true, false, true]);
  expect(after.wires).toBe(flow.wires);
  expect(after.layout).toBe(flow.layout);
  expect(Object.keys(after)).toEqual(Object.keys(flow));
  expect(Object.keys(after.nodes[1] ?? {})).toEqual(Object.keys(flow.nodes[1] ?? {}));

  const moved = applyChange(flow, { kind: 'nodes-moved', positions: { a: [0, 0], b: [5, 5] } });
  expect(moved.nodes).toBe(flow.nodes);
  expect(moved.layout).toEqual({ nodes: { a: [0, 0], b: [5, 5] }, viewport: { zoom: 2 } });
  expect(moved.layout.nodes?.a).toBe(flow.layout.nodes?.a);
});

test('[A6] time limit and retry policy of a node: what is not given stays, null takes it away', () => {
  const { retry } = parseFlowValue({ format: 1, id: 'f', name: 'F', nodes: [{ ...nodeOf('x'), retry: {} }], wires: [] }).nodes[0] ?? {};
  if (retry === undefined) throw new Error('the policy was not read');
  const limited = applyChange(flowOf('ab'), { kind: 'node-guarded', nodeId: 'a', timeoutMs: 5000 });
  const both = applyChange(limited, { kind: 'node-guarded', nodeId: 'a', retry });
  expect(both.nodes).toEqual([{ ...addedNode('a'), timeoutMs: 5000, retry }, addedNode('b')]);
  expect(applyChange(both, { kind: 'node-guarded', nodeId: 'a', retry: { ...retry } })).toBe(both);
  const without = applyChange(both, { kind: 'node-guarded', nodeId: 'a', timeoutMs: null, retry: null });
  expect(without).toEqual(flowOf('ab'));
  expect(Object.keys(without.nodes[0] ?? {})).not.toContain('retry');
});

const withoutEffect: FlowChange[] = [
  { kind: 'nodes-added', nodes: [], wires: [], positions: {} },
  { kind: 'nodes-removed', nodeIds: [] },
  { kind: 'nodes-moved', positions: { a: [0, 0] } },
  { kind: 'node-configured', nodeId: 'a', config: {} },
  { kind: 'node-guarded', nodeId: 'a', timeoutMs: null, retry: null },
  { kind: 'node-renamed', nodeId: 'a', name: 'Node a' },
  { kind: 'nodes-disabled', nodeIds: ['a', 'b'], disabled: false },
  { kind: 'node-noted', nodeId: 'a', notes: '' },
  { kind: 'wires-added', wires: [] },
  { kind: 'wires-removed', wires: [] },
  { kind: 'flow-described', name: 'F', settings: { hopLimit: 1000 } },
  { kind: 'batch', changes: [] },
];

test.each(withoutEffect)('[A1] $kind without effect gives the very flow', (change) => {
  const flow = flowOf('ab', ['ab'], { nodes: { a: [0, 0] } });
  expect(applyChange(flow, change)).toBe(flow);
});

const unfit: [FlowChange, string][] = [
  [{ kind: 'node-configured', nodeId: 'x', config: {} }, 'FLOW_CHANGE_NODE_UNKNOWN node "x" is not in the flow'],
  [{ kind: 'nodes-removed', nodeIds: ['a', 'x'] }, 'FLOW_CHANGE_NODE_UNKNOWN node "x" is not in the flow'],
  [{ kind: 'nodes-moved', positions: { x: [0, 0] } }, 'FLOW_CHANGE_NODE_UNKNOWN node "x" is not in the flow'],
  [{ kind: 'nodes-moved', positions: { [inherited]: [0, 0] } }, 'FLOW_CHANGE_NODE_UNKNOWN node "constructor" is not in the flow'],
  [{ kind: 'node-renamed', nodeId: 'x', name: 'X' }, 'FLOW_CHANGE_NODE_UNKNOWN node "x" cannot be renamed: it is not in the flow'],
  [
    { kind: 'node-renamed', nodeId: 'a', name: 'Node b' },
    'FLOW_CHANGE_NAME_TAKEN node "Node a" cannot be called "Node b": that is the name of node "b"; expressions find nodes by name',
  ],
  [{ kind: 'node-renamed', nodeId: 'a', name: '' }, 'FLOW_CHANGE_INVALID the name of node "a" must have 1 to 200 characters, it is empty'],
  [{ kind: 'flow-described', name: 'x'.repeat(201) }, 'FLOW_CHANGE_INVALID the name of the flow must have 1 to 200 characters, it has 201'],
  [
    { kind: 'nodes-added', nodes: [addedNode('a', 'New')], wires: [], positions: {} },
    'FLOW_CHANGE_NODE_EXISTS node "a" cannot be added: the flow has a node with this id',
  ],
  [
    { kind: 'nodes-added', nodes: [addedNode('c', 'Node b')], wires: [], positions: {} },
    'FLOW_CHANGE_NAME_TAKEN node "c" cannot be added: the flow has a node with its name "Node b"',
  ],
  [
    { kind: 'nodes-added', nodes: [addedNode('c'), addedNode('c', 'Other')], wires: [], positions: {} },
    'FLOW_CHANGE_NODE_EXISTS node "c" cannot be added: the flow has a node with this id',
  ],
  [
    { kind: 'nodes-added', nodes: [], wires: [], positions: { a: [0, 0] } },
    'FLOW_CHANGE_NODE_UNKNOWN a position is given for node "a", which is not among the nodes added',
  ],
  [
    { kind: 'nodes-added', nodes: [addedNode('c')], wires: [], positions: {}, at: [0, 1] },
    'FLOW_CHANGE_INVALID 1 are added but 2 places given; give one each, or none',
  ],
  [
    { kind: 'wires-added', wires: [wireOf('ax')] },
    'FLOW_CHANGE_WIRE_DANGLING wire a.out -> x.in cannot be added: node "x" is not in the flow',
  ],
  [{ kind: 'wires-added', wires: [wireOf('ab')] }, 'FLOW_CHANGE_WIRE_EXISTS wire a.out -> b.in cannot be added: it is there already'],
  [
    { kind: 'wires-added', wires: [wireOf('ba'), wireOf('ba')] },
    'FLOW_CHANGE_WIRE_EXISTS wire b.out -> a.in cannot be added: it is there already',
  ],
  [
    { kind: 'wires-removed', wires: [wireOf('ba')] },
    'FLOW_CHANGE_WIRE_UNKNOWN wire b.out -> a.in cannot be removed: it is not in the flow',
  ],
  [
    {
      kind: 'batch',
      changes: [
        { kind: 'nodes-removed', nodeIds: ['b'] },
        { kind: 'wires-removed', wires: [wireOf('ab')] },
      ],
    },
    'FLOW_CHANGE_WIRE_UNKNOWN change 2 of 2: wire a.out -> b.in cannot be removed: it is not in the flow',
  ],
];

test.each(unfit)('[A3] %j is refused', (change, message) => {
  const flow = flowOf('ab', ['ab']);
  const before = structuredClone(flow);
  expect(codeOf(flow, change)).toBe(message);
  expect(flow).toEqual(before);
});

test('[A3] a node whose id no document may have as a key gets no position', () => {
  const added: FlowChange = { kind: 'nodes-added', nodes: [addedNode('constructor')], wires: [], positions: {} };
  const flow = applyChange(flowOf('a'), added);
  expect(codeOf(flow, { kind: 'nodes-moved', positions: { [inherited]: [0, 0] } })).toBe(
    'FLOW_CHANGE_INVALID node "constructor" cannot have a position: no document may hold this word as a key',
  );
});

test('[A4] with a node go all its wires and its position', () => {
  const flow = flowOf('abc', ['ab', 'bc', 'ca', 'bb'], { nodes: { a: [0, 0], b: [1, 1] } });
  const after = applyChange(flow, { kind: 'nodes-removed', nodeIds: ['b'] });
  expect(after.nodes.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(after.wires).toEqual([wireOf('ca')]);
  expect(after.layout).toEqual({ nodes: { a: [0, 0] } });
});

test('[A4] of equal wires one is removed for each time that the wire is named, the last first', () => {
  const flow = flowOf('abc', ['ab', 'ac', 'ab']);
  expect(applyChange(flow, { kind: 'wires-removed', wires: [wireOf('ab')] }).wires).toEqual([wireOf('ab'), wireOf('ac')]);
  expect(applyChange(flow, { kind: 'wires-removed', wires: [wireOf('ab'), wireOf('ab')] }).wires).toEqual([wireOf('ac')]);
});

test('nodes and wires are added last, or at the places given', () => {
  const flow = flowOf('ab', ['ab']);
  const added: FlowChange = {
    kind: 'nodes-added',
    nodes: [addedNode('c'), addedNode('d')],
    wires: [wireOf('ac'), wireOf('cd')],
    positions: { c: [3, 4] },
  };
  const last = applyChange(flow, added);
  expect(last.nodes.map(({ id }) => id).join('')).toBe('abcd');
  expect(last.wires).toEqual([wireOf('ab'), wireOf('ac'), wireOf('cd')]);
  expect(last.layout).toEqual({ nodes: { c: [3, 4] } });

  const placed = applyChange(flow, { ...added, at: [0, 2], wiresAt: [0, 9] });
  expect(placed.nodes.map(({ id }) => id).join('')).toBe('cadb');
  expect(placed.wires).toEqual([wireOf('ac'), wireOf('ab'), wireOf('cd')]);
});

test('[A5] what is not given of name, description and settings stays', () => {
  const flow = flowOf('a');
  const after = applyChange(flow, { kind: 'flow-described', description: 'D', settings: { timeoutMs: 500 } });
  expect(after).toEqual({ ...flow, description: 'D', settings: { ...flow.settings, timeoutMs: 500 } });
});

test('[A5] a document that takes the place of a flow takes its id over', () => {
  const other = { ...flowOf('xy', ['xy']), id: 'other', name: 'Other' };
  expect(applyChange(flowOf('a'), { kind: 'flow-replaced', document: other })).toEqual({ ...other, id: 'f' });
});
