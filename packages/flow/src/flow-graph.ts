import type { FlowDocument, FlowNode, FlowWire } from './flow-schema.ts';

/** One end of a wire. */
export interface PortAddress {
  readonly nodeId: string;
  readonly port: string;
}

/** Questions about who is wired to whom. Wires to nodes that do not exist are left out. */
export interface FlowGraph {
  findNode(nodeId: string): FlowNode | undefined;
  /** Wires that leave a node, in document order. */
  wiresFrom(nodeId: string): readonly FlowWire[];
  wiresTo(nodeId: string): readonly FlowWire[];
  /** Nodes that a message may have passed before it reaches this one; the node itself only when it is on a cycle. */
  ancestorsOf(nodeId: string): ReadonlySet<string>;
  /** Nodes that a message may reach from this one. */
  descendantsOf(nodeId: string): ReadonlySet<string>;
}

/** Splits `n1.out`; the schema has made sure of the one dot. */
export function parsePortAddress(address: string): PortAddress {
  const dot = address.indexOf('.');
  return { nodeId: address.slice(0, dot), port: address.slice(dot + 1) };
}

export function createFlowGraph(document: Pick<FlowDocument, 'nodes' | 'wires'>): FlowGraph {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const leaving = new Map<string, FlowWire[]>();
  const arriving = new Map<string, FlowWire[]>();
  for (const wire of document.wires) {
    const from = parsePortAddress(wire.from).nodeId;
    const to = parsePortAddress(wire.to).nodeId;
    if (!nodes.has(from) || !nodes.has(to)) continue;
    addTo(leaving, from, wire);
    addTo(arriving, to, wire);
  }

  function reach(start: string, next: (nodeId: string) => readonly string[]): ReadonlySet<string> {
    const seen = new Set<string>();
    const open = [...next(start)];
    for (let nodeId = open.pop(); nodeId !== undefined; nodeId = open.pop()) {
      if (seen.has(nodeId)) continue;
      seen.add(nodeId);
      open.push(...next(nodeId));
    }
    return seen;
  }

  return {
    findNode: (nodeId) => nodes.get(nodeId),
    wiresFrom: (nodeId) => leaving.get(nodeId) ?? [],
    wiresTo: (nodeId) => arriving.get(nodeId) ?? [],
    ancestorsOf: (nodeId) => reach(nodeId, (id) => (arriving.get(id) ?? []).map((wire) => parsePortAddress(wire.from).nodeId)),
    descendantsOf: (nodeId) => reach(nodeId, (id) => (leaving.get(id) ?? []).map((wire) => parsePortAddress(wire.to).nodeId)),
  };
}

function addTo(index: Map<string, FlowWire[]>, key: string, wire: FlowWire): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [wire]);
  else known.push(wire);
}
