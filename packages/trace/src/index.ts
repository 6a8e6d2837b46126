export { readTraceEvents } from './read-trace-events.ts';
export type { ReplyKind, RunHead, RunOutcome, TracedValue, TraceEvent, TraceEventType } from './trace-event.ts';
export { countUtf8Bytes, toTracedValue } from './traced-value.ts';
