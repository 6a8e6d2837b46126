import type { FlowPoint } from '@wirebook/flow';
import { useCallback } from 'react';
import { useServices } from '../app/services.tsx';
import type { LooseEnd, ScreenPoint } from '../state/canvas-dialog-store.ts';
import { makeNodeAdded } from './add-node.ts';
import { useCanvasTools } from './canvas-control-context.tsx';
import { nodeWidth } from './node-geometry.ts';
import { NodeIcon } from './node-icon.tsx';
import { PickList } from './pick-list.tsx';
import { listQuickAddOptions } from './quick-add-options.ts';

interface QuickAddProps {
  readonly at: FlowPoint;
  readonly screen: ScreenPoint;
  readonly from: LooseEnd | null;
  readonly only: 'sources' | undefined;
}

/** A node is 28 units high above its middle, where its ports are. */
const portHeight = 28;

/** The list of node types at the pointer; what is chosen stands there, wired to where the wire came from. */
export function QuickAdd({ at, screen, from, only }: QuickAddProps) {
  const { context, dialogs } = useCanvasTools();
  const { nodeTypes } = useServices();
  const find = useCallback(
    (typed: string) =>
      listQuickAddOptions(nodeTypes.all, { from, only }, typed).map(({ descriptor }) => ({
        id: descriptor.type,
        title: descriptor.label,
        hint: descriptor.summary,
        icon: <NodeIcon name={descriptor.icon} category={descriptor.category} />,
      })),
    [nodeTypes, from, only],
  );

  function add(type: string): void {
    const descriptor = nodeTypes.findDescriptor(type);
    dialogs.close();
    if (descriptor === undefined) return;
    const { store, canvas, newId } = context;
    const id = newId();
    const { document } = store.getState();
    const place: FlowPoint = from?.side === 'input' ? [at[0] - nodeWidth, at[1] - portHeight] : [at[0], at[1] - portHeight];
    store.change(makeNodeAdded({ document, nodeTypes, descriptor, id, at: place, from }), { label: `Add ${descriptor.label}` });
    store.select([id]);
    store.inspect({ nodeId: id });
    canvas.focus(id);
  }

  return (
    <PickList
      label="Add a node"
      placeholder={from === null ? 'Search nodes' : 'Search nodes that fit this wire'}
      nothing="No node fits to these words."
      screen={screen}
      find={find}
      onPick={add}
      onClose={() => {
        dialogs.close();
        context.canvas.focus();
      }}
    />
  );
}
