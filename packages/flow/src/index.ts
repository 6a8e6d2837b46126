export { createFlowGraph, type FlowGraph, type PortAddress, parsePortAddress } from './flow-graph.ts';
export { type FlowDocument, type FlowDocumentInput, type FlowNode, type FlowSettings, type FlowWire, flowSchema } from './flow-schema.ts';
export { flowVersionHash } from './flow-version.ts';
