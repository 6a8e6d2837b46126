import type { FlowDocument, FlowWire } from './flow-schema.ts';
import { parseWireEnd, type WireEnd } from './wire-end.ts';

/** Questions about how the nodes of a flow hang together; wires to nodes that do not exist count for nothing. */
export interface FlowGraph {
  /** Where a message goes that leaves by this port, in the order of the wires. */
  targetsOf(nodeId: string, port: string): readonly WireEnd[];
  /** The ports of the node that have a wire, in the order of the wires. */
  wiredPortsOf(nodeId: string): readonly string[];
  /** Nodes that a message may have passed before this one; the node itself only when it stands in a cycle. */
  ancestorsOf(nodeId: string): ReadonlySet<string>;
  /** These nodes and all that a message may reach from them. */
  reachableFrom(nodeIds: Iterable<string>): ReadonlySet<string>;
  /** Nodes that no wire leads to, in the order of the document. */
  readonly roots: readonly string[];
  /** Groups of nodes that a message can pass again and again, each in the order of the document. */
  readonly cycles: readonly (readonly string[])[];
}

export function createFlowGraph({ nodes, wires }: Pick<FlowDocument, 'nodes' | 'wires'>): FlowGraph {
  const ids = new Set(nodes.map((node) => node.id));
  const targets = new Map<string, Map<string, WireEnd[]>>();
  const next = new Map<string, Set<string>>();
  const previous = new Map<string, Set<string>>();
  for (const wire of wires) addWire(wire);
  const ancestors = new Map<string, ReadonlySet<string>>();

  function addWire(wire: FlowWire): void {
    const from = parseWireEnd(wire.from);
    const to = parseWireEnd(wire.to);
    if (!ids.has(from.nodeId) || !ids.has(to.nodeId)) return;
    const ports = getOrAdd(targets, from.nodeId, () => new Map<string, WireEnd[]>());
    getOrAdd(ports, from.port, () => []).push(to);
    getOrAdd(next, from.nodeId, () => new Set<string>()).add(to.nodeId);
    getOrAdd(previous, to.nodeId, () => new Set<string>()).add(from.nodeId);
  }

  function ancestorsOf(nodeId: string): ReadonlySet<string> {
    return getOrAdd(ancestors, nodeId, () => collect(previous.get(nodeId) ?? [], previous));
  }

  return {
    targetsOf: (nodeId, port) => targets.get(nodeId)?.get(port) ?? [],
    wiredPortsOf: (nodeId) => [...(targets.get(nodeId)?.keys() ?? [])],
    ancestorsOf,
    reachableFrom: (nodeIds) =>
      collect(
        [...nodeIds].filter((id) => ids.has(id)),
        next,
      ),
    roots: [...ids].filter((id) => !previous.has(id)),
    cycles: findCycles([...ids], next),
  };
}

/** The given nodes and everything behind them. */
function collect(from: Iterable<string>, neighbours: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set(from);
  // A set hands out what is added while it is walked.
  for (const id of found) for (const neighbour of neighbours.get(id) ?? []) found.add(neighbour);
  return found;
}

/**
 * Strongly connected groups of more than one node, and nodes wired to themselves. Kosaraju's method: order by finishing time, then
 * walk the reversed wires; with stacks of its own, because a flow may be thousands of nodes long.
 */
function findCycles(ids: readonly string[], next: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const place = new Map(ids.map((id, index) => [id, index]));
  const reversed = new Map<string, Set<string>>();
  for (const [from, tos] of next) for (const to of tos) getOrAdd(reversed, to, () => new Set<string>()).add(from);
  const grouped = new Set<string>();
  const cycles: string[][] = [];
  for (const root of orderByFinish(ids, next).reverse()) {
    if (grouped.has(root)) continue;
    const group = [root];
    grouped.add(root);
    for (const id of group) {
      for (const before of reversed.get(id) ?? []) {
        if (grouped.has(before)) continue;
        grouped.add(before);
        group.push(before);
      }
    }
    if (group.length > 1 || next.get(root)?.has(root)) cycles.push(group.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)));
  }
  return cycles.sort(([a = ''], [b = '']) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
}

function orderByFinish(ids: readonly string[], next: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const finished: string[] = [];
  const seen = new Set<string>();
  for (const start of ids) {
    if (seen.has(start)) continue;
    seen.add(start);
    const stack = [{ id: start, rest: (next.get(start) ?? new Set<string>()).values() }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const step = top.rest.next();
      if (step.done) {
        finished.push(top.id);
        stack.pop();
      } else if (!seen.has(step.value)) {
        seen.add(step.value);
        stack.push({ id: step.value, rest: (next.get(step.value) ?? new Set<string>()).values() });
      }
    }
  }
  return finished;
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
