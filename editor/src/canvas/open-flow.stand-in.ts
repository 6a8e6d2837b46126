import type { DraftView } from '@wirebook/api';
import { type FlowDocumentInput, parseFlow } from '@wirebook/flow';
import type { CanvasDialog } from '../state/canvas-dialog-store.ts';
import { createFlowStore, type FlowStore } from '../state/flow-store.ts';
import { testNodeTypes } from '../state/node-types.stand-in.ts';
import type { CanvasControl } from './canvas-control.ts';
import type { CommandContext } from './command.ts';

type NodeInput = FlowDocumentInput['nodes'][number];

export const testNode = (id: string, type = 'test.step', more: Partial<NodeInput> = {}): NodeInput => ({
  id,
  type,
  typeVersion: 1,
  name: id.toUpperCase(),
  config: {},
  ...more,
});

/** A flow `a` (source) → `b` (step) → `c` (end), or what is given. */
export function testFlow(given: Partial<FlowDocumentInput> = {}) {
  return parseFlow(
    JSON.stringify({
      format: 1,
      id: 'f',
      name: 'F',
      nodes: [testNode('a', 'test.source'), testNode('b'), testNode('c', 'test.end')],
      wires: [
        { from: 'a.out', to: 'b.in' },
        { from: 'b.out', to: 'c.in' },
      ],
      layout: { nodes: { a: [0, 0], b: [260, 0], c: [520, 0] } },
      ...given,
    }),
  );
}

export function openTestFlow(document = testFlow(), deployed: DraftView['deployed'] = null): FlowStore {
  const draft = { flowId: 'f', revision: 1, document, savedAtMs: 0, savedBy: '', lease: null, deployed, debugSwitches: {}, sideDrafts: [] };
  const store = createFlowStore({ draft, nodeTypes: testNodeTypes, now: () => 0 });
  store.setMode('writing');
  return store;
}

/** What commands act on, with a canvas that notes what it is told. */
export function createTestContext(store = openTestFlow()) {
  const opened: CanvasDialog[] = [];
  const told: string[] = [];
  let clipboard = '';
  let focusedId: string | null = null;
  let ids = 0;
  const canvas: CanvasControl = {
    pointer: () => ({ at: [101, 99], screen: { x: 1, y: 2 } }),
    centre: () => [400, 300],
    reveal: () => undefined,
    focus: (nodeId) => {
      focusedId = nodeId ?? null;
    },
    focusedNodeId: () => focusedId,
    zoom: () => undefined,
    open: (dialog) => void opened.push(dialog),
    closeDialog: () => undefined,
    tell: (text) => void told.push(text),
    writeClipboard: async (text) => {
      clipboard = text;
    },
    readClipboard: async () => clipboard,
    toggleLeft: () => undefined,
    toggleRight: () => undefined,
    openInspector: () => undefined,
  };
  const context: CommandContext = {
    store,
    canvas,
    newId: () => {
      ids += 1;
      return `new${ids}`;
    },
  };
  return { context, store, canvas, opened, told, clipboard: () => clipboard };
}
