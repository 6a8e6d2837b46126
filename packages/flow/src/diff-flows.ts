import type { FlowPoint } from './flow-change.ts';
import type { FlowDocument, FlowNode, FlowWire } from './flow-schema.ts';
import { findPosition } from './node-positions.ts';
import { isSameJson } from './same-json.ts';
import { renameSteps } from './step-references.ts';
import { diffValues, type ValueDiff } from './value-diff.ts';
import { parseWireEnd } from './wire-end.ts';
import { nameWire } from './wire-list.ts';

/** What is different about a node that both flows have, its name, notes and position apart. */
export interface NodeDiff {
  readonly nodeId: string;
  /** The name afterwards. */
  readonly name: string;
  /** `type`, `typeVersion`, `disabled`, `timeoutMs` and fields of `retry`, when they are others. */
  readonly properties: readonly ValueDiff[];
  /** Fields of the config. Expressions that only follow a rename count as equal. */
  readonly config: readonly ValueDiff[];
}

export interface NodeRename {
  readonly nodeId: string;
  readonly before: string;
  readonly after: string;
}

/** A wire with the names of its nodes in the flow that has it; of a node that does not exist, the id. */
export interface WireDiff {
  readonly wire: FlowWire;
  readonly fromName: string;
  readonly toName: string;
}

export interface NodeMove {
  readonly nodeId: string;
  readonly name: string;
  /** Null where the layout names no position. */
  readonly before: FlowPoint | null;
  readonly after: FlowPoint | null;
}

/** What is different between two flows. Nodes are the same when they have the same id. */
export interface FlowDiff {
  readonly nodesAdded: readonly FlowNode[];
  readonly nodesRemoved: readonly FlowNode[];
  readonly nodesRenamed: readonly NodeRename[];
  readonly nodesChanged: readonly NodeDiff[];
  readonly wiresAdded: readonly WireDiff[];
  readonly wiresRemoved: readonly WireDiff[];
  /** Nodes that both have stand in another order in the list; it shows in no behaviour, only in the file. */
  readonly nodesReordered: boolean;
  /** Wires that both have stand in another order: a port with several wires serves them in another. */
  readonly wiresReordered: boolean;
  readonly settings: readonly ValueDiff[];
  /** `id`, `name`, `description`, `groups` and `tests`, when they are others. */
  readonly document: readonly ValueDiff[];
  /** What only people see. */
  readonly layout: {
    readonly nodesMoved: readonly NodeMove[];
    /** Nodes that both have, with other notes. */
    readonly notesChanged: readonly { readonly nodeId: string; readonly name: string }[];
    /** Parts of the layout other than positions. */
    readonly others: readonly ValueDiff[];
  };
}

/** Tells two flows apart by what they mean. Empty in all its parts only when the flows say the same. */
export function diffFlows(before: FlowDocument, after: FlowDocument): FlowDiff {
  const nodesBefore = indexNodes(before);
  const nodesAfter = indexNodes(after);
  const kept = after.nodes.flatMap((node) => {
    const previous = nodesBefore.get(node.id);
    return previous === undefined ? [] : [{ previous, node }];
  });
  const nodesRenamed = kept
    .filter(({ previous, node }) => previous.name !== node.name)
    .map(({ previous, node }) => ({ nodeId: node.id, before: previous.name, after: node.name }));
  const renames = new Map(nodesRenamed.map((rename) => [rename.before, rename.after]));
  const wiresAfter = splitWires(after.wires, before.wires);
  const wiresBefore = splitWires(before.wires, after.wires);
  return {
    nodesAdded: after.nodes.filter(({ id }) => !nodesBefore.has(id)),
    nodesRemoved: before.nodes.filter(({ id }) => !nodesAfter.has(id)),
    nodesRenamed,
    nodesChanged: kept.flatMap(({ previous, node }) => diffNode(previous, node, renames)),
    wiresAdded: wiresAfter.own.map((wire) => withNames(wire, nodesAfter)),
    wiresRemoved: wiresBefore.own.map((wire) => withNames(wire, nodesBefore)),
    nodesReordered: isReordered(
      before.nodes.map(({ id }) => id).filter((id) => nodesAfter.has(id)),
      kept.map(({ node }) => node.id),
    ),
    wiresReordered: isReordered(wiresBefore.common.map(nameWire), wiresAfter.common.map(nameWire)),
    settings: diffValues(before.settings, after.settings),
    document: (['id', 'name', 'description', 'groups', 'tests'] as const).flatMap((key) =>
      diffValues({ [key]: before[key] }, { [key]: after[key] }),
    ),
    layout: {
      nodesMoved: diffPositions(before, after),
      notesChanged: kept
        .filter(({ previous, node }) => previous.notes !== node.notes)
        .map(({ node }) => ({ nodeId: node.id, name: node.name })),
      others: diffValues({ ...before.layout, nodes: {} }, { ...after.layout, nodes: {} }),
    },
  };
}

function indexNodes({ nodes }: FlowDocument): ReadonlyMap<string, FlowNode> {
  return new Map(nodes.map((node) => [node.id, node]));
}

function diffNode(previous: FlowNode, node: FlowNode, renames: ReadonlyMap<string, string>): NodeDiff[] {
  if (previous === node && renames.size === 0) return [];
  const properties = diffValues(pickProperties(previous), pickProperties(node));
  const config = diffValues(renameSteps(previous.config, renames), node.config);
  return properties.length + config.length === 0 ? [] : [{ nodeId: node.id, name: node.name, properties, config }];
}

function pickProperties({ type, typeVersion, disabled, timeoutMs, retry }: FlowNode): Partial<FlowNode> {
  return { type, typeVersion, disabled, ...(timeoutMs !== undefined && { timeoutMs }), ...(retry !== undefined && { retry }) };
}

/** The wires that the others have too, and those that they have not, or have less often. */
function splitWires(wires: readonly FlowWire[], others: readonly FlowWire[]): { common: FlowWire[]; own: FlowWire[] } {
  const counts = new Map<string, number>();
  for (const wire of others) counts.set(nameWire(wire), (counts.get(nameWire(wire)) ?? 0) + 1);
  const common: FlowWire[] = [];
  const own: FlowWire[] = [];
  for (const wire of wires) {
    const left = counts.get(nameWire(wire)) ?? 0;
    counts.set(nameWire(wire), left - 1);
    (left > 0 ? common : own).push(wire);
  }
  return { common, own };
}

function withNames(wire: FlowWire, nodes: ReadonlyMap<string, FlowNode>): WireDiff {
  const nameOf = (address: string) => {
    const { nodeId } = parseWireEnd(address);
    return nodes.get(nodeId)?.name ?? nodeId;
  };
  return { wire, fromName: nameOf(wire.from), toName: nameOf(wire.to) };
}

function isReordered(before: readonly string[], after: readonly string[]): boolean {
  return before.some((item, index) => item !== after[index]);
}

/** Positions of nodes that both have, and such as belong to no node. What came or went with its node is no move. */
function diffPositions(before: FlowDocument, after: FlowDocument): NodeMove[] {
  const nodesBefore = indexNodes(before);
  const nodesAfter = indexNodes(after);
  const ids = new Set([...Object.keys(before.layout.nodes ?? {}), ...Object.keys(after.layout.nodes ?? {})]);
  return [...ids].flatMap((nodeId) => {
    if (nodesBefore.has(nodeId) !== nodesAfter.has(nodeId)) return [];
    const move = {
      nodeId,
      name: nodesAfter.get(nodeId)?.name ?? nodeId,
      before: findPosition(before.layout, nodeId) ?? null,
      after: findPosition(after.layout, nodeId) ?? null,
    };
    return isSameJson(move.before, move.after) ? [] : [move];
  });
}
