import { type FlowDocument, type FlowNode, parseWireEnd } from '@wirebook/flow';

/** A node in the outline, under the first node that leads to it. */
export interface OutlineRow {
  readonly node: FlowNode;
  /** 1: a node that nothing leads to. */
  readonly level: number;
  /** The output that leads here; null at the first level. */
  readonly port: string | null;
}

/**
 * The flow as a tree: each node once, under the first that leads to it, sources first; nodes of which only circles are made begin a
 * tree too.
 */
export function listOutlineRows({ nodes, wires }: FlowDocument): readonly OutlineRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const next = new Map<string, { id: string; port: string }[]>();
  const isReached = new Set<string>();
  for (const wire of wires) {
    const from = parseWireEnd(wire.from);
    const to = parseWireEnd(wire.to);
    if (!byId.has(from.nodeId) || !byId.has(to.nodeId) || from.nodeId === to.nodeId) continue;
    isReached.add(to.nodeId);
    const targets = next.get(from.nodeId) ?? [];
    targets.push({ id: to.nodeId, port: from.port });
    next.set(from.nodeId, targets);
  }
  const rows: OutlineRow[] = [];
  const listed = new Set<string>();
  const roots = [...nodes.filter(({ id }) => !isReached.has(id)), ...nodes];
  for (const root of roots) {
    const stack: { id: string; level: number; port: string | null }[] = [{ id: root.id, level: 1, port: null }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const node = byId.get(top.id);
      if (node === undefined || listed.has(top.id)) continue;
      listed.add(top.id);
      rows.push({ node, level: top.level, port: top.port });
      const { level } = top;
      for (const { id, port } of [...(next.get(top.id) ?? [])].reverse()) stack.push({ id, level: level + 1, port });
    }
  }
  return rows;
}
