export { applyChange } from './apply-change.ts';
export { canConnect } from './can-connect.ts';
export { type CatchFilter, compareCatchFilters, isCaught, readCatchFilter } from './catch-filter.ts';
export { type ConfigProblem, checkConfig } from './check-config.ts';
export { describeDiff, describeLayoutDiff } from './describe-diff.ts';
export { diffFlows, type FlowDiff, type NodeDiff, type NodeMove, type NodeRename, type WireDiff } from './diff-flows.ts';
export type {
  ChangeBatch,
  FlowChange,
  FlowDescribed,
  FlowPoint,
  FlowReplaced,
  NodeConfigured,
  NodeGuarded,
  NodeNoted,
  NodeRenamed,
  NodesAdded,
  NodesDisabled,
  NodesMoved,
  NodesRemoved,
  WiresAdded,
  WiresRemoved,
} from './flow-change.ts';
export { copyNodes, type PasteOptions, pasteNodes } from './flow-clipboard.ts';
export { createFlowGraph, type FlowGraph } from './flow-graph.ts';
export { type FlowProblem, toFlowError } from './flow-problem.ts';
export {
  type FlowDocument,
  type FlowDocumentInput,
  type FlowNode,
  type FlowSettings,
  type FlowWire,
  flowSchema,
  type RetryPolicy,
} from './flow-schema.ts';
export { flowVersionHash } from './flow-version-hash.ts';
export { invertChange } from './invert-change.ts';
export { isLayoutOnly } from './is-layout-only.ts';
export { takesRetry } from './lint-failures.ts';
export { lintFlow } from './lint-flow.ts';
export { mergeChanges } from './merge-changes.ts';
export { makeNodeName } from './node-name.ts';
export { type FieldSchema, listOutputs, type NodeTypeCatalogue, type NodeTypeFacts } from './node-type-catalogue.ts';
export { checkFlowDocument, parseFlow, parseFlowValue } from './parse-flow.ts';
export { parseFlowChange } from './parse-flow-change.ts';
export { serializeFlow } from './serialize-flow.ts';
export { findSplitScopes, listJoinedWires } from './split-scopes.ts';
export type { ValueDiff } from './value-diff.ts';
export { describeTypes } from './value-words.ts';
export { parseWireEnd, type WireEnd } from './wire-end.ts';
