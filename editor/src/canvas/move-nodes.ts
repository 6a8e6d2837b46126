import type { NodeChange } from '@xyflow/react';
import type { CanvasNode } from './derive-nodes.ts';

/** The nodes with those that are dragged where the pointer has them; all others are the same objects. */
export function moveNodes(nodes: CanvasNode[], changes: readonly NodeChange<CanvasNode>[]): CanvasNode[] {
  const moves = new Map(changes.flatMap((change) => (change.type === 'position' ? [[change.id, change]] : [])));
  if (moves.size === 0) return nodes;
  return nodes.map((node) => {
    const move = moves.get(node.id);
    if (move === undefined) return node;
    const { position = node.position, dragging = false } = move;
    return { ...node, position, dragging };
  });
}
