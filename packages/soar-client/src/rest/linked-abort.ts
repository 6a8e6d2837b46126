import { setMaxListeners } from 'node:events';

/** A signal that follows several others, and lets go of them when it is no longer needed. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** Ends the listening; the sources live much longer than one call. */
  unlink(): void;
}

// AbortSignal.any keeps every follower of a long-lived signal alive on Node 20.
export function linkAbort(sources: readonly AbortSignal[]): LinkedAbort {
  const controller = new AbortController();
  const follow = (event: Event) => {
    if (event.target instanceof AbortSignal) controller.abort(event.target.reason);
  };
  for (const source of sources) {
    if (source.aborted) controller.abort(source.reason);
    else {
      // Many calls at the same time are no leak here: each lets go when it ends.
      setMaxListeners(0, source);
      source.addEventListener('abort', follow, { once: true });
    }
  }
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    unlink: () => {
      for (const source of sources) source.removeEventListener('abort', follow);
    },
  };
}

/** The promise's outcome, or the signal's reason when it aborts first; the promise itself goes on for others. */
export async function waitUnlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else {
      setMaxListeners(0, signal);
      signal.addEventListener('abort', onAbort, { once: true });
    }
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
