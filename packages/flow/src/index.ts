export { type ConfigProblem, checkConfig } from './check-config.ts';
export type {
  ChangeBatch,
  FlowChange,
  FlowDescribed,
  FlowPoint,
  FlowReplaced,
  NodeConfigured,
  NodeNoted,
  NodeRenamed,
  NodesAdded,
  NodesDisabled,
  NodesMoved,
  NodesRemoved,
  WiresAdded,
  WiresRemoved,
} from './flow-change.ts';
export { createFlowGraph, type FlowGraph } from './flow-graph.ts';
export { type FlowProblem, toFlowError } from './flow-problem.ts';
export { type FlowDocument, type FlowDocumentInput, type FlowNode, type FlowSettings, type FlowWire, flowSchema } from './flow-schema.ts';
export { flowVersionHash } from './flow-version-hash.ts';
export { lintFlow } from './lint-flow.ts';
export type { FieldSchema, NodeTypeCatalogue, NodeTypeFacts } from './node-type-catalogue.ts';
export { checkFlowDocument, parseFlow, parseFlowValue } from './parse-flow.ts';
export { serializeFlow } from './serialize-flow.ts';
export { describeTypes } from './value-words.ts';
export { parseWireEnd, type WireEnd } from './wire-end.ts';
