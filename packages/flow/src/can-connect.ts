import { describeWire } from './describe-wire.ts';
import type { FlowProblem } from './flow-problem.ts';
import type { FlowDocument } from './flow-schema.ts';
import { lintWires } from './lint-wires.ts';
import type { NodeTypeCatalogue } from './node-type-catalogue.ts';
import type { WireEnd } from './wire-end.ts';
import { nameWire } from './wire-list.ts';

/**
 * What forbids a wire from an output to an input, null when nothing does: a node or port that does not exist, a node that takes no
 * wires, a wire that is there. Circles, a wire to the node itself included, are allowed; `lintFlow` warns of them. Ports of node types
 * that are not installed are not judged.
 */
export function canConnect(flow: FlowDocument, catalogue: NodeTypeCatalogue, fromEnd: WireEnd, toEnd: WireEnd): FlowProblem | null {
  const wire = { from: `${fromEnd.nodeId}.${fromEnd.port}`, to: `${toEnd.nodeId}.${toEnd.port}` };
  const name = nameWire(wire);
  if (flow.wires.some((present) => nameWire(present) === name)) {
    const byId = new Map(flow.nodes.map((node) => [node.id, node]));
    return { code: 'FLOW_WIRE_DUPLICATE', severity: 'error', message: `${describeWire(wire, byId)}: it is there already`, wire: name };
  }
  const [fault] = lintWires({ ...flow, wires: [wire] }, catalogue);
  return fault ?? null;
}
