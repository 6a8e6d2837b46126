import type { RunHead, RunOutcome, TraceEvent } from '@wirebook/trace';

/** A part of a run's trace: everything new since the last part. */
export interface TracePart {
  readonly head: RunHead;
  readonly attempt: number;
  readonly events: readonly TraceEvent[];
  /** The raw body of the trigger, with the first part of the first attempt. */
  readonly triggerBody: Uint8Array | null;
  /** Masked. */
  readonly triggerHeaders: Readonly<Record<string, string>> | null;
  /** Set with the last part of an attempt. */
  readonly finished: { readonly atMs: number; readonly outcome: RunOutcome; readonly errorCode: string | null } | null;
}

/** Takes traces. It never blocks and never throws; what it cannot keep it drops and counts. */
export interface TraceSink {
  append(part: TracePart): void;
}
