export { createFlowGraph, type FlowGraph } from './flow-graph.ts';
export { type FlowDocument, type FlowDocumentInput, type FlowNode, type FlowSettings, type FlowWire, flowSchema } from './flow-schema.ts';
export { flowVersionHash } from './flow-version-hash.ts';
export { parseWireEnd, type WireEnd } from './wire-end.ts';
