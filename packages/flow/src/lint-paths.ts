import { createFlowGraph } from './flow-graph.ts';
import type { FlowProblem } from './flow-problem.ts';
import type { FlowDocument } from './flow-schema.ts';
import type { NodeTypeCatalogue } from './node-type-catalogue.ts';

/** A flow that never starts, nodes that no message reaches, and circles. */
export function lintPaths(document: FlowDocument, catalogue: NodeTypeCatalogue): FlowProblem[] {
  const { nodes } = document;
  const graph = createFlowGraph(document);
  const factsOf = new Map(nodes.map((node) => [node.id, catalogue.find(node.type)]));
  const hasUnknownType = nodes.some((node) => factsOf.get(node.id) === undefined);
  const isStart = (id: string) => {
    const facts = factsOf.get(id);
    // A node of an unknown type may be a source.
    return facts === undefined || facts.source !== undefined || facts.catches === true || facts.runsAtEnd === true;
  };
  const starts = nodes.filter((node) => !node.disabled && isStart(node.id)).map((node) => node.id);
  const hasSource = nodes.some((node) => !node.disabled && factsOf.get(node.id)?.source !== undefined);
  const reached = graph.reachableFrom(starts);
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));

  const problems: FlowProblem[] = [];
  if (!hasSource && !hasUnknownType) {
    const message = 'the flow has no source node that is enabled, so it never starts';
    problems.push({ code: 'FLOW_SOURCE_MISSING', severity: 'error', message });
  }
  for (const { id, type, name, disabled } of nodes) {
    if (disabled || reached.has(id) || (!hasSource && !hasUnknownType)) continue;
    const message = `node "${name}" (${type}): no wire leads to it from a source, so it never runs`;
    problems.push({ code: 'FLOW_NODE_UNREACHABLE', severity: 'warning', message, nodeId: id });
  }
  for (const cycle of graph.cycles) {
    const [first = ''] = cycle;
    const names = cycle.map((id) => `"${nameOf.get(id) ?? id}"`).join(', ');
    const message = `a message can pass ${cycle.length === 1 ? 'node' : 'nodes'} ${names} again and again; the run ends at ${document.settings.hopLimit} steps in a row`;
    problems.push({ code: 'FLOW_CYCLE', severity: 'warning', message, nodeId: first });
  }
  return problems;
}
