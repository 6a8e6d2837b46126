import type { ErrorRecord, JsonValue } from '@wirebook/errors';

/**
 * Where and when. `seq` counts the events of a run over all its attempts, so that order never depends on clocks.
 */
interface At {
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** A JSON value in a trace: whole, or cut with its true size. */
export interface TracedValue {
  /** Undefined when the value was left out. */
  readonly value?: JsonValue;
  /** Set instead of `value` when it is the step's own input, or the inputs or body of the trigger: kept once, not again. */
  readonly sameAs?: 'input' | 'trigger.inputs' | 'trigger.body';
  /** Bytes of the value as JSON; null when it was not measured. */
  readonly sizeBytes: number | null;
  readonly truncated: boolean;
}

/** What happened in a run. A closed union: every view of a run is a fold over a list of these. */
export type TraceEvent =
  | (At & {
      readonly type: 'attempt.started';
      readonly attempt: number;
      readonly reason: 'delivered' | 'redelivered' | 'taken-over' | 'run-again';
    })
  | (At & {
      readonly type: 'step.started';
      readonly stepId: number;
      readonly nodeId: string;
      readonly parentStepId: number | null;
      /** What it was handed, where that is no output of its parent: the parts that a join brings together. */
      readonly input?: TracedValue;
    })
  | (At & { readonly type: 'step.reused'; readonly stepId: number; readonly nodeId: string; readonly parentStepId: number | null })
  | (At & { readonly type: 'step.emitted'; readonly stepId: number; readonly port: string; readonly output: TracedValue })
  | (At & { readonly type: 'step.finished'; readonly stepId: number })
  | (At & { readonly type: 'step.failed'; readonly stepId: number; readonly error: ErrorRecord; readonly handled: boolean })
  | (At & {
      /** A try failed, and another one follows after the wait. */
      readonly type: 'step.retried';
      readonly stepId: number;
      /** Number of the try that failed, from 1. */
      readonly attempt: number;
      readonly error: ErrorRecord;
      readonly waitMs: number;
    })
  | (At & { readonly type: 'step.late'; readonly stepId: number; readonly what: 'result' | 'error' })
  | (At & {
      readonly type: 'call.attempted';
      readonly stepId: number;
      readonly method: string;
      readonly url: string;
      readonly attempt: number;
      readonly durationMs: number;
      readonly status: number | null;
      readonly code: string | null;
      /** Time that it waited before it left; absent where it did not. */
      readonly waitMs?: number;
    })
  | (At & {
      readonly type: 'step.logged';
      readonly stepId: number;
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly text: string;
    })
  | (At & { readonly type: 'debug.printed'; readonly stepId: number; readonly label: string; readonly output: TracedValue })
  | (At & {
      readonly type: 'reply.made';
      readonly stepId: number | null;
      readonly kind: ReplyKind;
      readonly text: string;
      readonly sizeBytes: number;
    })
  | (At & { readonly type: 'reply.refused'; readonly stepId: number | null; readonly error: ErrorRecord })
  /** Not sent: an earlier attempt had sent it, or nobody waits for one (`isUnheard`). */
  | (At & { readonly type: 'reply.absorbed'; readonly stepId: number | null; readonly kind: ReplyKind; readonly isUnheard?: boolean })
  | (At & { readonly type: 'reply.confirmed' })
  | (At & { readonly type: 'message.taken-over'; readonly dueAtMs: number | null })
  | (At & { readonly type: 'run.detached' })
  | (At & { readonly type: 'run.finished'; readonly outcome: RunOutcome; readonly error: ErrorRecord | null })
  | (At & { readonly type: 'message.settled'; readonly how: 'with-reply' | 'without-reply' | 'taken-over' });

export type TraceEventType = TraceEvent['type'];
export type ReplyKind = 'status' | 'result' | 'error' | 'acknowledge';
export type RunOutcome = 'succeeded' | 'failed' | 'timed-out' | 'cancelled' | 'skipped';

/** What is known of a run beside its events: one row of the run list. */
export interface RunHead {
  readonly runId: string;
  readonly flowId: string;
  readonly flowName: string;
  /** Hash of the flow document that ran. */
  readonly flowVersion: string;
  readonly triggerKind: 'function' | 'action' | 'inbound' | 'connector' | 'schedule' | 'webhook' | 'form' | 'inject';
  readonly destination: string;
  readonly messageId: string;
  readonly correlationId: string | null;
  /** Function or rule name. */
  readonly triggerName: string | null;
  readonly incidentId: number | null;
  readonly startedAtMs: number;
}
