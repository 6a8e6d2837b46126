import { useCallback, useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { useCanvasTools } from './canvas-control-context.tsx';
import { listConnectTargets } from './connect-targets.ts';
import { useFlowStore } from './flow-context.tsx';
import { PickList } from './pick-list.tsx';

/** Wiring by keyboard: the list of nodes that a wire from this one may lead to. */
export function ConnectDialog({ nodeId }: { readonly nodeId: string }) {
  const { context, dialogs, surface } = useCanvasTools();
  const { nodeTypes } = useServices();
  const store = useFlowStore();
  const targets = useMemo(() => listConnectTargets(store.getState().document, nodeTypes, nodeId), [store, nodeTypes, nodeId]);
  const find = useCallback(
    (typed: string) => {
      const wanted = typed.trim().toLowerCase();
      return targets
        .filter(({ nodeName, typeLabel, port }) => `${nodeName}\n${typeLabel}\n${port}`.toLowerCase().includes(wanted))
        .map(({ from, to, port, nodeName, typeLabel }) => ({ id: `${from}>${to}`, title: nodeName, hint: `from ${port}, ${typeLabel}` }));
    },
    [targets],
  );
  const node = surface.current?.querySelector(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`);
  const box = node?.getBoundingClientRect();

  function close(): void {
    dialogs.close();
    context.canvas.focus(nodeId);
  }

  return (
    <PickList
      label="Connect from here"
      placeholder="Search nodes to connect to"
      nothing="There is no node that a wire from here may lead to."
      screen={box === undefined ? context.canvas.pointer().screen : { x: box.right + 12, y: box.top }}
      find={find}
      onPick={(id) => {
        const target = targets.find(({ from, to }) => `${from}>${to}` === id);
        if (target !== undefined)
          store.change({ kind: 'wires-added', wires: [{ from: target.from, to: target.to }] }, { label: 'Connect' });
        close();
      }}
      onClose={close}
    />
  );
}
