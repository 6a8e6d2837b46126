import { createFlowGraph, type FlowGraph } from './flow-graph.ts';
import type { FlowProblem } from './flow-problem.ts';
import type { FlowDocument } from './flow-schema.ts';
import { isCompleting, type NodeTypeCatalogue } from './node-type-catalogue.ts';
import { parseWireEnd } from './wire-end.ts';

/**
 * The reply contract: exactly one completing reply a run. A function without one on any path gets the default reply; two of them on
 * paths that may both run make the second fail. Different ports of one node count as alternatives.
 */
export function lintReplies(document: FlowDocument, catalogue: NodeTypeCatalogue): FlowProblem[] {
  const graph = createFlowGraph({ nodes: document.nodes, wires: listPassableWires(document) });
  const completing = new Set<string>();
  const sources: string[] = [];
  const askingSources: string[] = [];
  const heardSources: string[] = [];
  const catches: string[] = [];
  for (const node of document.nodes) {
    const facts = catalogue.find(node.type);
    // What a node of an unknown type does is not known, so nothing is said of this flow.
    if (facts === undefined) return [];
    if (isCompleting(node, facts)) completing.add(node.id);
    if (node.disabled || (facts.source === undefined && facts.catches !== true)) continue;
    sources.push(node.id);
    if (facts.source === undefined) catches.push(node.id);
    else if (!unheardKinds.has(facts.source.kind)) heardSources.push(node.id);
    if (facts.source?.kind === 'function' || facts.source?.kind === 'connector') askingSources.push(node.id);
  }
  const reached = graph.reachableFrom(sources);
  const heard = graph.reachableFrom(heardSources.length === 0 ? [] : [...heardSources, ...catches]);
  const names = new Map(document.nodes.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return [
    ...askingSources.flatMap((id) => findMissingReply(id, graph, { completing, nameOf })),
    ...[...reached].flatMap((id) => findDoubleReplies(id, graph, { completing, nameOf })),
    ...[...completing].filter((id) => reached.has(id) && !heard.has(id)).map((id) => toUnheard(id, nameOf(id))),
  ];
}

/** Sources to whose messages nobody waits for a reply. */
const unheardKinds: ReadonlySet<string> = new Set(['inbound', 'schedule', 'webhook', 'form', 'inject']);

function toUnheard(nodeId: string, name: string): FlowProblem {
  const message = `node "${name}" replies to the platform, but nothing that leads to it comes from somebody who waits for a reply`;
  return { code: 'FLOW_REPLY_UNHEARD', severity: 'warning', message, nodeId };
}

interface ReplyFacts {
  readonly completing: ReadonlySet<string>;
  readonly nameOf: (nodeId: string) => string;
}

/** A disabled node passes messages on from "in" to "out" and does nothing else. */
function listPassableWires({ nodes, wires }: FlowDocument): FlowDocument['wires'] {
  const disabled = new Set(nodes.filter((node) => node.disabled).map((node) => node.id));
  return wires.filter(({ from }) => {
    const { nodeId, port } = parseWireEnd(from);
    return port === 'out' || !disabled.has(nodeId);
  });
}

function findMissingReply(sourceId: string, graph: FlowGraph, { completing, nameOf }: ReplyFacts): FlowProblem[] {
  if ([...graph.reachableFrom([sourceId])].some((id) => completing.has(id))) return [];
  const message = `node "${nameOf(sourceId)}": no node behind it gives the result, so the platform gets "Completed" without results`;
  return [{ code: 'FLOW_REPLY_MISSING', severity: 'warning', message, nodeId: sourceId }];
}

function findDoubleReplies(nodeId: string, graph: FlowGraph, { completing, nameOf }: ReplyFacts): FlowProblem[] {
  const problems: FlowProblem[] = [];
  const warn = (message: string) => problems.push({ code: 'FLOW_REPLY_TWICE', severity: 'warning', message, nodeId });
  for (const port of graph.wiredPortsOf(nodeId)) {
    const targets = graph.targetsOf(nodeId, port);
    const [first, second] = targets
      .map((target) => [...graph.reachableFrom([target.nodeId])].find((id) => completing.has(id)))
      .filter((id) => id !== undefined);
    if (first !== undefined && second !== undefined) {
      const who =
        first === second
          ? `node "${nameOf(second)}" may complete the action twice`
          : `nodes "${nameOf(first)}" and "${nameOf(second)}" may both complete the action`;
      warn(`node "${nameOf(nodeId)}": port "${port}" has ${targets.length} wires, and behind them ${who}; only the first reply counts`);
    }
    // Behind the error port of a completing node its own reply was not sent.
    const next = targets.length > 0 && port !== 'error' && completing.has(nodeId) ? first : undefined;
    if (next !== undefined)
      warn(`node "${nameOf(nodeId)}" completes the action, and so does node "${nameOf(next)}" behind it; only the first reply counts`);
  }
  return problems;
}
