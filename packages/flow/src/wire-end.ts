/** One end of a wire: a port of a node. */
export interface WireEnd {
  readonly nodeId: string;
  readonly port: string;
}

/** Reads `n1.out`. Neither ids nor ports hold a dot; the schema of the document sees to that. */
export function parseWireEnd(address: string): WireEnd {
  const dot = address.indexOf('.');
  return dot < 0 ? { nodeId: address, port: '' } : { nodeId: address.slice(0, dot), port: address.slice(dot + 1) };
}
