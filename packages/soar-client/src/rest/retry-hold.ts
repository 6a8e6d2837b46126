import type { Clock } from '@wirebook/node-kit';
import { createTurnQueue } from './turn-queue.ts';

/** Holds all calls to a server that asked for it by Retry-After. */
export interface RetryHold {
  /** The server asks for so many milliseconds without calls. */
  hold(askedMs: number): void;
  /**
   * Undefined: nothing holds it.
   *
   * @throws what `refuseLong` gives where it would wait longer than 5 minutes, `refuseMany` where too many wait, the reason of the signal.
   */
  enter(signal: AbortSignal): Promise<void> | undefined;
  /** Milliseconds that are left; 0 when nothing is held. */
  findLeftMs(): number;
  /** What comes now would fail at once. */
  isTooLong(): boolean;
  readonly waitingCount: number;
}

export interface RetryHoldOptions {
  readonly clock: Clock;
  readonly maxWaiting: number;
  readonly refuseLong: (leftMs: number) => Error;
  readonly refuseMany: () => Error;
}

/** What would wait longer fails at once. */
const longestWaitMs = 300_000;
/** No server is left alone for longer without looking again. */
const longestHoldMs = 3_600_000;

export function createRetryHold({ clock, maxWaiting, refuseLong, refuseMany }: RetryHoldOptions): RetryHold {
  let untilMs = 0;
  const findLeftMs = () => Math.max(0, untilMs - clock.monotonicMs());
  const queue = createTurnQueue({ clock, maxWaiting, findWaitMs: findLeftMs, onTurn: () => undefined, refuse: refuseMany });
  return {
    hold: (askedMs) => {
      untilMs = Math.max(untilMs, clock.monotonicMs() + Math.min(askedMs, longestHoldMs));
      if (findLeftMs() > longestWaitMs) queue.rejectAll(refuseLong(findLeftMs()));
    },
    enter: (signal) => {
      const leftMs = findLeftMs();
      if (leftMs > longestWaitMs) throw refuseLong(leftMs);
      return queue.enter(signal);
    },
    findLeftMs,
    isTooLong: () => findLeftMs() > longestWaitMs,
    get waitingCount() {
      return queue.size;
    },
  };
}
