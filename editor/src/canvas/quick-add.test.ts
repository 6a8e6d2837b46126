import { expect, test } from 'vitest';
import { testNodeTypes } from '../state/node-types.stand-in.ts';
import { findFreeOutput, findPlace, makeNodeAdded } from './add-node.ts';
import { listConnectTargets } from './connect-targets.ts';
import { testFlow, testNode } from './open-flow.stand-in.ts';
import { listQuickAddOptions } from './quick-add-options.ts';
import { wireWords } from './wire-words.ts';

const typesOf = (...options: Parameters<typeof listQuickAddOptions>) =>
  listQuickAddOptions(...options).map(({ descriptor }) => descriptor.type);
const descriptorOf = (type: string) => {
  const descriptor = testNodeTypes.findDescriptor(type);
  if (descriptor === undefined) throw new Error(`no node type ${type}`);
  return descriptor;
};

test('[C20] a wire dropped on the empty canvas offers only what fits its end', () => {
  const output = { nodeId: 'a', port: 'out', side: 'output' } as const;
  const input = { nodeId: 'b', port: 'in', side: 'input' } as const;
  expect(typesOf(testNodeTypes.all, { from: output }, '')).toEqual(['test.end', 'test.step', 'test.switch']);
  expect(typesOf(testNodeTypes.all, { from: input }, '')).toEqual(['test.source', 'test.step', 'test.switch']);
  expect(typesOf(testNodeTypes.all, { from: null, only: 'sources' }, '')).toEqual(['test.source']);
  expect(typesOf(testNodeTypes.all, { from: output }, 'begins')).toEqual([]);
});

test('[C21] a new node is named after its type, has the defaults of its schema, stands on the grid and is wired where that fits', () => {
  const document = testFlow({ nodes: [testNode('a', 'test.source'), testNode('x', 'test.step', { name: 'Step' })], wires: [] });
  const make = (type: string, from: Parameters<typeof makeNodeAdded>[0]['from']) =>
    makeNodeAdded({ document, nodeTypes: testNodeTypes, descriptor: descriptorOf(type), id: 'n', at: [107, 95], from });
  const added = make('test.step', { nodeId: 'a', port: 'out', side: 'output' });
  expect(added.nodes[0]).toMatchObject({ name: 'Step 2', config: { mode: 'merge' }, disabled: false });
  expect(added.positions).toEqual({ n: [100, 100] });
  expect(added.wires).toEqual([{ from: 'a.out', to: 'n.in' }]);
  expect(make('test.source', { nodeId: 'a', port: 'out', side: 'output' }).wires).toEqual([]);
  expect(make('test.step', { nodeId: 'x', port: 'in', side: 'input' }).wires).toEqual([{ from: 'n.out', to: 'x.in' }]);
});

test('[C22] what is added without a pointer stands right of the selected node and covers none; a source stands at the left', () => {
  const document = testFlow({ layout: { nodes: { a: [0, 0], b: [260, 0], c: [520, 0] } } });
  expect(findPlace(document, descriptorOf('test.step'), 'c', [0, 0])).toEqual([780, 0]);
  expect(findPlace(document, descriptorOf('test.step'), 'a', [0, 0])).toEqual([260, 120]);
  expect(findPlace(document, descriptorOf('test.source'), 'c', [900, 900])).toEqual([0, 120]);
  expect(findPlace(testFlow({ nodes: [], wires: [], layout: {} }), descriptorOf('test.source'), null, [400, 300])).toEqual([300, 300]);
});

test('[C22] it is wired to the first output of the selected node that has no wire', () => {
  const config = { cases: [{ port: 'high', when: true }] };
  const document = testFlow({
    nodes: [testNode('s', 'test.switch', { config }), testNode('b'), testNode('c', 'test.end')],
    wires: [{ from: 's.otherwise', to: 'b.in' }],
  });
  expect(findFreeOutput(document, testNodeTypes, 's')).toEqual({ nodeId: 's', port: 'high', side: 'output' });
  expect(findFreeOutput(document, testNodeTypes, 'c')).toBeNull();
});

test('[C23] connecting by keyboard offers exactly the wires that may be drawn', () => {
  const document = testFlow();
  expect(listConnectTargets(document, testNodeTypes, 'a').map(({ from, to }) => `${from}>${to}`)).toEqual([
    'a.out>c.in',
    'a.error>b.in',
    'a.error>c.in',
  ]);
});

test('[C24] a wire that cannot be says why, with the names of nodes', () => {
  const state = { document: testFlow(), nodeTypes: testNodeTypes };
  const from = { nodeId: 'a', port: 'out', side: 'output' } as const;
  expect(wireWords(state, from, { nodeId: 'b', port: 'in', type: 'target' })).toBe('"A" is wired to "B" there already.');
  expect(wireWords(state, from, { nodeId: 'b', port: 'out', type: 'source' })).toMatch(/^Both ends are outputs/);
  expect(wireWords(state, from, { nodeId: 'c', port: 'in', type: 'target' })).toBeNull();
  expect(wireWords(state, { nodeId: 'b', port: 'in', side: 'input' }, { nodeId: 'c', port: 'error', type: 'source' })).toBeNull();
});
