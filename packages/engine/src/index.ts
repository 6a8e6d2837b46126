export { createAncestorNames } from './ancestor-names.ts';
export type { CompletionPolicy } from './completion-queue.ts';
export { createEngine, type Engine, type EngineOptions, type EngineStatus, type StopOptions } from './engine.ts';
export type { EngineLog, LogFacts } from './engine-log.ts';
export { compileConfig } from './expressions/compile-config.ts';
export type { CompileConfigOptions, CompiledConfig, ExpressionScope } from './expressions/compiled-config.ts';
export { compileExpression } from './expressions/expression.ts';
export { formatDuration } from './format-duration.ts';
export { createNodeRegistry, type NodeRegistry } from './node-registry.ts';
export { type OwnTrigger, parseOwnDestination, type StartedTrigger, toOwnDestination } from './own-trigger.ts';
export {
  type FoundPoison,
  findPoisonChoices,
  type PoisonChoice,
  type PoisonChoices,
  type PoisonEntry,
  type PoisonSource,
} from './poison-choices.ts';
export { createPoisonDesk, type PoisonDesk, type PoisonDeskOptions } from './poison-desk.ts';
export type {
  KeyClaim,
  LastEnd,
  Ledger,
  LedgerChange,
  LedgerCounts,
  LedgerEntry,
  LedgerRunState,
  MessageKey,
  OriginatedMessage,
  PoisonMessage,
  RawMessage,
  ReceivedMessage,
  ReplyState,
  SavedReply,
  StepIntent,
  StepRecord,
  TakenOverPage,
  UndeliveredPage,
} from './ports/ledger.ts';
export type { MessageSpill } from './ports/message-spill.ts';
export type { RunFile, RunFileHandle, RunFiles } from './ports/run-files.ts';
export type { TracePart, TraceSink } from './ports/trace-sink.ts';
export type { WebSource, WebSources } from './ports/web-sources.ts';
export { readTrigger } from './read-trigger.ts';
export type { FindPrintSwitch, StepLine } from './run-services.ts';
export { createScriptPool, type ScriptPool, type ScriptPoolCounts, type ScriptPoolOptions } from './script-pool/script-pool.ts';
export { createSystemClock } from './system-clock.ts';
export { createSystemIds } from './system-ids.ts';
export { createSystemRandom } from './system-random.ts';
