import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange } from './apply-change.ts';
import { describeDiff, describeLayoutDiff } from './describe-diff.ts';
import { diffFlows } from './diff-flows.ts';
import type { FlowChange } from './flow-change.ts';
import type { FlowDocument } from './flow-schema.ts';
import { parseFlowValue } from './parse-flow.ts';
import { faultyFlow } from './random-flows.stand-in.ts';
import { serializeFlow } from './serialize-flow.ts';

const nodeOf = (id: string, name: string, config: Record<string, unknown> = {}) => ({ id, type: 'core.set', typeVersion: 1, name, config });

const flow = parseFlowValue({
  format: 1,
  id: 'f',
  name: 'F',
  nodes: [
    nodeOf('a', 'Set', { fields: [{ path: 'x', value: 1 }], mode: 'merge' }),
    nodeOf('b', 'Note', { text: { $template: '{{ $steps.Set.x }}' } }),
  ],
  wires: [
    { from: 'a.out', to: 'b.in' },
    { from: 'a.error', to: 'b.in' },
  ],
  layout: { nodes: { a: [0, 0] } },
});

const change = (...changes: FlowChange[]): FlowDocument => applyChange(flow, { kind: 'batch', changes });

test('[F1] a difference tells what came, went and changed, by paths of fields; positions and notes stand apart', () => {
  const after = change(
    {
      kind: 'node-configured',
      nodeId: 'a',
      config: {
        fields: [
          { path: 'x', value: 2 },
          { path: 'y', value: true },
        ],
      },
    },
    { kind: 'nodes-disabled', nodeIds: ['a'], disabled: true },
    {
      kind: 'nodes-added',
      nodes: [{ ...nodeOf('c', 'New'), disabled: false, notes: 'n' }],
      wires: [{ from: 'a.out', to: 'c.in' }],
      positions: { c: [9, 9] },
    },
    { kind: 'wires-removed', wires: [{ from: 'a.error', to: 'b.in' }] },
    { kind: 'flow-described', name: 'G', settings: { timeoutMs: 500 } },
    { kind: 'nodes-moved', positions: { a: [1, 0], b: [5, 5] } },
    { kind: 'node-noted', nodeId: 'b', notes: 'why' },
  );
  const diff = diffFlows(flow, after);
  expect(diff).toEqual({
    nodesAdded: [after.nodes[2]],
    nodesRemoved: [],
    nodesRenamed: [],
    nodesChanged: [
      {
        nodeId: 'a',
        name: 'Set',
        properties: [{ path: 'disabled', before: false, after: true }],
        config: [
          { path: 'fields[0].value', before: 1, after: 2 },
          { path: 'fields[1]', before: undefined, after: { path: 'y', value: true } },
          { path: 'mode', before: 'merge', after: undefined },
        ],
      },
    ],
    wiresAdded: [{ wire: { from: 'a.out', to: 'c.in' }, fromName: 'Set', toName: 'New' }],
    wiresRemoved: [{ wire: { from: 'a.error', to: 'b.in' }, fromName: 'Set', toName: 'Note' }],
    nodesReordered: false,
    wiresReordered: false,
    settings: [{ path: 'timeoutMs', before: 300_000, after: 500 }],
    document: [{ path: 'name', before: 'F', after: 'G' }],
    layout: {
      nodesMoved: [
        { nodeId: 'a', name: 'Set', before: [0, 0], after: [1, 0] },
        { nodeId: 'b', name: 'Note', before: null, after: [5, 5] },
      ],
      notesChanged: [{ nodeId: 'b', name: 'Note' }],
      others: [],
    },
  });
});

test('[F1] an expression counts as one value', () => {
  const after = change({ kind: 'node-configured', nodeId: 'b', config: { text: { $expr: 'x' } } });
  expect(diffFlows(flow, after).nodesChanged[0]?.config).toEqual([
    { path: 'text', before: { $template: '{{ $steps.Set.x }}' }, after: { $expr: 'x' } },
  ]);
});

test('[F2] expressions that only follow a rename are no change', () => {
  const after = change({ kind: 'node-renamed', nodeId: 'a', name: 'Look up' });
  expect(after.nodes[1]).not.toBe(flow.nodes[1]);
  const diff = diffFlows(flow, after);
  expect(diff.nodesChanged).toEqual([]);
  expect(describeDiff(diff)).toEqual(['node "Set" is called "Look up" now']);
});

test('[F3] the order of wires counts, and a wire that is there once more', () => {
  const [first, second] = flow.wires;
  if (first === undefined || second === undefined) throw new Error('the flow has two wires');
  const swapped = diffFlows(flow, { ...flow, wires: [second, first] });
  expect(swapped).toMatchObject({ wiresAdded: [], wiresRemoved: [], wiresReordered: true });
  const doubled = diffFlows(flow, { ...flow, wires: [first, second, first] });
  expect(doubled).toMatchObject({ wiresAdded: [{ wire: first }], wiresRemoved: [], wiresReordered: false });
});

test('[F3] a difference is empty only between flows that say the same', () => {
  const isEmpty = (value: unknown): boolean =>
    typeof value === 'object' && value !== null ? Object.values(value).every(isEmpty) : value === false;
  const withPositions = (document: FlowDocument) => ({ ...document, layout: { nodes: {}, ...document.layout } });
  const pair = faultyFlow.chain((before) => fc.tuple(fc.constant(before), fc.oneof(faultyFlow, fc.constant(structuredClone(before)))));
  let equal = 0;
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const isEqual = serializeFlow(withPositions(before)) === serializeFlow(withPositions(after));
      if (isEqual) equal += 1;
      expect(isEmpty(diffFlows(before, after))).toBe(isEqual);
      const sentences = [...describeDiff(diffFlows(before, after)), ...describeLayoutDiff(diffFlows(before, after))];
      expect(sentences.length === 0).toBe(isEqual);
    }),
    { numRuns: 1000 },
  );
  expect(equal).toBeGreaterThan(100);
});

test('[F4] each part of a difference has a sentence that names the node by its name', () => {
  const after = change(
    { kind: 'nodes-removed', nodeIds: ['b'] },
    { kind: 'node-configured', nodeId: 'a', config: { fields: [{ path: 'x', value: 2 }], mode: 'merge' } },
    { kind: 'nodes-disabled', nodeIds: ['a'], disabled: true },
    {
      kind: 'nodes-added',
      nodes: [{ ...nodeOf('c', 'New'), disabled: false, notes: '' }],
      wires: [{ from: 'a.out', to: 'c.in' }],
      positions: {},
    },
    { kind: 'flow-described', name: 'G', description: 'long', settings: { timeoutMs: 500 } },
    { kind: 'nodes-moved', positions: { a: [1, 0], c: [5, 5] } },
    { kind: 'node-noted', nodeId: 'a', notes: 'why' },
  );
  const diff = diffFlows(flow, { ...after, layout: { ...after.layout, viewport: 1 } });
  expect(describeDiff(diff)).toEqual([
    'the flow\'s name changed from "F" to "G"',
    'the flow changed: description',
    'setting "timeoutMs" changed from 300000 to 500',
    'node "New" (core.set) is new',
    'node "Note" (core.set) is gone',
    'node "Set" is disabled now',
    'node "Set" changed: fields[0].value',
    'wire from "Set" (out) to "New" (in) is new',
    'wire from "Set" (out) to "Note" (in) is gone',
    'wire from "Set" (error) to "Note" (in) is gone',
  ]);
  expect(describeLayoutDiff(diff)).toEqual(['node "Set" moved', 'node "Set" has other notes', 'layout changed: viewport']);
});

test('[F4] a sentence names no more than ten fields', () => {
  const config = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`f${index}`, index]));
  const after = change({ kind: 'node-configured', nodeId: 'b', config: { ...flow.nodes[1]?.config, ...config } });
  expect(describeDiff(diffFlows(flow, after))).toEqual(['node "Note" changed: f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 and 2 more']);
});
