import type { Clock, Timer } from '@wirebook/node-kit';

/** Lets callers go on one after the other, each as soon as it may. */
export interface TurnQueue {
  /**
   * Undefined: at once. Else it resolves at its turn, and rejects with the reason of the signal.
   *
   * @throws what `refuse` gives when as many wait as may.
   */
  enter(signal: AbortSignal): Promise<void> | undefined;
  /** Something changed: the first may go on earlier than was thought. */
  look(): void;
  /** Ends the waiting of all. */
  rejectAll(error: Error): void;
  readonly size: number;
}

export interface TurnQueueOptions {
  readonly clock: Clock;
  readonly maxWaiting: number;
  /** Milliseconds until the next one may go on; null: until somebody calls `look`. */
  readonly findWaitMs: () => number | null;
  /** One goes on now. */
  readonly onTurn: () => void;
  readonly refuse: () => Error;
}

interface Waiter {
  readonly goOn: () => void;
  readonly fail: (reason: unknown) => void;
}

export function createTurnQueue({ clock, maxWaiting, findWaitMs, onTurn, refuse }: TurnQueueOptions): TurnQueue {
  const waiters = new Set<Waiter>();
  let timer: Timer | null = null;

  function look(): void {
    timer?.cancel();
    timer = null;
    for (const waiter of waiters) {
      const waitMs = findWaitMs();
      if (waitMs === null) return;
      if (waitMs > 0) {
        timer = clock.startTimer(waitMs, look);
        return;
      }
      waiters.delete(waiter);
      onTurn();
      waiter.goOn();
    }
  }

  return {
    enter: (signal) => {
      signal.throwIfAborted();
      if (waiters.size === 0 && findWaitMs() === 0) {
        onTurn();
        return undefined;
      }
      if (waiters.size >= maxWaiting) throw refuse();
      return new Promise<void>((resolve, reject) => {
        const giveUp = (): void => {
          waiters.delete(waiter);
          if (waiters.size === 0) timer?.cancel();
          reject(signal.reason);
        };
        const waiter: Waiter = {
          goOn: () => {
            signal.removeEventListener('abort', giveUp);
            resolve();
          },
          fail: (reason) => {
            signal.removeEventListener('abort', giveUp);
            reject(reason);
          },
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiters.add(waiter);
        if (waiters.size === 1) look();
      });
    },
    look,
    rejectAll: (error) => {
      timer?.cancel();
      const all = [...waiters];
      waiters.clear();
      for (const waiter of all) waiter.fail(error);
    },
    get size() {
      return waiters.size;
    },
  };
}
