import { expect, test } from 'vitest';
import { testFlow, testNode } from '../canvas/open-flow.stand-in.ts';
import { testNodeTypes } from '../state/node-types.stand-in.ts';
import { listOutlineRows } from './outline-rows.ts';
import { searchNodeTypes } from './search-node-types.ts';

test('[C30] node types are found by words in label, type, summary, category and the titles of their fields; labels first', () => {
  const find = (typed: string) => searchNodeTypes(testNodeTypes.all, typed).map(({ descriptor }) => descriptor.label);
  expect(find('')).toEqual(['Source', 'End', 'Step', 'Switch']);
  expect(find('message')).toEqual(['Step', 'Switch']);
  expect(find('s')).toEqual(['Source', 'Step', 'Switch', 'End']);
  expect(find('MERGING')).toEqual(['Source', 'End', 'Step']);
  expect(find('begins run')).toEqual(['Source']);
  expect(find('test.sw')).toEqual(['Switch']);
});

test('[C31] the outline has each node once, under the first that leads to it, also in circles', () => {
  const document = testFlow({
    nodes: ['a', 'b', 'c', 'd', 'x', 'y'].map((id) => testNode(id, id === 'a' ? 'test.source' : 'test.step')),
    wires: [
      { from: 'a.out', to: 'b.in' },
      { from: 'a.error', to: 'c.in' },
      { from: 'b.out', to: 'd.in' },
      { from: 'c.out', to: 'd.in' },
      { from: 'x.out', to: 'y.in' },
      { from: 'y.out', to: 'x.in' },
    ],
  });
  expect(listOutlineRows(document).map(({ node, level, port }) => `${level} ${node.id} ${port}`)).toEqual([
    '1 a null',
    '2 b out',
    '3 d out',
    '2 c error',
    '1 x null',
    '2 y out',
  ]);
});
