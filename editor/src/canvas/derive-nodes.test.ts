import { expect, test } from 'vitest';
import { deriveNodes } from './derive-nodes.ts';
import { deriveWires } from './derive-wires.ts';
import { moveNodes } from './move-nodes.ts';
import { openTestFlow, testFlow, testNode } from './open-flow.stand-in.ts';

test('[C1] after a change only the nodes and wires that it touches are new objects', () => {
  const store = openTestFlow();
  const nodes = deriveNodes([], store.getState());
  const wires = deriveWires([], store.getState());
  const isKept = () => deriveNodes(nodes, store.getState()).map((node, index) => node === nodes[index]);
  store.change({ kind: 'nodes-moved', positions: { b: [300, 40] } }, { label: 'Move' });
  expect(isKept()).toEqual([true, false, true]);
  expect(deriveWires(wires, store.getState()).map((wire, index) => wire === wires[index])).toEqual([true, true]);
  store.undo();
  expect(isKept()).toEqual([true, true, true]);
  store.select(['c']);
  expect(isKept()).toEqual([true, true, false]);
  store.select([], ['a.out>b.in']);
  expect(deriveWires(wires, store.getState()).map((wire, index) => wire === wires[index])).toEqual([false, true]);
  store.setProblems([{ code: 'FLOW_CYCLE', severity: 'error', message: 'round', nodeId: 'a' }]);
  expect(isKept()).toEqual([false, true, true]);
});

test('[C1] what is dragged stays where the pointer has it while the flow changes', () => {
  const store = openTestFlow();
  const nodes = moveNodes(deriveNodes([], store.getState()), [{ id: 'b', type: 'position', position: { x: 7, y: 9 }, dragging: true }]);
  store.setProblems([{ code: 'FLOW_CYCLE', severity: 'warning', message: 'round', nodeId: 'b' }]);
  const [, dragged] = deriveNodes(nodes, store.getState());
  expect(dragged?.position).toEqual({ x: 7, y: 9 });
  expect(dragged?.data.problems).toEqual({ errors: 0, warnings: 1, text: 'round' });
  const dropped = moveNodes(nodes, [{ id: 'b', type: 'position', position: { x: 7, y: 9 }, dragging: false }]);
  expect(deriveNodes(dropped, store.getState())[1]?.position).toEqual({ x: 260, y: 0 });
});

test('[C2] a node has the ports of its type, those that its config lists, and the error port last', () => {
  const config = {
    cases: [
      { port: 'high', when: true },
      { port: 'low', when: true },
    ],
  };
  const document = testFlow({ nodes: [testNode('a', 'test.source'), testNode('s', 'test.switch', { config })], wires: [], layout: {} });
  const [source, decide] = deriveNodes([], openTestFlow(document).getState());
  expect(source?.data.shape.inputs).toEqual([]);
  expect(decide?.data.shape.outputs.map(({ id }) => id)).toEqual(['otherwise', 'high', 'low', 'error']);
  expect(decide?.handles?.map(({ id, type }) => `${type} ${id}`)).toEqual([
    'target in',
    'source otherwise',
    'source high',
    'source low',
    'source error',
  ]);
});

test('[C2] a node is 188 by 56, and higher only when its outputs would touch', () => {
  const cases = Array.from({ length: 9 }, (_, index) => ({ port: `p${index}`, when: true }));
  const document = testFlow({ nodes: [testNode('a'), testNode('s', 'test.switch', { config: { cases } })], wires: [], layout: {} });
  const [step, decide] = deriveNodes([], openTestFlow(document).getState());
  expect([step?.width, step?.height]).toEqual([188, 56]);
  expect(decide?.height).toBe(154);
  const ys = decide?.data.shape.outputs.filter(({ side }) => side === 'right').map(({ y }) => y) ?? [];
  expect(Math.min(...ys.slice(1).map((y, index) => y - (ys[index] ?? 0)))).toBeGreaterThanOrEqual(14);
});

test('[C3] wires to ports that do not exist, and nodes of types that are not installed, are drawn all the same', () => {
  const document = testFlow({
    nodes: [testNode('a', 'test.source'), testNode('b'), testNode('x', 'nobody.knows')],
    wires: [
      { from: 'a.gone', to: 'b.in' },
      { from: 'b.out', to: 'x.entry' },
      { from: 'x.left', to: 'nowhere.in' },
    ],
    layout: {},
  });
  const state = openTestFlow(document).getState();
  const [source, , unknown] = deriveNodes([], state);
  expect(source?.data.shape.outputs.map(({ id, isMissing }) => [id, isMissing])).toEqual([
    ['out', false],
    ['gone', true],
    ['error', false],
  ]);
  expect(unknown?.data.typeLabel).toBe('nobody.knows (not installed)');
  expect(unknown?.data.shape.inputs.map(({ id }) => id)).toEqual(['entry']);
  expect(deriveWires([], state).map(({ id }) => id)).toEqual(['a.gone>b.in', 'b.out>x.entry']);
});

test('[C4] a node is marked as changed when it would behave differently from what runs', () => {
  const document = testFlow({
    nodes: [testNode('a', 'test.source'), testNode('b', 'test.step', { config: { mode: 'x', note: 'y' } })],
    wires: [],
  });
  const store = openTestFlow(document, { version: 1, document });
  const marks = () => deriveNodes([], store.getState()).map(({ data }) => data.isChanged);
  store.change({ kind: 'nodes-moved', positions: { b: [0, 400] } }, { label: 'Move' });
  store.change({ kind: 'node-noted', nodeId: 'b', notes: 'why' }, { label: 'Note' });
  store.change({ kind: 'node-configured', nodeId: 'b', config: { note: 'y', mode: 'x' } }, { label: 'Order of keys' });
  expect(marks()).toEqual([false, false]);
  store.change({ kind: 'nodes-disabled', nodeIds: ['b'], disabled: true }, { label: 'Disable' });
  expect(marks()).toEqual([false, true]);
});

test('[C5] a wire is labelled only when it leaves a node whose outputs come from its config', () => {
  const document = testFlow({
    nodes: [
      testNode('a', 'test.source'),
      testNode('s', 'test.switch', { config: { cases: [{ port: 'high', when: true }] } }),
      testNode('b'),
    ],
    wires: [
      { from: 'a.out', to: 's.in' },
      { from: 's.high', to: 'b.in' },
      { from: 's.error', to: 'b.in' },
    ],
  });
  expect(deriveWires([], openTestFlow(document).getState()).map(({ data }) => data?.portLabel)).toEqual([null, 'high', null]);
});
