import type { FlowDocument, FlowNode, FlowWire } from './flow-schema.ts';
import type { NodeTypeCatalogue, NodeTypeFacts } from './node-type-catalogue.ts';
import { parseWireEnd } from './wire-end.ts';

/** What a node opens for the messages of one of its ports: each is a part, and a join node waits for them all. */
export interface SplitScope {
  readonly splitId: string;
  /** The port that the parts leave by. */
  readonly port: string;
  /** Join nodes that a part may come to first, without passing another join of this split. One, or none, in a flow without faults. */
  readonly joinIds: readonly string[];
  /** Nodes that a part may pass before it is joined. */
  readonly inside: ReadonlySet<string>;
}

type FlowGraphParts = Pick<FlowDocument, 'nodes' | 'wires'>;

/** True when the node, as it is configured, opens a scope. */
function opensScope(node: FlowNode, { opensScope: opened, config }: NodeTypeFacts): boolean {
  if (node.disabled || opened === undefined) return false;
  const { byConfig } = opened;
  return byConfig === undefined || (node.config[byConfig.field] ?? config.properties?.[byConfig.field]?.default) === byConfig.value;
}

/** The scopes of a flow, in the order of its nodes. Splits inside a split are paired with joins inside it, as brackets are. */
export function findSplitScopes(document: FlowGraphParts, catalogue: NodeTypeCatalogue): readonly SplitScope[] {
  const walk = createScopeWalk(document, catalogue);
  return document.nodes.flatMap((node) => {
    const port = walk.portOf.get(node.id);
    return port === undefined ? [] : [{ splitId: node.id, port, ...walk.through(node.id, port) }];
  });
}

/** Join nodes that a message may come to outside of every split. */
export function findStrayJoins(document: FlowGraphParts, catalogue: NodeTypeCatalogue): readonly string[] {
  const walk = createScopeWalk(document, catalogue);
  const starts = document.nodes.filter((node) => {
    const facts = catalogue.find(node.type);
    return !node.disabled && (facts?.source !== undefined || facts?.runsAtEnd === true);
  });
  return walk.from(starts.map((node) => ({ nodeId: node.id, level: 0 }))).joinIds;
}

/** The wires as messages come out of scopes: what is joined comes from the split, not from the nodes between. */
export function listJoinedWires(document: FlowGraphParts, catalogue: NodeTypeCatalogue): FlowWire[] {
  const scopes = findSplitScopes(document, catalogue).filter(({ joinIds }) => joinIds.length > 0);
  if (scopes.length === 0) return document.wires;
  const joined = new Set(scopes.flatMap(({ joinIds }) => joinIds));
  const around = scopes.flatMap(({ splitId, port, joinIds }) => joinIds.map((id) => ({ from: `${splitId}.${port}`, to: `${id}.in` })));
  return [...document.wires.filter(({ to }) => !joined.has(parseWireEnd(to).nodeId)), ...around];
}

interface Place {
  readonly nodeId: string;
  /** Splits that are open here. */
  readonly level: number;
}

interface ScopeWalk {
  /** The port of each node that opens a scope. */
  readonly portOf: ReadonlyMap<string, string>;
  through(splitId: string, port: string): Pick<SplitScope, 'joinIds' | 'inside'>;
  from(places: readonly Place[]): Pick<SplitScope, 'joinIds' | 'inside'>;
}

function createScopeWalk(document: FlowGraphParts, catalogue: NodeTypeCatalogue): ScopeWalk {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const portOf = new Map<string, string>();
  const joins = new Set<string>();
  for (const node of document.nodes) {
    const facts = catalogue.find(node.type);
    if (facts === undefined || node.disabled) continue;
    if (facts.opensScope !== undefined && opensScope(node, facts)) portOf.set(node.id, facts.opensScope.port);
    if (facts.joins !== undefined) joins.add(node.id);
  }
  const wiresOf = new Map<string, { readonly port: string; readonly targetId: string }[]>();
  for (const wire of document.wires) {
    const { nodeId, port } = parseWireEnd(wire.from);
    const targetId = parseWireEnd(wire.to).nodeId;
    if (!nodes.has(targetId)) continue;
    const known = wiresOf.get(nodeId);
    if (known === undefined) wiresOf.set(nodeId, [{ port, targetId }]);
    else known.push({ port, targetId });
  }

  function stepsFrom({ nodeId, level }: Place): Place[] {
    const isDisabled = nodes.get(nodeId)?.disabled === true;
    return (wiresOf.get(nodeId) ?? [])
      .filter(({ port }) => !isDisabled || port === 'out')
      .map(({ port, targetId }) => ({ nodeId: targetId, level: portOf.get(nodeId) === port ? level + 1 : level }));
  }

  /** Ends at joins that would close a scope which was open before. */
  function from(places: readonly Place[]): Pick<SplitScope, 'joinIds' | 'inside'> {
    const joinIds = new Set<string>();
    const inside = new Set<string>();
    const seen = new Set<string>();
    const next = [...places];
    for (let place = next.pop(); place !== undefined; place = next.pop()) {
      const key = `${place.level} ${place.nodeId}`;
      // A circle that opens scopes without end has a level for each split at the most that means anything.
      if (seen.has(key) || place.level > portOf.size) continue;
      seen.add(key);
      const isJoin = joins.has(place.nodeId);
      if (isJoin && place.level === 0) {
        joinIds.add(place.nodeId);
        continue;
      }
      inside.add(place.nodeId);
      next.push(...stepsFrom(isJoin ? { ...place, level: place.level - 1 } : place));
    }
    return { joinIds: [...joinIds], inside };
  }

  return {
    portOf,
    from,
    through: (splitId, port) =>
      from((wiresOf.get(splitId) ?? []).filter((wire) => wire.port === port).map(({ targetId }) => ({ nodeId: targetId, level: 0 }))),
  };
}
