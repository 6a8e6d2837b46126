import type { Clock, Timer } from '@wirebook/node-kit';

/** Turns many requests into one piece of work. */
export interface BatchTimer {
  /** The work is done once, `waitMs` after the first request since it was done last. */
  request(): void;
  cancel(): void;
}

export interface BatchTimerOptions {
  readonly clock: Clock;
  readonly waitMs: number;
  readonly work: () => void;
}

export function createBatchTimer({ clock, waitMs, work }: BatchTimerOptions): BatchTimer {
  let timer: Timer | null = null;
  return {
    request: () => {
      timer ??= clock.startTimer(waitMs, () => {
        timer = null;
        work();
      });
    },
    cancel: () => {
      timer?.cancel();
      timer = null;
    },
  };
}
