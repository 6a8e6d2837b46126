import type { FlowChange, FlowPoint } from '@wirebook/flow';
import { type Command, type CommandContext, targetNodeId, targetNodeIds } from './command.ts';
import { gridSize } from './node-geometry.ts';
import { findUnplaced, placeNodes } from './place-nodes.ts';

const hasTargets = (context: CommandContext) => targetNodeIds(context).length > 0;
const hasOneTarget = (context: CommandContext) => targetNodeId(context) !== null;

const arrowOf = { left: 'ArrowLeft', right: 'ArrowRight', up: 'ArrowUp', down: 'ArrowDown' } as const;

/** What alters the flow, the clipboard apart. */
export const editCommands: readonly Command[] = [
  {
    id: 'open',
    label: 'Open in the inspector',
    keys: ['Enter'],
    menus: ['node'],
    writes: false,
    isPossible: hasOneTarget,
    run: (context) => {
      const nodeId = targetNodeId(context);
      if (nodeId === null) return;
      context.store.select([nodeId]);
      context.store.inspect({ nodeId });
      context.canvas.openInspector();
    },
  },
  {
    id: 'rename',
    label: 'Rename',
    keys: ['F2'],
    menus: ['node'],
    writes: true,
    isPossible: hasOneTarget,
    run: (context) => {
      const nodeId = targetNodeId(context);
      if (nodeId !== null) context.canvas.open({ kind: 'rename', nodeId });
    },
  },
  {
    id: 'connect',
    label: 'Connect from here',
    keys: ['C'],
    menus: ['node'],
    writes: true,
    isPossible: hasOneTarget,
    run: (context) => {
      const nodeId = targetNodeId(context);
      if (nodeId !== null) context.canvas.open({ kind: 'connect', nodeId });
    },
  },
  {
    id: 'add',
    label: 'Add a node here',
    keys: ['N'],
    menus: ['canvas'],
    writes: true,
    isPossible: () => true,
    run: ({ canvas }) => canvas.open({ kind: 'quick-add', ...canvas.pointer(), from: null }),
  },
  {
    id: 'disable',
    label: 'Disable or enable',
    keys: ['D'],
    menus: ['node'],
    writes: true,
    isPossible: hasTargets,
    run: (context) => {
      const nodeIds = targetNodeIds(context);
      const chosen = new Set(nodeIds);
      const disabled = context.store.getState().document.nodes.some((node) => chosen.has(node.id) && !node.disabled);
      context.store.change(
        { kind: 'nodes-disabled', nodeIds, disabled },
        { label: `${disabled ? 'Disable' : 'Enable'} ${count(nodeIds)}` },
      );
    },
  },
  {
    id: 'delete',
    label: 'Delete',
    keys: ['Delete', 'Backspace'],
    menus: ['node', 'wire'],
    writes: true,
    isPossible: (context) => hasTargets(context) || context.store.getState().selectedWires.size > 0,
    run: (context) => {
      removeSelected(context);
      context.canvas.focus();
    },
  },
  {
    id: 'undo',
    label: 'Undo',
    keys: ['Mod+Z'],
    menus: ['canvas'],
    writes: true,
    isPossible: ({ store }) => store.getState().undoSteps.length > 0,
    run: ({ store }) => store.undo(),
  },
  {
    id: 'redo',
    label: 'Redo',
    keys: ['Mod+Y', 'Mod+Shift+Z'],
    menus: ['canvas'],
    writes: true,
    isPossible: ({ store }) => store.getState().redoSteps.length > 0,
    run: ({ store }) => store.redo(),
  },
  ...(['left', 'right', 'up', 'down'] as const).flatMap((direction) =>
    ([1, 10] as const).map(
      (steps): Command => ({
        id: `move-${direction}-${steps}`,
        label: `Move ${direction} by ${steps === 1 ? 'the grid' : '10 grids'}`,
        keys: [`Mod+${steps === 1 ? '' : 'Shift+'}${arrowOf[direction]}`],
        menus: [],
        writes: true,
        isPossible: hasTargets,
        run: (context) => move(context, direction, steps),
      }),
    ),
  ),
];

/** All that is selected goes in one step of undo: the nodes with their wires, and wires alone. */
export function removeSelected(context: CommandContext, label?: string): void {
  const { document, selectedWires } = context.store.getState();
  const nodeIds = targetNodeIds(context);
  const gone = new Set(nodeIds);
  const isLoose = (address: string) => !gone.has(address.slice(0, address.indexOf('.')));
  const wires = document.wires.filter((wire) => selectedWires.has(`${wire.from}>${wire.to}`) && isLoose(wire.from) && isLoose(wire.to));
  const changes: FlowChange[] = [];
  if (wires.length > 0) changes.push({ kind: 'wires-removed', wires });
  if (nodeIds.length > 0) changes.push({ kind: 'nodes-removed', nodeIds });
  const [only] = changes;
  if (only === undefined) return;
  const words = nodeIds.length === 0 ? `${wires.length} ${wires.length === 1 ? 'wire' : 'wires'}` : count(nodeIds);
  const name = label ?? `Delete ${words}`;
  context.store.change(changes.length === 1 ? only : { kind: 'batch', changes, label: name }, { label: name });
}

/** `1 node`, `3 nodes`. */
export function count(nodeIds: readonly string[]): string {
  return `${nodeIds.length} ${nodeIds.length === 1 ? 'node' : 'nodes'}`;
}

const steps = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const;

function move(context: CommandContext, direction: keyof typeof steps, times: number): void {
  const { document } = context.store.getState();
  const places = placeNodes(document);
  const [dx, dy] = steps[direction];
  const positions: Record<string, FlowPoint> = findUnplaced(document);
  const nodeIds = targetNodeIds(context);
  for (const id of nodeIds) {
    const [x, y] = places.get(id) ?? [0, 0];
    positions[id] = [x + dx * times * gridSize, y + dy * times * gridSize];
  }
  context.store.change({ kind: 'nodes-moved', positions }, { label: `Move ${count(nodeIds)}`, isMergeable: true });
}
