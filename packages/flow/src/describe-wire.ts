import type { FlowNode, FlowWire } from './flow-schema.ts';
import { parseWireEnd } from './wire-end.ts';

/** The wire in words, its nodes by their names: `wire "Split".yes -> "Result".in`. A node that is not there by its id. */
export function describeWire({ from, to }: FlowWire, byId: ReadonlyMap<string, Pick<FlowNode, 'name'>>): string {
  const describeEnd = (end: string) => {
    const { nodeId, port } = parseWireEnd(end);
    return `"${byId.get(nodeId)?.name ?? nodeId}".${port}`;
  };
  return `wire ${describeEnd(from)} -> ${describeEnd(to)}`;
}
