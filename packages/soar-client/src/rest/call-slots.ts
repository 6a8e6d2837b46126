import type { Clock } from '@wirebook/node-kit';
import { createTurnQueue } from './turn-queue.ts';

/** Calls that one server gets at a time, so that what waits for a connection is bounded and can be counted. */
export interface CallSlots {
  /** Undefined: there is a place at once. @throws what `refuse` gives, or the reason of the signal. */
  enter(signal: AbortSignal): Promise<void> | undefined;
  leave(): void;
  readonly activeCount: number;
  readonly waitingCount: number;
}

export interface CallSlotsOptions {
  readonly limit: number;
  readonly maxWaiting: number;
  readonly clock: Clock;
  readonly refuse: () => Error;
}

export function createCallSlots({ limit, maxWaiting, clock, refuse }: CallSlotsOptions): CallSlots {
  let activeCount = 0;
  const queue = createTurnQueue({
    clock,
    maxWaiting,
    refuse,
    findWaitMs: () => (activeCount < limit ? 0 : null),
    onTurn: () => {
      activeCount += 1;
    },
  });
  return {
    enter: queue.enter,
    leave: () => {
      activeCount -= 1;
      queue.look();
    },
    get activeCount() {
      return activeCount;
    },
    get waitingCount() {
      return queue.size;
    },
  };
}
