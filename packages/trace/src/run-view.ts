import type { ErrorRecord } from '@wirebook/errors';
import type { ReplyKind, RunHead, RunOutcome, TracedValue } from './trace-event.ts';

/** A run as people look at it; made from its events by {@link foldRun}. Times are milliseconds since the epoch. */
export interface RunView {
  readonly head: RunHead;
  /** `running` also when the end of the run was not kept. */
  readonly status: 'running' | RunOutcome;
  readonly error: ErrorRecord | null;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  readonly durationMs: number | null;
  readonly attempts: readonly AttemptView[];
  /** In the order in which they started. */
  readonly steps: readonly StepView[];
  /** In the order in which they were made. */
  readonly replies: readonly ReplyView[];
  readonly refusedReplies: readonly RefusedReplyView[];
  /** The completing reply was made. */
  readonly isCompleted: boolean;
  /** The run went on after its completing reply. */
  readonly isDetached: boolean;
  /** How the message was settled; null when it was not, or not yet. */
  readonly settled: { readonly atMs: number; readonly how: 'with-reply' | 'without-reply' | 'taken-over' } | null;
  /** When the ledger took the message over before its run, and when that was due; null when it did not. */
  readonly takenOver: { readonly atMs: number; readonly dueAtMs: number | null } | null;
  /** When the broker confirmed a completing reply that left without its message; null when it did not, or not yet. */
  readonly replyConfirmedAtMs: number | null;
  /** Events are missing: they were dropped, or are still on their way. */
  readonly isIncomplete: boolean;
}

export interface AttemptView {
  readonly attempt: number;
  readonly reason: 'delivered' | 'redelivered' | 'taken-over' | 'run-again';
  readonly startedAtMs: number;
}

export interface StepView {
  readonly attempt: number;
  readonly stepId: number;
  /** Null when the event that named it is missing. */
  readonly nodeId: string | null;
  readonly parentStepId: number | null;
  /** What it was handed, where that is no output of its parent; else null. */
  readonly input: TracedValue | null;
  readonly status: 'running' | 'finished' | 'failed';
  /** The output was that of an earlier attempt; the node did not run. */
  readonly isReused: boolean;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly durationMs: number | null;
  readonly emissions: readonly { readonly atMs: number; readonly port: string; readonly output: TracedValue }[];
  /** Each try of a call outside is one tick on the line of the step. */
  readonly calls: readonly CallView[];
  readonly logs: readonly { readonly atMs: number; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly text: string }[];
  readonly prints: readonly { readonly atMs: number; readonly label: string; readonly output: TracedValue }[];
  /** Tries that failed and were followed by another one. */
  readonly retries: readonly RetryView[];
  readonly error: ErrorRecord | null;
  /** A wire or a catch node took the error. */
  readonly isErrorHandled: boolean;
  /** What came after the step was over, and was refused. */
  readonly late: readonly { readonly atMs: number; readonly what: 'result' | 'error' }[];
}

export interface CallView {
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly attempt: number;
  readonly method: string;
  readonly url: string;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly code: string | null;
  /** Time that it waited before it left; absent where it did not. */
  readonly waitMs?: number;
}

/** A try of a step that failed, and the wait before the next one. */
export interface RetryView {
  readonly atMs: number;
  readonly attempt: number;
  readonly error: ErrorRecord;
  readonly waitMs: number;
}

export interface ReplyView {
  readonly atMs: number;
  readonly stepId: number | null;
  readonly kind: ReplyKind;
  readonly text: string;
  readonly sizeBytes: number;
  /**
   * sent: handed to the broker connection. dropped: its step failed after it. absorbed: an earlier attempt had already sent it, so
   * there is no text.
   */
  readonly fate: 'sent' | 'dropped' | 'absorbed' | 'unheard';
}

export interface RefusedReplyView {
  readonly atMs: number;
  readonly stepId: number | null;
  readonly error: ErrorRecord;
}
