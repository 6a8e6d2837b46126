import { describeWire } from './describe-wire.ts';
import type { FlowProblem } from './flow-problem.ts';
import type { FlowDocument, FlowNode, FlowWire } from './flow-schema.ts';
import { listOutputs, type NodeTypeCatalogue, type NodeTypeFacts } from './node-type-catalogue.ts';
import { parseWireEnd } from './wire-end.ts';

/** Wires whose ends do not exist or take no wire, and wires drawn twice. Ports of unknown node types are not judged. */
export function lintWires({ nodes, wires }: FlowDocument, catalogue: NodeTypeCatalogue): FlowProblem[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  return wires.flatMap((wire): FlowProblem[] => {
    const name = `${wire.from} -> ${wire.to}`;
    const isRepeated = seen.has(name);
    seen.add(name);
    if (isRepeated) {
      const message = `${describeWire(wire, byId)}: it is there more than once, so each message travels it more than once`;
      return [{ code: 'FLOW_WIRE_DUPLICATE', severity: 'warning', message, wire: name }];
    }
    return [findOutputFault(wire, byId, catalogue), findInputFault(wire, byId, catalogue)]
      .filter((fault) => fault !== undefined)
      .map((fault) => ({ code: 'FLOW_WIRE_DANGLING', severity: 'error', message: `${describeWire(wire, byId)}: ${fault}`, wire: name }));
  });
}

type NodesById = ReadonlyMap<string, FlowNode>;

function findOutputFault(wire: FlowWire, byId: NodesById, catalogue: NodeTypeCatalogue): string | undefined {
  const { nodeId, port } = parseWireEnd(wire.from);
  const node = byId.get(nodeId);
  if (node === undefined) return `node "${nodeId}" does not exist`;
  const facts = catalogue.find(node.type);
  if (facts === undefined) return undefined;
  return findPortFault(node, port, listOutputs(node, facts));
}

function findInputFault(wire: FlowWire, byId: NodesById, catalogue: NodeTypeCatalogue): string | undefined {
  const { nodeId, port } = parseWireEnd(wire.to);
  const node = byId.get(nodeId);
  if (node === undefined) return `node "${nodeId}" does not exist`;
  const facts = catalogue.find(node.type);
  if (facts === undefined) return undefined;
  const inputs = Object.keys(facts.inputs);
  if (inputs.length > 0) return findPortFault(node, port, inputs);
  return `node "${node.name}" (${node.type}) takes no wires; ${sayWhyNoInput(facts)}`;
}

function sayWhyNoInput(facts: NodeTypeFacts): string {
  if (facts.source !== undefined) return 'it is a source';
  if (facts.catches === true) return 'errors come to it by themselves';
  return facts.runsAtEnd === true ? 'it runs when the run has ended' : 'it has no input';
}

function findPortFault(node: FlowNode, port: string, ports: readonly string[]): string | undefined {
  if (ports.includes(port)) return undefined;
  return `port "${port}" does not exist on node "${node.name}" (${node.type}); it has: ${ports.join(', ')}`;
}
