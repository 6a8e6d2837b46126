export { type DescribeRunOptions, describeRun } from './describe-run.ts';
export { foldRun } from './fold-run.ts';
export { readTraceEvents } from './read-trace-events.ts';
export { createRedactor, type Redactor, type RedactorOptions } from './redactor.ts';
export { type CustodyStation, describeCustody, type RunCustody } from './run-custody.ts';
export type { AttemptView, CallView, RefusedReplyView, ReplyView, RetryView, RunView, StepView } from './run-view.ts';
export type { ReplyKind, RunHead, RunOutcome, TracedValue, TraceEvent, TraceEventType } from './trace-event.ts';
export { countUtf8Bytes, toTracedValue } from './traced-value.ts';
