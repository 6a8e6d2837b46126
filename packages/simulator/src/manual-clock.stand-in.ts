import type { Clock } from './clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
}

export function createManualClock(startMs: number): ManualClock {
  let nowMs = startMs;
  let timers: { dueMs: number; onTime: () => void }[] = [];
  return {
    now: () => nowMs,
    startTimer(delayMs, onTime) {
      const timer = { dueMs: nowMs + delayMs, onTime };
      timers.push(timer);
      return {
        cancel() {
          timers = timers.filter((candidate) => candidate !== timer);
        },
      };
    },
    advance(ms) {
      nowMs += ms;
      const due = timers.filter((timer) => timer.dueMs <= nowMs);
      timers = timers.filter((timer) => timer.dueMs > nowMs);
      for (const timer of due) timer.onTime();
    },
  };
}
