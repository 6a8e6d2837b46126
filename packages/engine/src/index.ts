export { compileConfig } from './expressions/compile-config.ts';
export type { CompileConfigOptions, CompiledConfig, ExpressionScope } from './expressions/compiled-config.ts';
export type {
  Ledger,
  LedgerChange,
  LedgerCounts,
  LedgerEntry,
  LedgerRunState,
  MessageKey,
  PoisonMessage,
  RawMessage,
  ReceivedMessage,
  ReplyState,
  SavedReply,
  StepIntent,
  StepRecord,
} from './ports/ledger.ts';
export type { TracePart, TraceSink } from './ports/trace-sink.ts';
