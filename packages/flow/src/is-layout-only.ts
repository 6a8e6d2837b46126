import type { FlowChange } from './flow-change.ts';

/** True when the flow does the same before and after: only places, notes, name or description are others. The version hash stays. */
export function isLayoutOnly(change: FlowChange): boolean {
  switch (change.kind) {
    case 'nodes-moved':
    case 'node-noted':
      return true;
    case 'flow-described':
      return change.settings === undefined;
    case 'batch':
      return change.changes.every(isLayoutOnly);
    case 'nodes-added':
    case 'nodes-removed':
    case 'node-configured':
    case 'node-guarded':
    case 'node-renamed':
    case 'nodes-disabled':
    case 'wires-added':
    case 'wires-removed':
    case 'flow-replaced':
      return false;
    default:
      return change satisfies never;
  }
}
