import type { DraftView } from '@wirebook/api';
import { type FlowChange, type FlowNode, parseFlow, serializeFlow } from '@wirebook/flow';
import { expect, test } from 'vitest';
import { createFlowStore } from './flow-store.ts';
import { createNodeTypeIndex } from './node-type-index.ts';

const node = (id: string): FlowNode => ({ id, type: 'core.set', typeVersion: 1, name: id, config: {}, disabled: false, notes: '' });

function openStore() {
  const document = parseFlow(
    JSON.stringify({
      format: 1,
      id: 'f',
      name: 'F',
      nodes: [node('a'), { ...node('b'), config: { fields: [{ path: 'x', value: { $expr: '$steps.a.x' } }] } }],
      wires: [{ from: 'a.out', to: 'b.in' }],
      layout: { nodes: { a: [0, 0], b: [200, 0] } },
    }),
  );
  const draft: DraftView = {
    flowId: 'f',
    revision: 1,
    document,
    savedAtMs: 0,
    savedBy: 'owner',
    lease: null,
    deployed: { version: 1, document },
    debugSwitches: {},
    sideDrafts: [],
  };
  let nowMs = 0;
  const store = createFlowStore({ draft, nodeTypes: createNodeTypeIndex([]), now: () => nowMs });
  store.setMode('writing');
  return {
    store,
    document,
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

const mixedChanges: readonly FlowChange[] = [
  { kind: 'nodes-added', nodes: [node('c')], wires: [{ from: 'b.out', to: 'c.in' }], positions: { c: [400, 0] } },
  { kind: 'node-renamed', nodeId: 'a', name: 'first' },
  { kind: 'nodes-moved', positions: { a: [20, 20], c: [420, 40] } },
  { kind: 'node-configured', nodeId: 'c', config: { keep: true } },
  { kind: 'nodes-disabled', nodeIds: ['b'], disabled: true },
  { kind: 'node-noted', nodeId: 'b', notes: 'why' },
  { kind: 'wires-removed', wires: [{ from: 'a.out', to: 'b.in' }] },
  { kind: 'wires-added', wires: [{ from: 'a.out', to: 'c.in' }] },
  { kind: 'nodes-removed', nodeIds: ['b'] },
  { kind: 'flow-described', name: 'G', settings: { concurrency: 3 } },
];

test('[S1] undo over all that was done gives the identical document, and redo the one before', () => {
  const { store, document } = openStore();
  for (const change of mixedChanges) store.change(change, { label: 'step' });
  const done = serializeFlow(store.getState().document);
  for (const _ of mixedChanges) store.undo();
  expect(store.getState().document).toEqual(document);
  expect(serializeFlow(store.getState().document)).toBe(serializeFlow(document));
  for (const _ of mixedChanges) store.redo();
  expect(serializeFlow(store.getState().document)).toBe(done);
});

test('[S2] edits of one thing within a second are one step of undo, later ones another', () => {
  const { store, document, wait } = openStore();
  for (const name of ['f', 'fi', 'first']) {
    store.change({ kind: 'node-renamed', nodeId: 'a', name }, { label: 'Rename', isMergeable: true });
    wait(300);
  }
  wait(2000);
  store.change({ kind: 'node-renamed', nodeId: 'a', name: 'last' }, { label: 'Rename', isMergeable: true });
  expect(store.getState().undoSteps).toHaveLength(2);
  store.undo();
  expect(store.getState().document.nodes[0]?.name).toBe('first');
  store.undo();
  expect(store.getState().document).toEqual(document);
});

test('[S3] every change, undo and redo waits to be saved, in the order in which it was made', () => {
  const { store } = openStore();
  const [first] = mixedChanges;
  if (first === undefined) throw new Error('no change');
  store.change(first, { label: 'Add' });
  store.undo();
  store.redo();
  expect(store.getState().unsaved.map(({ kind }) => kind)).toEqual(['nodes-added', 'nodes-removed', 'nodes-added']);
  store.markSaved(2, 5, 1000);
  expect(store.getState()).toMatchObject({ revision: 5, save: { kind: 'waiting' } });
  store.markSaved(1, 6, 2000);
  expect(store.getState()).toMatchObject({ revision: 6, save: { kind: 'saved', atMs: 2000 }, unsaved: [] });
});

test('[S4] layout and notes leave a flow unchanged against what runs; behaviour does not', () => {
  const { store } = openStore();
  store.change({ kind: 'nodes-moved', positions: { a: [40, 40] } }, { label: 'Move' });
  store.change({ kind: 'node-noted', nodeId: 'a', notes: 'x' }, { label: 'Note' });
  expect(store.getState().isChanged).toBe(false);
  store.change({ kind: 'nodes-disabled', nodeIds: ['a'], disabled: true }, { label: 'Disable' });
  expect(store.getState().isChanged).toBe(true);
  store.undo();
  expect(store.getState().isChanged).toBe(false);
});

test('[S5] while another tab writes nothing is changed here, and what it does arrives', () => {
  const { store } = openStore();
  store.setMode('reading');
  store.change({ kind: 'nodes-removed', nodeIds: ['a'] }, { label: 'Delete' });
  expect(store.getState().document.nodes).toHaveLength(2);
  store.select(['a']);
  store.applyRemote([{ kind: 'nodes-removed', nodeIds: ['a'] }], 2);
  expect(store.getState().document.nodes.map(({ id }) => id)).toEqual(['b']);
  expect(store.getState()).toMatchObject({ revision: 2, undoSteps: [] });
  expect([...store.getState().selectedNodeIds]).toEqual([]);
});

test('[S6] what has no effect is no step of undo', () => {
  const { store } = openStore();
  store.change({ kind: 'node-renamed', nodeId: 'a', name: 'a' }, { label: 'Rename' });
  expect(store.getState()).toMatchObject({ undoSteps: [], unsaved: [] });
});
