export type { ReplyKind, RunHead, RunOutcome, TracedValue, TraceEvent, TraceEventType } from './trace-event.ts';
