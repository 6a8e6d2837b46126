import type { FlowPoint } from './flow-change.ts';
import type { FlowDocument } from './flow-schema.ts';

type Layout = FlowDocument['layout'];

/**
 * The layout with other positions; null takes one away. The layout itself when nothing is different.
 *
 * @param dropsEmpty no list of positions is left behind when it would be empty.
 */
export function setPositions(layout: Layout, positions: Readonly<Record<string, FlowPoint | null>>, dropsEmpty = false): Layout {
  const before = new Map(Object.entries(layout.nodes ?? {}));
  const after = new Map(before);
  for (const [id, point] of Object.entries(positions)) {
    if (point === null) after.delete(id);
    else if (!isSamePoint(before.get(id), point)) after.set(id, [point[0], point[1]]);
  }
  if (dropsEmpty && after.size === 0 && layout.nodes !== undefined) {
    const { nodes: _, ...rest } = layout;
    return rest;
  }
  const isSame = after.size === before.size && [...after].every(([id, point]) => before.get(id) === point);
  return isSame ? layout : { ...layout, nodes: Object.fromEntries(after) };
}

function isSamePoint(a: readonly number[] | undefined, b: FlowPoint): boolean {
  return a !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** Where a node stands; undefined when the layout does not say. */
export function findPosition(layout: Layout, nodeId: string): FlowPoint | undefined {
  const [x, y] = layout.nodes !== undefined && Object.hasOwn(layout.nodes, nodeId) ? (layout.nodes[nodeId] ?? []) : [];
  return x === undefined || y === undefined ? undefined : [x, y];
}
