import { copyNodes, type FlowPoint, pasteNodes } from '@wirebook/flow';
import { describeFailure } from '../transport/api-error.ts';
import { type Command, type CommandContext, targetNodeIds } from './command.ts';
import { count, removeSelected } from './edit-commands.ts';
import { gridSize, snap } from './node-geometry.ts';
import { placeNodes } from './place-nodes.ts';

const hasTargets = (context: CommandContext) => targetNodeIds(context).length > 0;

/** The keys of copy, cut and paste come as events of the browser, which need no permission; menus ask for it. */
export const clipboardCommands: readonly Command[] = [
  {
    id: 'copy',
    label: 'Copy',
    keys: ['Mod+C'],
    menus: ['node'],
    isNative: true,
    writes: false,
    isPossible: hasTargets,
    run: (context) => void write(context, copySelected(context)),
  },
  {
    id: 'cut',
    label: 'Cut',
    keys: ['Mod+X'],
    menus: ['node'],
    isNative: true,
    writes: true,
    isPossible: hasTargets,
    run: (context) => void write(context, cutSelected(context)),
  },
  {
    id: 'paste',
    label: 'Paste here',
    keys: ['Mod+V'],
    menus: ['canvas'],
    isNative: true,
    writes: true,
    isPossible: () => true,
    run: (context) => {
      const { at } = context.canvas.pointer();
      context.canvas.readClipboard().then(
        (text) => paste(context, text, at),
        () => context.canvas.tell('The browser does not let this page read the clipboard. Press Ctrl+V on the canvas instead.', 'bad'),
      );
    },
  },
  {
    id: 'duplicate',
    label: 'Duplicate',
    keys: ['Alt+D'],
    menus: ['node'],
    writes: true,
    isPossible: hasTargets,
    run: (context) => {
      const { document } = context.store.getState();
      const nodeIds = targetNodeIds(context);
      const places = placeNodes(document);
      const points = nodeIds.map((id) => places.get(id) ?? [0, 0]);
      const left = Math.min(...points.map(([x]) => x));
      const top = Math.min(...points.map(([, y]) => y));
      paste(context, copySelected(context), [left + 2 * gridSize, top + 2 * gridSize], `Duplicate ${count(nodeIds)}`);
    },
  },
];

/** The selected nodes as text. */
export function copySelected(context: CommandContext): string {
  return copyNodes(context.store.getState().document, targetNodeIds(context));
}

/** The selected nodes as text; they go from the flow in one step of undo. */
export function cutSelected(context: CommandContext): string {
  const nodeIds = targetNodeIds(context);
  const text = copySelected(context);
  removeSelected(context, `Cut ${count(nodeIds)}`);
  return text;
}

/** Puts nodes from a text into the flow, selected; text that holds none is told to the person. */
export function paste(context: CommandContext, text: string, at: FlowPoint, label?: string): void {
  const { store, canvas, newId } = context;
  try {
    const added = pasteNodes(store.getState().document, text, { ids: newId, at: snap(at) });
    const ids = added.nodes.map(({ id }) => id);
    store.change(added, { label: label ?? `Paste ${count(ids)}` });
    store.select(ids);
    canvas.reveal(ids);
    canvas.focus();
  } catch (thrown) {
    canvas.tell(describeFailure(thrown), 'bad');
  }
}

async function write({ canvas }: CommandContext, text: string): Promise<void> {
  try {
    await canvas.writeClipboard(text);
  } catch {
    canvas.tell('The browser does not let this page write to the clipboard. Press Ctrl+C on the canvas instead.', 'bad');
  }
}
