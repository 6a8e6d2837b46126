import { canConnect } from '@wirebook/flow';
import type { Connection, FinalConnectionState, IsValidConnection, OnReconnect } from '@xyflow/react';
import { useMemo } from 'react';
import type { LooseEnd } from '../state/canvas-dialog-store.ts';
import { useCanvasTools } from './canvas-control-context.tsx';
import type { CanvasWire } from './derive-wires.ts';
import { wireWords } from './wire-words.ts';

type Ends = Pick<Connection, 'source' | 'target'> & { readonly sourceHandle?: string | null; readonly targetHandle?: string | null };

/** Drawing wires: what may be connected, and what happens at the end of a drag. */
export function useConnecting() {
  const { context, dialogs } = useCanvasTools();
  return useMemo(() => {
    const { store, canvas } = context;

    const endsOf = ({ source, target, sourceHandle, targetHandle }: Ends) => ({
      from: { nodeId: source, port: sourceHandle ?? 'out' },
      to: { nodeId: target, port: targetHandle ?? 'in' },
    });
    const refuse = (ends: Ends) => {
      const { document, nodeTypes } = store.getState();
      const { from, to } = endsOf(ends);
      return canConnect(document, nodeTypes, from, to);
    };
    const isValidConnection: IsValidConnection<CanvasWire> = (ends) => refuse(ends) === null;

    function onConnect(connection: Connection): void {
      const { from, to } = endsOf(connection);
      const wire = { from: `${from.nodeId}.${from.port}`, to: `${to.nodeId}.${to.port}` };
      store.change({ kind: 'wires-added', wires: [wire] }, { label: 'Connect' });
    }

    const onReconnect: OnReconnect<CanvasWire> = (old, connection) => {
      const { from, to } = endsOf(connection);
      const wire = { from: `${from.nodeId}.${from.port}`, to: `${to.nodeId}.${to.port}` };
      const before = store.getState().document.wires.find((candidate) => `${candidate.from}>${candidate.to}` === old.id);
      if (before === undefined || (before.from === wire.from && before.to === wire.to)) return;
      const changes = [{ kind: 'wires-removed', wires: [before] } as const, { kind: 'wires-added', wires: [wire] } as const];
      store.change({ kind: 'batch', changes, label: 'Move a wire' }, { label: 'Move a wire' });
    };

    function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
      if (state.isValid || state.fromHandle === null || store.getState().mode !== 'writing') return;
      const { fromHandle, toHandle, toNode } = state;
      const from: LooseEnd = {
        nodeId: fromHandle.nodeId,
        port: fromHandle.id ?? '',
        side: fromHandle.type === 'source' ? 'output' : 'input',
      };
      if (toHandle !== null) {
        const reason = wireWords(store.getState(), from, { nodeId: toHandle.nodeId, port: toHandle.id ?? '', type: toHandle.type });
        if (reason !== null) canvas.tell(reason, 'bad');
        return;
      }
      if (toNode !== null) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (point === undefined) return;
      const screen = { x: point.clientX, y: point.clientY };
      if (event.target instanceof Element && !event.target.classList.contains('react-flow__pane')) return;
      dialogs.open({ kind: 'quick-add', screen, at: canvas.pointer().at, from });
    }

    return { isValidConnection, onConnect, onConnectEnd, onReconnect };
  }, [context, dialogs]);
}
