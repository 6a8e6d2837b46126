import type { FlowStore } from '../state/flow-store.ts';
import type { CanvasControl } from './canvas-control.ts';
import type { KeyChord } from './key-chord.ts';

/** What a command acts on. */
export interface CommandContext {
  readonly store: FlowStore;
  readonly canvas: CanvasControl;
  readonly newId: () => string;
}

/** What a person can do on the canvas: keys, menus and buttons share this list. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly keys: readonly KeyChord[];
  /** The menus that list it, in this order. */
  readonly menus: readonly ('node' | 'wire' | 'canvas')[];
  /** The browser sends an event of its own for the keys: they are shown, not listened to. */
  readonly isNative?: boolean;
  /** It alters the flow, so it needs the lease. */
  readonly writes: boolean;
  isPossible(context: CommandContext): boolean;
  run(context: CommandContext): void;
}

/** Possible in the mode of the flow, and now. */
export function canRun(command: Command, context: CommandContext): boolean {
  if (command.writes && context.store.getState().mode !== 'writing') return false;
  return command.isPossible(context);
}

/** The nodes that a command acts on: the selected ones; when none is, the one that has the keyboard. */
export function targetNodeIds({ store, canvas }: CommandContext): readonly string[] {
  const { selectedNodeIds, document } = store.getState();
  if (selectedNodeIds.size > 0) return document.nodes.map(({ id }) => id).filter((id) => selectedNodeIds.has(id));
  const focused = canvas.focusedNodeId();
  return focused === null ? [] : [focused];
}

/** The node that a command acts on that takes only one: the one that has the keyboard, else the only selected one. */
export function targetNodeId(context: CommandContext): string | null {
  const focused = context.canvas.focusedNodeId();
  if (focused !== null) return focused;
  const [only, ...others] = targetNodeIds(context);
  return only === undefined || others.length > 0 ? null : only;
}
