import { useCallback, useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { useCanvasTools } from './canvas-control-context.tsx';
import { useFlowState } from './flow-context.tsx';
import { NodeIcon } from './node-icon.tsx';
import { PickList } from './pick-list.tsx';
import { searchFlow } from './search-flow.ts';

/** Words looked for in the flow; the canvas goes along with the arrow keys. */
export function SearchDialog() {
  const { context, dialogs, surface } = useCanvasTools();
  const { nodeTypes } = useServices();
  const document = useFlowState((state) => state.document);
  const types = useMemo(() => new Map(document.nodes.map((node) => [node.id, nodeTypes.findDescriptor(node.type)])), [document, nodeTypes]);
  const find = useCallback(
    (typed: string) =>
      searchFlow(document, nodeTypes, typed).map(({ nodeId, name, where }) => {
        const descriptor = types.get(nodeId);
        return {
          id: nodeId,
          title: name,
          hint: where,
          icon: <NodeIcon name={descriptor?.icon ?? null} category={descriptor?.category ?? 'debug'} />,
        };
      }),
    [document, nodeTypes, types],
  );
  const show = useCallback(
    (nodeId: string) => {
      context.store.select([nodeId]);
      context.canvas.reveal([nodeId]);
    },
    [context],
  );
  const box = surface.current?.getBoundingClientRect();
  return (
    <PickList
      label="Search in this flow"
      placeholder="Names, types, text in configs"
      nothing="No node of this flow has these words."
      screen={{ x: (box?.right ?? 340) - 332, y: (box?.top ?? 0) + 12 }}
      find={find}
      onActive={show}
      onPick={(nodeId) => {
        dialogs.close();
        show(nodeId);
        context.store.inspect({ nodeId });
        context.canvas.focus(nodeId);
      }}
      onClose={() => {
        dialogs.close();
        context.canvas.focus();
      }}
    />
  );
}
