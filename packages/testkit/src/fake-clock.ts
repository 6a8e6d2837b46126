import type { Clock, Timer } from '@wirebook/node-kit';
import { letPromisesSettle } from './let-promises-settle.ts';

interface PendingTimer {
  readonly dueMs: number;
  readonly order: number;
  readonly onTime: () => void;
}

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves the time, running each due timer at its own moment, and lets promises settle after each. */
  advance(durationMs: number): Promise<void>;
  /** Timers and sleeps that wait. */
  readonly pendingCount: number;
}

/**
 * @param startMs milliseconds since the epoch at which it stands first; 2026-03-01T12:00:00Z when absent.
 */
export function createFakeClock(startMs = Date.UTC(2026, 2, 1, 12)): FakeClock {
  let nowMs = startMs;
  let timerCount = 0;
  const pending = new Set<PendingTimer>();

  function startTimer(delayMs: number, onTime: () => void): Timer {
    timerCount += 1;
    const timer: PendingTimer = { dueMs: nowMs + Math.max(0, delayMs), order: timerCount, onTime };
    pending.add(timer);
    return { cancel: () => pending.delete(timer) };
  }

  function findNextDue(untilMs: number): PendingTimer | undefined {
    return [...pending]
      .filter((timer) => timer.dueMs <= untilMs)
      .sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)
      .at(0);
  }

  async function advance(durationMs: number): Promise<void> {
    const untilMs = nowMs + durationMs;
    await letPromisesSettle();
    for (let timer = findNextDue(untilMs); timer !== undefined; timer = findNextDue(untilMs)) {
      pending.delete(timer);
      nowMs = Math.max(nowMs, timer.dueMs);
      timer.onTime();
      await letPromisesSettle();
    }
    nowMs = untilMs;
  }

  function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const stop = () => {
        timer.cancel();
        reject(signal?.reason);
      };
      const timer = startTimer(delayMs, () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      });
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  return {
    now: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    sleep,
    startTimer,
    advance,
    get pendingCount() {
      return pending.size;
    },
  };
}
