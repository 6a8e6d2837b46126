import { type FlowDocument, type FlowPoint, parseWireEnd } from '@wirebook/flow';
import type { Direction } from './canvas-control.ts';
import { placeNodes } from './place-nodes.ts';

/**
 * The node that an arrow key leads to: left against the wires, right along them, up and down among the nodes that share a neighbour;
 * where no wire leads on, the nearest node that way on the screen. Null when there is none.
 */
export function walkFrom(document: FlowDocument, nodeId: string, direction: Direction): string | null {
  const places = placeNodes(document);
  const here = places.get(nodeId);
  if (here === undefined) return null;
  return byWire(document, places, nodeId, direction) ?? nearest(places, nodeId, here, direction);
}

type Places = ReadonlyMap<string, FlowPoint>;

function byWire(document: FlowDocument, places: Places, nodeId: string, direction: Direction): string | null {
  const ends = document.wires.map(({ from, to }) => ({ from: parseWireEnd(from).nodeId, to: parseWireEnd(to).nodeId }));
  const after = (id: string) => ends.filter(({ from }) => from === id).map(({ to }) => to);
  const before = (id: string) => ends.filter(({ to }) => to === id).map(({ from }) => from);
  const isThere = (id: string) => id !== nodeId && places.has(id);
  switch (direction) {
    case 'right':
      return after(nodeId).find(isThere) ?? null;
    case 'left':
      return before(nodeId).find(isThere) ?? null;
    default: {
      const siblings = [...before(nodeId).flatMap(after), ...after(nodeId).flatMap(before)].filter(isThere);
      const here = places.get(nodeId)?.[1] ?? 0;
      const isThatWay = (y: number) => (direction === 'up' ? y < here : y > here);
      const [best] = [...new Set(siblings)]
        .map((id) => ({ id, y: places.get(id)?.[1] ?? 0 }))
        .filter(({ y }) => isThatWay(y))
        .sort((left, right) => Math.abs(left.y - here) - Math.abs(right.y - here));
      return best?.id ?? null;
    }
  }
}

/** What stands aside counts as farther away than what stands ahead. */
const asideFactor = 2;

function nearest(places: Places, nodeId: string, [x, y]: FlowPoint, direction: Direction): string | null {
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [id, [otherX, otherY]] of places) {
    const [dx, dy] = [otherX - x, otherY - y];
    const ahead = { left: -dx, right: dx, up: -dy, down: dy }[direction];
    if (id === nodeId || ahead <= 0) continue;
    const aside = direction === 'left' || direction === 'right' ? Math.abs(dy) : Math.abs(dx);
    const distance = ahead + asideFactor * aside;
    if (distance < bestDistance) {
      best = id;
      bestDistance = distance;
    }
  }
  return best;
}
