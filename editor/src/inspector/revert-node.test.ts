import { applyChange, type FlowDocument, parseFlowValue } from '@wirebook/flow';
import { expect, test } from 'vitest';
import { makeExampleInsertion } from './insert-example.ts';
import { makeRevert } from './revert-node.ts';

const flow = parseFlowValue({
  format: 1,
  id: 'f',
  name: 'F',
  nodes: [
    { id: 'a', type: 'x.a', typeVersion: 1, name: 'A', config: { value: 1 } },
    { id: 'b', type: 'x.a', typeVersion: 1, name: 'B', config: { value: { $expr: '$steps.A.x' } } },
  ],
  wires: [{ from: 'a.out', to: 'b.in' }],
  layout: { nodes: { a: [40, 60], b: [240, 200] } },
});

function nodeOf(document: FlowDocument, id: string) {
  const node = document.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) throw new Error(`no node ${id}`);
  return node;
}

test('[I10] a node is brought back to how it was when its form was opened, in one step', () => {
  const before = nodeOf(flow, 'a');
  const edited = [
    { kind: 'node-renamed', nodeId: 'a', name: 'Other' },
    { kind: 'node-configured', nodeId: 'a', config: { value: 2 } },
    { kind: 'node-noted', nodeId: 'a', notes: 'why' },
    { kind: 'node-guarded', nodeId: 'a', timeoutMs: 5000 },
    { kind: 'nodes-disabled', nodeIds: ['a'], disabled: true },
  ] as const;
  const changed = edited.reduce<FlowDocument>((document, change) => applyChange(document, change), flow);
  const revert = makeRevert(before, nodeOf(changed, 'a'));
  expect(revert).not.toBeNull();
  if (revert !== null) expect(applyChange(changed, revert)).toEqual(flow);
});

test('[I10] there is nothing to revert while nothing was changed', () => {
  expect(makeRevert(nodeOf(flow, 'a'), { ...nodeOf(flow, 'a') })).toBeNull();
});

test('[I11] an example comes with its wires below the lowest node, under ids and names of its own', () => {
  let count = 0;
  const ids = () => {
    count += 1;
    return `new${count}`;
  };
  const change = makeExampleInsertion(flow, { ...flow, id: 'example' }, ids);
  const after = applyChange(flow, change);
  expect(after.nodes.map(({ id, name }) => `${id} ${name}`)).toEqual(['a A', 'b B', 'new1 A 2', 'new2 B 2']);
  expect(after.wires).toContainEqual({ from: 'new1.out', to: 'new2.in' });
  expect(nodeOf(after, 'new2').config).toEqual({ value: { $expr: '$steps.`A 2`.x' } });
  expect(after.layout.nodes?.new1).toEqual([40, 320]);
});
