import type { Direction } from './canvas-control.ts';
import { type Command, type CommandContext, targetNodeId, targetNodeIds } from './command.ts';
import { walkFrom } from './walk-wires.ts';

const ways = [
  { direction: 'left', key: 'ArrowLeft', label: 'against the wire' },
  { direction: 'right', key: 'ArrowRight', label: 'along the wire' },
  { direction: 'up', key: 'ArrowUp', label: 'above' },
  { direction: 'down', key: 'ArrowDown', label: 'below' },
] as const;

/** From node to node by the keyboard. */
export const walkCommands: readonly Command[] = ways.flatMap(({ direction, key, label }): Command[] => [
  {
    id: `walk-${direction}`,
    label: `Go to the node ${label}`,
    keys: [key],
    menus: [],
    writes: false,
    isPossible: ({ store }) => store.getState().document.nodes.length > 0,
    run: (context) => walk(context, direction, false),
  },
  {
    id: `extend-${direction}`,
    label: `Select the node ${label} too`,
    keys: [`Shift+${key}`],
    menus: [],
    writes: false,
    isPossible: (context) => targetNodeIds(context).length > 0,
    run: (context) => walk(context, direction, true),
  },
]);

function walk(context: CommandContext, direction: Direction, isExtending: boolean): void {
  const { store, canvas } = context;
  const { document } = store.getState();
  const from = targetNodeId(context) ?? targetNodeIds(context).at(-1);
  const next = from === undefined ? document.nodes[0]?.id : (walkFrom(document, from, direction) ?? undefined);
  if (next === undefined) return;
  store.select(isExtending ? [...targetNodeIds(context), next] : [next]);
  canvas.reveal([next]);
  canvas.focus(next);
}
