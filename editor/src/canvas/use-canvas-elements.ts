import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useState } from 'react';
import type { FlowStore } from '../state/flow-store.ts';
import { type CanvasNode, deriveNodes } from './derive-nodes.ts';
import { type CanvasWire, deriveWires } from './derive-wires.ts';
import { moveNodes } from './move-nodes.ts';

interface CanvasElements {
  readonly nodes: CanvasNode[];
  readonly wires: CanvasWire[];
  readonly onNodesChange: (changes: NodeChange<CanvasNode>[]) => void;
  readonly onWiresChange: (changes: EdgeChange<CanvasWire>[]) => void;
}

/** Nodes and wires derived from the store; while something is dragged its place is kept here, and the store hears of the end only. */
export function useCanvasElements(store: FlowStore): CanvasElements {
  const [nodes, setNodes] = useState(() => deriveNodes([], store.getState()));
  const [wires, setWires] = useState(() => deriveWires([], store.getState()));

  useEffect(() => {
    setNodes((previous) => deriveNodes(previous, store.getState()));
    setWires((previous) => deriveWires(previous, store.getState()));
    return store.subscribe((state, before) => {
      const isOther = (...keys: readonly (keyof typeof state)[]) => keys.some((key) => state[key] !== before[key]);
      if (isOther('document', 'problems', 'deployed', 'selectedNodeIds', 'mode')) setNodes((previous) => deriveNodes(previous, state));
      if (isOther('document', 'selectedWires')) setWires((previous) => deriveWires(previous, state));
    });
  }, [store]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const { selectedNodeIds, selectedWires } = store.getState();
      const chosen = applySelection(selectedNodeIds, changes);
      if (chosen !== selectedNodeIds) store.select(chosen, selectedWires);
      if (changes.some(({ type }) => type === 'position')) setNodes((previous) => moveNodes(previous, changes));
    },
    [store],
  );

  const onWiresChange = useCallback(
    (changes: EdgeChange<CanvasWire>[]) => {
      const { selectedNodeIds, selectedWires } = store.getState();
      const chosen = applySelection(selectedWires, changes);
      if (chosen !== selectedWires) store.select(selectedNodeIds, chosen);
    },
    [store],
  );

  return { nodes, wires, onNodesChange, onWiresChange };
}

function applySelection(
  selected: ReadonlySet<string>,
  changes: readonly { readonly type: string; readonly id?: string; readonly selected?: boolean }[],
): ReadonlySet<string> {
  const chosen = new Set(selected);
  for (const { type, id, selected: isSelected } of changes) {
    if (type !== 'select' || id === undefined) continue;
    if (isSelected) chosen.add(id);
    else chosen.delete(id);
  }
  return chosen.size === selected.size && [...chosen].every((id) => selected.has(id)) ? selected : chosen;
}
