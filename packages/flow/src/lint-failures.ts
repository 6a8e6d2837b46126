import { isErrorCode } from '@wirebook/errors';
import { type CatchFilter, findContradiction, readCatchFilter } from './catch-filter.ts';
import { createFlowGraph, type FlowGraph } from './flow-graph.ts';
import type { FlowProblem } from './flow-problem.ts';
import type { FlowDocument, FlowNode } from './flow-schema.ts';
import { isCompleting, type NodeTypeCatalogue, type NodeTypeFacts } from './node-type-catalogue.ts';

/** Retry policies that are refused, catch nodes that can never take anything, and completing nodes that run when a run ends. */
export function lintFailures(document: FlowDocument, catalogue: NodeTypeCatalogue): FlowProblem[] {
  const graph = createFlowGraph(document);
  return document.nodes.flatMap((node) => {
    const facts = catalogue.find(node.type);
    if (facts === undefined) return [];
    return [
      ...lintRetry(node, facts),
      ...(facts.catches === true && !node.disabled ? lintCatch(node, { document, graph, catalogue }) : []),
      ...(facts.runsAtEnd === true && !node.disabled ? lintEnd(node, { document, graph, catalogue }) : []),
    ];
  });
}

interface Surroundings {
  readonly document: FlowDocument;
  readonly graph: FlowGraph;
  readonly catalogue: NodeTypeCatalogue;
}

function lintRetry({ id, type, name, retry }: FlowNode, facts: NodeTypeFacts): FlowProblem[] {
  if (retry === undefined) return [];
  const place = `node "${name}" (${type})`;
  if (!takesRetry(facts)) {
    const message = `${place}: a source or a node that replies is not tried again, so it takes no retry policy`;
    return [{ code: 'FLOW_RETRY_REFUSED', severity: 'error', message, nodeId: id, field: 'retry' }];
  }
  return typeof retry.on === 'string' ? [] : findUnknownCodes({ nodeId: id, place, field: 'retry.on' }, retry.on);
}

/** Whether steps of nodes of this type may be tried again. */
export function takesRetry(facts: Pick<NodeTypeFacts, 'source' | 'category'>): boolean {
  return facts.source === undefined && facts.category !== 'replies';
}

function findUnknownCodes(where: { nodeId: string; place: string; field: string }, codes: Iterable<string>): FlowProblem[] {
  const { nodeId, place, field } = where;
  return [...codes]
    .filter((code) => !isErrorCode(code))
    .map((code) => ({
      code: 'FLOW_NODE_CONFIG_INVALID',
      severity: 'error',
      message: `${place}: field "${field}": there is no error code "${code}"`,
      nodeId,
      field,
    }));
}

function lintCatch(node: FlowNode, around: Surroundings): FlowProblem[] {
  const place = `node "${node.name}" (${node.type})`;
  const filter = readCatchFilter(node.config);
  const unknown = findUnknownCodes({ nodeId: node.id, place, field: 'codes' }, filter.codes);
  if (unknown.length > 0) return unknown;
  const reason = findContradiction(filter) ?? findNoSender(node, filter, around);
  if (reason === undefined) return [];
  return [{ code: 'FLOW_CATCH_USELESS', severity: 'warning', message: `${place} can never take an error: ${reason}`, nodeId: node.id }];
}

/** Why no node can hand its errors to the catch node; undefined when one can. */
function findNoSender(
  catching: FlowNode,
  { scope, nodeNames }: CatchFilter,
  { document, graph, catalogue }: Surroundings,
): string | undefined {
  const idsAtEnd = listNodesAtEnd({ document, graph, catalogue });
  const findFault = (node: FlowNode): string | undefined => {
    if (node.id === catching.id) return 'it does not take its own errors';
    if (node.disabled) return `"${node.name}" is disabled`;
    if (idsAtEnd.has(node.id)) return `"${node.name}" runs when the run has ended`;
    return graph.targetsOf(node.id, 'error').length > 0 ? `the error port of "${node.name}" has a wire` : undefined;
  };
  if (scope !== 'nodes') {
    return document.nodes.some((node) => findFault(node) === undefined) ? undefined : 'every node hands its errors on by a wire';
  }
  if (nodeNames.size === 0) return 'its scope is "nodes", and it names none';
  const byName = new Map(document.nodes.map((node) => [node.name, node]));
  const faults = [...nodeNames].map((name) => {
    const node = byName.get(name);
    return node === undefined ? `there is no node "${name}"` : findFault(node);
  });
  return faults.includes(undefined) ? undefined : faults.join(', ');
}

function listNodesAtEnd({ document, graph, catalogue }: Surroundings): ReadonlySet<string> {
  return graph.reachableFrom(document.nodes.filter(({ type }) => catalogue.find(type)?.runsAtEnd === true).map(({ id }) => id));
}

function lintEnd(node: FlowNode, { document, graph, catalogue }: Surroundings): FlowProblem[] {
  const behind = graph.reachableFrom([node.id]);
  return document.nodes.flatMap((each) => {
    const facts = catalogue.find(each.type);
    if (!behind.has(each.id) || facts === undefined || !isCompleting(each, facts)) return [];
    const message = `node "${each.name}" (${each.type}) completes the action behind "${node.name}", where the run has ended and the reply is decided`;
    return [{ code: 'FLOW_FINALLY_COMPLETES', severity: 'error', message, nodeId: each.id }];
  });
}
