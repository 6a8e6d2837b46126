export { type FlowDocument, type FlowDocumentInput, type FlowNode, type FlowSettings, type FlowWire, flowSchema } from './flow-schema.ts';
