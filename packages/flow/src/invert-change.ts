import { WirebookError } from '@wirebook/errors';
import { applyChange } from './apply-change.ts';
import type {
  FlowChange,
  FlowDescribed,
  FlowPoint,
  NodeGuarded,
  NodesAdded,
  NodesDisabled,
  NodesMoved,
  NodesRemoved,
} from './flow-change.ts';
import type { FlowDocument, FlowNode, FlowSettings } from './flow-schema.ts';
import { findPosition } from './node-positions.ts';
import { isSameJson } from './same-json.ts';
import { parseWireEnd } from './wire-end.ts';
import { findRemovedWires } from './wire-list.ts';

/**
 * The change that takes a change back: applied to the flow after the change it gives the flow before it, the order of nodes and wires
 * included. It says no more than it must, so that it also fits when others have changed other parts since; only for flows with faults
 * (a wire drawn twice, a position of no node) it may be the whole document.
 *
 * @param flow the flow before the change.
 * @throws as {@link applyChange} when the change does not fit.
 */
export function invertChange(flow: FlowDocument, change: FlowChange): FlowChange {
  const after = applyChange(flow, change);
  const inverse = invert(flow, change, after);
  return givesBack(flow, after, inverse) ? inverse : { kind: 'flow-replaced', document: flow };
}

function givesBack(flow: FlowDocument, after: FlowDocument, inverse: FlowChange): boolean {
  try {
    return isSameJson(applyChange(after, inverse), flow);
  } catch (thrown) {
    // A change may not make all the faults that a file may have, so it cannot bring them back.
    if (thrown instanceof WirebookError) return false;
    throw thrown;
  }
}

function invert(flow: FlowDocument, change: FlowChange, after: FlowDocument): FlowChange {
  switch (change.kind) {
    case 'nodes-added':
      return invertAdding(flow, change);
    case 'nodes-removed':
      return invertRemoving(flow, change);
    case 'nodes-moved':
      return invertMoving(flow, change);
    case 'node-configured':
      return { kind: 'node-configured', nodeId: change.nodeId, config: findNode(flow, change.nodeId).config };
    case 'node-renamed':
      return invertRenaming(flow, change.nodeId, after);
    case 'nodes-disabled':
      return invertDisabling(flow, change);
    case 'node-noted':
      return { kind: 'node-noted', nodeId: change.nodeId, notes: findNode(flow, change.nodeId).notes };
    case 'node-guarded':
      return invertGuarding(flow, change);
    case 'wires-added':
      return { kind: 'wires-removed', wires: change.wires };
    case 'wires-removed': {
      const at = [...findRemovedWires(flow.wires, change.wires)].sort((a, b) => a - b);
      return { kind: 'wires-added', wires: at.flatMap((index) => flow.wires[index] ?? []), at };
    }
    case 'flow-described':
      return invertDescribing(flow, change);
    case 'flow-replaced':
      return { kind: 'flow-replaced', document: flow };
    case 'batch': {
      const inverses: FlowChange[] = [];
      let present = flow;
      for (const inner of change.changes) {
        const next = applyChange(present, inner);
        inverses.push(invert(present, inner, next));
        present = next;
      }
      return { ...change, changes: inverses.reverse() };
    }
    default:
      return change satisfies never;
  }
}

function invertAdding(flow: FlowDocument, { nodes, wires, positions }: NodesAdded): FlowChange {
  const added = new Set(nodes.map(({ id }) => id));
  const isBetweenOthers = (wire: { from: string; to: string }) =>
    !added.has(parseWireEnd(wire.from).nodeId) && !added.has(parseWireEnd(wire.to).nodeId);
  const others = wires.filter(isBetweenOthers);
  const removal: NodesRemoved = {
    kind: 'nodes-removed',
    nodeIds: [...added],
    ...(flow.layout.nodes === undefined && Object.keys(positions).length > 0 && { dropsEmptyPositions: true }),
  };
  return others.length === 0 ? removal : { kind: 'batch', changes: [{ kind: 'wires-removed', wires: others }, removal] };
}

function invertRemoving(flow: FlowDocument, { nodeIds }: NodesRemoved): NodesAdded {
  const removed = new Set(nodeIds);
  const nodesAt = findIndices(flow.nodes, ({ id }) => removed.has(id));
  const wiresAt = findIndices(flow.wires, ({ from, to }) => removed.has(parseWireEnd(from).nodeId) || removed.has(parseWireEnd(to).nodeId));
  return {
    kind: 'nodes-added',
    nodes: nodesAt.flatMap((index) => flow.nodes[index] ?? []),
    wires: wiresAt.flatMap((index) => flow.wires[index] ?? []),
    positions: Object.fromEntries(
      [...removed].flatMap((id): [string, FlowPoint][] => {
        const point = findPosition(flow.layout, id);
        return point === undefined ? [] : [[id, point]];
      }),
    ),
    at: nodesAt,
    wiresAt,
  };
}

function invertMoving(flow: FlowDocument, { positions }: NodesMoved): NodesMoved {
  return {
    kind: 'nodes-moved',
    positions: Object.fromEntries(Object.keys(positions).map((id) => [id, findPosition(flow.layout, id) ?? null])),
    ...(flow.layout.nodes === undefined && { dropsEmptyPositions: true }),
  };
}

/** An expression may have named the new name before, or have quoted the old one needlessly: such configs are given back whole. */
function invertRenaming(flow: FlowDocument, nodeId: string, after: FlowDocument): FlowChange {
  const renaming: FlowChange = { kind: 'node-renamed', nodeId, name: findNode(flow, nodeId).name };
  const back = applyChange(after, renaming);
  const configured = flow.nodes.flatMap(({ id, config }, index): FlowChange[] =>
    isSameJson(back.nodes[index]?.config, config) ? [] : [{ kind: 'node-configured', nodeId: id, config }],
  );
  return configured.length === 0 ? renaming : { kind: 'batch', changes: [renaming, ...configured] };
}

function invertDisabling(flow: FlowDocument, { nodeIds, disabled }: NodesDisabled): NodesDisabled {
  const named = new Set(nodeIds);
  const changed = flow.nodes.filter((node) => named.has(node.id) && node.disabled !== disabled);
  return { kind: 'nodes-disabled', nodeIds: changed.map(({ id }) => id), disabled: !disabled };
}

function invertGuarding(flow: FlowDocument, { nodeId, timeoutMs, retry }: NodeGuarded): NodeGuarded {
  const node = findNode(flow, nodeId);
  return {
    kind: 'node-guarded',
    nodeId,
    ...(timeoutMs !== undefined && { timeoutMs: node.timeoutMs ?? null }),
    ...(retry !== undefined && { retry: node.retry ?? null }),
  };
}

function invertDescribing(flow: FlowDocument, { name, description, settings }: FlowDescribed): FlowDescribed {
  return {
    kind: 'flow-described',
    ...(name !== undefined && { name: flow.name }),
    ...(description !== undefined && { description: flow.description }),
    ...(settings !== undefined && { settings: pickSettings(flow.settings, settings) }),
  };
}

function pickSettings(settings: FlowSettings, named: Partial<FlowSettings>): Partial<FlowSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => Object.hasOwn(named, key)));
}

function findIndices<Item>(items: readonly Item[], isWanted: (item: Item) => boolean): number[] {
  return items.flatMap((item, index) => (isWanted(item) ? [index] : []));
}

function findNode(flow: FlowDocument, nodeId: string): FlowNode {
  const node = flow.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) throw new WirebookError('FLOW_CHANGE_NODE_UNKNOWN', `node "${nodeId}" is not in the flow`);
  return node;
}
