import type { ErrorRecord, JsonValue } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';
import type { RunHead, RunOutcome, TracedValue, TraceEvent } from '@wirebook/trace';
import type { TraceSink } from './ports/trace-sink.ts';

export type EventBody = TraceEvent extends infer E ? (E extends TraceEvent ? Omit<E, 'seq' | 'atMs'> : never) : never;

export interface RunTraceOptions {
  readonly head: RunHead;
  readonly attempt: number;
  readonly sink: TraceSink;
  readonly clock: Clock;
  readonly triggerBody: Uint8Array;
  readonly triggerHeaders: Readonly<Record<string, string>>;
}

/** Collects the events of one attempt and hands them on in parts. */
export interface RunTrace {
  add(event: EventBody): void;
  finish(outcome: RunOutcome, error: ErrorRecord | null): void;
  /** Hands on what is new. Called when the attempt is over and, for slow ones, from time to time. */
  flush(): void;
  readonly hasNews: boolean;
}

/** Attempts are numbered far apart so that the events of all attempts of a run keep one order. */
const seqPerAttempt = 1_000_000;
/** A run that goes on is shown after this long; most are over before, and leave in one part. */
const firstPartMs = 100;

export function createRunTrace(options: RunTraceOptions): RunTrace {
  const { head, attempt, sink, clock } = options;
  let events: TraceEvent[] = [];
  let seq = attempt * seqPerAttempt;
  let isFirstPart = true;
  let finished: { atMs: number; outcome: RunOutcome; errorCode: string | null } | null = null;

  /** Cheaper than one timer for all: it is cancelled in most cases, and nothing has to be kept of the runs that are over. */
  const firstPart = clock.startTimer(firstPartMs, flush);

  function add(event: EventBody): void {
    seq += 1;
    // The event is the caller's fresh object: it is stamped in place, a copy of each would cost more than all else here.
    events.push(Object.assign(event, { seq, atMs: clock.now() }) as TraceEvent);
  }

  function flush(): void {
    if (events.length === 0) return;
    firstPart.cancel();
    const withTrigger = isFirstPart && attempt === 1;
    sink.append({
      head,
      attempt,
      events,
      triggerBody: withTrigger ? options.triggerBody : null,
      triggerHeaders: withTrigger ? options.triggerHeaders : null,
      finished,
    });
    isFirstPart = false;
    events = [];
  }

  return {
    add,
    finish: (outcome, error) => {
      // What is left leaves when the message is settled.
      firstPart.cancel();
      add({ type: 'run.finished', outcome, error });
      finished = { atMs: clock.now(), outcome, errorCode: error?.code ?? null };
    },
    flush,
    get hasNews() {
      return events.length > 0;
    },
  };
}

/** A value for the trace; what is the step's own input or the trigger's content is named, not kept again. */
export function toTraced(value: JsonValue, known: { input: JsonValue; inputs: JsonValue; body: JsonValue }): TracedValue {
  if (value === known.inputs) return { sameAs: 'trigger.inputs', sizeBytes: null, truncated: false };
  if (value === known.body) return { sameAs: 'trigger.body', sizeBytes: null, truncated: false };
  if (value === known.input && typeof value === 'object') return { sameAs: 'input', sizeBytes: null, truncated: false };
  return { value, sizeBytes: null, truncated: false };
}
