import { WirebookError } from '@wirebook/errors';
import type {
  FlowChange,
  FlowDescribed,
  NodeGuarded,
  NodesAdded,
  NodesMoved,
  NodesRemoved,
  WiresAdded,
  WiresRemoved,
} from './flow-change.ts';
import type { FlowDocument, FlowNode, FlowWire } from './flow-schema.ts';
import { forbiddenKeys } from './forbidden-keys.ts';
import { insertAt } from './insert-at.ts';
import { setPositions } from './node-positions.ts';
import { checkName, renameNode } from './rename-node.ts';
import { isSameJson } from './same-json.ts';
import { parseWireEnd } from './wire-end.ts';
import { findRemovedWires, nameWire } from './wire-list.ts';

/**
 * The flow after a change. The flow itself stays as it is, and nodes and wires that the change does not touch are the same objects in
 * both; a change without effect gives the very flow.
 *
 * @throws a WirebookError with a code FLOW_CHANGE_… when the change does not fit the flow, for example because somebody else removed
 * the node.
 */
export function applyChange(flow: FlowDocument, change: FlowChange): FlowDocument {
  switch (change.kind) {
    case 'nodes-added':
      return addNodes(flow, change);
    case 'nodes-removed':
      return removeNodes(flow, change);
    case 'nodes-moved':
      return moveNodes(flow, change);
    case 'node-configured':
      return editNodes(flow, [change.nodeId], (node) =>
        isSameJson(node.config, change.config) ? node : { ...node, config: change.config },
      );
    case 'node-renamed':
      return renameNode(flow, change.nodeId, change.name);
    case 'nodes-disabled':
      return editNodes(flow, change.nodeIds, (node) => (node.disabled === change.disabled ? node : { ...node, disabled: change.disabled }));
    case 'node-noted':
      return editNodes(flow, [change.nodeId], (node) => (node.notes === change.notes ? node : { ...node, notes: change.notes }));
    case 'node-guarded':
      return editNodes(flow, [change.nodeId], (node) => guardNode(node, change));
    case 'wires-added':
      return addWires(flow, change);
    case 'wires-removed':
      return removeWires(flow, change);
    case 'flow-described':
      return describeFlow(flow, change);
    case 'flow-replaced':
      return change.document.id === flow.id ? change.document : { ...change.document, id: flow.id };
    case 'batch':
      return change.changes.reduce((present, inner, index) => applyInner(present, inner, { index, count: change.changes.length }), flow);
    default:
      return change satisfies never;
  }
}

function applyInner(flow: FlowDocument, change: FlowChange, { index, count }: { index: number; count: number }): FlowDocument {
  try {
    return applyChange(flow, change);
  } catch (thrown) {
    if (!(thrown instanceof WirebookError) || count === 1) throw thrown;
    throw new WirebookError(thrown.code, `change ${index + 1} of ${count}: ${thrown.message}`, thrown, thrown.details);
  }
}

function addNodes(flow: FlowDocument, { nodes, wires, positions, at, wiresAt }: NodesAdded): FlowDocument {
  const ids = new Set(flow.nodes.map(({ id }) => id));
  const names = new Set(flow.nodes.map(({ name }) => name));
  const added = new Set<string>();
  for (const { id, name } of nodes) {
    if (ids.has(id)) throw new WirebookError('FLOW_CHANGE_NODE_EXISTS', `node "${id}" cannot be added: the flow has a node with this id`);
    if (names.has(name)) {
      throw new WirebookError('FLOW_CHANGE_NAME_TAKEN', `node "${id}" cannot be added: the flow has a node with its name "${name}"`);
    }
    ids.add(id);
    names.add(name);
    added.add(id);
  }
  const stranger = Object.keys(positions).find((id) => !added.has(id));
  if (stranger !== undefined) {
    throw new WirebookError('FLOW_CHANGE_NODE_UNKNOWN', `a position is given for node "${stranger}", which is not among the nodes added`);
  }
  checkPositionKeys(positions);
  checkNewWires(wires, flow.wires, ids);
  return withParts(flow, {
    nodes: insertAt(flow.nodes, nodes, at),
    wires: insertAt(flow.wires, wires, wiresAt),
    layout: setPositions(flow.layout, positions),
  });
}

function removeNodes(flow: FlowDocument, { nodeIds, dropsEmptyPositions }: NodesRemoved): FlowDocument {
  const removed = findNodes(flow, nodeIds);
  const wires = flow.wires.filter(({ from, to }) => !removed.has(parseWireEnd(from).nodeId) && !removed.has(parseWireEnd(to).nodeId));
  const positions = Object.fromEntries([...removed].map((id) => [id, null]));
  return withParts(flow, {
    nodes: removed.size === 0 ? flow.nodes : flow.nodes.filter(({ id }) => !removed.has(id)),
    wires: wires.length === flow.wires.length ? flow.wires : wires,
    layout: setPositions(flow.layout, positions, dropsEmptyPositions),
  });
}

function moveNodes(flow: FlowDocument, { positions, dropsEmptyPositions }: NodesMoved): FlowDocument {
  findNodes(flow, Object.keys(positions));
  checkPositionKeys(positions);
  return withParts(flow, { layout: setPositions(flow.layout, positions, dropsEmptyPositions) });
}

function editNodes(flow: FlowDocument, nodeIds: readonly string[], edit: (node: FlowNode) => FlowNode): FlowDocument {
  const edited = findNodes(flow, nodeIds);
  const nodes = flow.nodes.map((node) => (edited.has(node.id) ? edit(node) : node));
  return nodes.every((node, index) => node === flow.nodes[index]) ? flow : { ...flow, nodes };
}

function guardNode(node: FlowNode, { timeoutMs, retry }: NodeGuarded): FlowNode {
  const { timeoutMs: presentTimeoutMs, retry: presentRetry, ...rest } = node;
  const wantedTimeoutMs = timeoutMs === undefined ? presentTimeoutMs : (timeoutMs ?? undefined);
  const wantedRetry = retry === undefined ? presentRetry : (retry ?? undefined);
  if (wantedTimeoutMs === presentTimeoutMs && isSameJson(wantedRetry, presentRetry)) return node;
  return {
    ...rest,
    ...(wantedTimeoutMs !== undefined && { timeoutMs: wantedTimeoutMs }),
    ...(wantedRetry !== undefined && { retry: wantedRetry }),
  };
}

function addWires(flow: FlowDocument, { wires, at }: WiresAdded): FlowDocument {
  checkNewWires(wires, flow.wires, new Set(flow.nodes.map(({ id }) => id)));
  return withParts(flow, { wires: insertAt(flow.wires, wires, at) });
}

function removeWires(flow: FlowDocument, { wires }: WiresRemoved): FlowDocument {
  const removed = findRemovedWires(flow.wires, wires);
  return removed.size === 0 ? flow : { ...flow, wires: flow.wires.filter((_, index) => !removed.has(index)) };
}

function describeFlow(flow: FlowDocument, { name, description, settings }: FlowDescribed): FlowDocument {
  if (name !== undefined) checkName(name, 'the name of the flow');
  const merged = { ...flow.settings, ...settings };
  return withParts(flow, {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    settings: isSameJson(merged, flow.settings) ? flow.settings : merged,
  });
}

/** The flow with other parts; the flow itself when all are those that it has. */
function withParts(flow: FlowDocument, parts: Partial<FlowDocument>): FlowDocument {
  const merged = { ...flow, ...parts };
  return isSameShallowly(flow, merged) ? flow : merged;
}

function isSameShallowly(flow: FlowDocument, other: FlowDocument): boolean {
  return (
    flow.name === other.name &&
    flow.description === other.description &&
    flow.settings === other.settings &&
    flow.nodes === other.nodes &&
    flow.wires === other.wires &&
    flow.layout === other.layout
  );
}

/** An id may be a word that no document may have as a key. */
function checkPositionKeys(positions: Readonly<Record<string, unknown>>): void {
  const forbidden = Object.keys(positions).find((id) => forbiddenKeys.has(id));
  if (forbidden === undefined) return;
  throw new WirebookError('FLOW_CHANGE_INVALID', `node "${forbidden}" cannot have a position: no document may hold this word as a key`);
}

/** @throws FLOW_CHANGE_NODE_UNKNOWN */
function findNodes(flow: FlowDocument, nodeIds: readonly string[]): ReadonlySet<string> {
  const ids = new Set(flow.nodes.map(({ id }) => id));
  const missing = nodeIds.find((id) => !ids.has(id));
  if (missing !== undefined) throw new WirebookError('FLOW_CHANGE_NODE_UNKNOWN', `node "${missing}" is not in the flow`);
  return new Set(nodeIds);
}

/** @throws FLOW_CHANGE_WIRE_EXISTS, FLOW_CHANGE_WIRE_DANGLING */
function checkNewWires(wires: readonly FlowWire[], present: readonly FlowWire[], nodeIds: ReadonlySet<string>): void {
  if (wires.length === 0) return;
  const known = new Set(present.map(nameWire));
  for (const wire of wires) {
    const name = nameWire(wire);
    for (const { nodeId } of [parseWireEnd(wire.from), parseWireEnd(wire.to)]) {
      if (nodeIds.has(nodeId)) continue;
      throw new WirebookError('FLOW_CHANGE_WIRE_DANGLING', `wire ${name} cannot be added: node "${nodeId}" is not in the flow`);
    }
    if (known.has(name)) throw new WirebookError('FLOW_CHANGE_WIRE_EXISTS', `wire ${name} cannot be added: it is there already`);
    known.add(name);
  }
}
