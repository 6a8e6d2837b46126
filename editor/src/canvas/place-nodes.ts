import { createFlowGraph, type FlowDocument, type FlowPoint, parseWireEnd } from '@wirebook/flow';

const columnWidth = 260;
const rowHeight = 120;
/** A node with more outputs is higher by so much for each. */
const fittingOutputs = 2;
const tallness = 20;

/**
 * Where each node stands. Nodes without a position in the document stand in columns by their distance from a source, below what has a
 * position.
 */
export function placeNodes(document: FlowDocument): ReadonlyMap<string, FlowPoint> {
  const places = new Map<string, FlowPoint>();
  const given = document.layout.nodes ?? {};
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { id } of document.nodes) {
    const point = Object.hasOwn(given, id) ? given[id] : undefined;
    if (point === undefined) continue;
    const [x, y] = point;
    if (x === undefined || y === undefined) continue;
    places.set(id, [x, y]);
    bottom = Math.max(bottom, y);
  }
  if (places.size === document.nodes.length) return places;
  const top = Number.isFinite(bottom) ? bottom + rowHeight : 0;
  const depths = measureDepths(document);
  const ends = new Map<number, number>();
  for (const { id } of document.nodes) {
    if (places.has(id)) continue;
    const column = depths.get(id) ?? 0;
    const y = ends.get(column) ?? top;
    ends.set(column, y + rowHeight + tallness * Math.max(0, countOutputs(document, id) - fittingOutputs));
    places.set(id, [column * columnWidth, y]);
  }
  return places;
}

function countOutputs({ wires }: FlowDocument, nodeId: string): number {
  return new Set(wires.map(({ from }) => from).filter((from) => from.startsWith(`${nodeId}.`))).size;
}

/** Positions of the nodes that have none in the document yet, to be kept with the first one that is moved. */
export function findUnplaced(document: FlowDocument): Record<string, FlowPoint> {
  const given = document.layout.nodes ?? {};
  const places = placeNodes(document);
  return Object.fromEntries([...places].filter(([id]) => !Object.hasOwn(given, id)));
}

/** Steps from the nearest node that no wire leads to; breadth first, so circles end. */
function measureDepths(document: FlowDocument): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>();
  for (const wire of document.wires) {
    const from = parseWireEnd(wire.from).nodeId;
    const targets = next.get(from);
    if (targets === undefined) next.set(from, [parseWireEnd(wire.to).nodeId]);
    else targets.push(parseWireEnd(wire.to).nodeId);
  }
  const depths = new Map<string, number>();
  const starts = [...createFlowGraph(document).roots, ...document.nodes.map(({ id }) => id)];
  for (const start of starts) {
    if (depths.has(start)) continue;
    depths.set(start, 0);
    const queue = [start];
    for (const id of queue) {
      for (const target of next.get(id) ?? []) {
        if (depths.has(target)) continue;
        depths.set(target, (depths.get(id) ?? 0) + 1);
        queue.push(target);
      }
    }
  }
  return depths;
}
