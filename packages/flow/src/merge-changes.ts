import type { FlowChange } from './flow-change.ts';

/**
 * One change that does what two in a row do, when they are steps of one edit: the same node configured, guarded, noted or renamed again, the
 * same nodes moved again, the same of name, description and settings written again. Null for all others. Whether two edits are near
 * enough in time is for the caller to say.
 *
 * Their inverses merge too, in the opposite order: `mergeChanges(inverse of next, inverse of previous)`. Where that is null, a batch
 * of the two in that order undoes both. A name that a node had in between takes along no expression that named it already.
 */
export function mergeChanges(previous: FlowChange, next: FlowChange): FlowChange | null {
  switch (next.kind) {
    case 'node-configured':
    case 'node-noted':
    case 'node-renamed':
      return previous.kind === next.kind && previous.nodeId === next.nodeId ? next : null;
    case 'node-guarded':
      return previous.kind === next.kind && previous.nodeId === next.nodeId && hasSameKeys(previous, next) ? next : null;
    case 'nodes-moved':
      return previous.kind === next.kind && hasSameKeys(previous.positions, next.positions) ? next : null;
    case 'flow-described':
      if (previous.kind !== next.kind || !hasSameKeys(previous, next)) return null;
      if (previous.settings === undefined || next.settings === undefined) return next;
      return hasSameKeys(previous.settings, next.settings) ? next : null;
    case 'nodes-added':
    case 'nodes-removed':
    case 'nodes-disabled':
    case 'wires-added':
    case 'wires-removed':
    case 'flow-replaced':
    case 'batch':
      return null;
    default:
      return next satisfies never;
  }
}

function hasSameKeys(a: object, b: object): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key));
}
