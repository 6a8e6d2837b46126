import { WirebookError } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';
import type { RateLimit } from '@wirebook/package-kit';
import { createTurnQueue, type TurnQueue } from '@wirebook/soar-client';

export interface RateLimitsOptions {
  readonly limits: readonly RateLimit[];
  readonly clock: Clock;
  readonly maxWaiting: number;
}

/** Calls that begin in a time, over all flows of the engine. */
export interface RateLimits {
  /** The one that counts for this target: the first that fits; undefined: none does. */
  find(target: { readonly hostname: string; readonly port: number }): RateQueue | undefined;
  readonly waitingCount: number;
}

interface RateQueue {
  /** As it is written, e.g. `*.example.com:4/min`. */
  readonly text: string;
  /** Undefined: at once. @throws HTTP_RATE_QUEUE_FULL, or the reason of the signal. */
  enter(signal: AbortSignal): Promise<void> | undefined;
  readonly waitingCount: number;
}

export function createRateLimits({ limits, clock, maxWaiting }: RateLimitsOptions): RateLimits {
  const queues = limits.map((limit) => ({ limit, queue: createRateQueue(limit, { clock, maxWaiting }) }));
  return {
    find: ({ hostname, port }) =>
      queues.find(({ limit }) => fits(limit.host, hostname) && (limit.port === null || limit.port === port))?.queue,
    get waitingCount() {
      return queues.reduce((sum, { queue }) => sum + queue.waitingCount, 0);
    },
  };
}

/** In no time of the limit's length more calls begin than its count: the times of as many are kept. */
function createRateQueue(limit: RateLimit, { clock, maxWaiting }: { readonly clock: Clock; readonly maxWaiting: number }): RateQueue {
  const { count, perMs, text } = limit;
  const begunAtMs: number[] = [];
  const queue: TurnQueue = createTurnQueue({
    clock,
    maxWaiting,
    findWaitMs: () => {
      const earliest = begunAtMs.length < count ? undefined : begunAtMs[0];
      return earliest === undefined ? 0 : Math.max(0, earliest + perMs - clock.monotonicMs());
    },
    onTurn: () => {
      begunAtMs.push(clock.monotonicMs());
      if (begunAtMs.length > count) begunAtMs.shift();
    },
    refuse: () => new WirebookError('HTTP_RATE_QUEUE_FULL', `${maxWaiting} calls wait for their turn under the rate limit ${text} already`),
  });
  return {
    text,
    enter: queue.enter,
    get waitingCount() {
      return queue.size;
    },
  };
}

function fits(pattern: string, hostname: string): boolean {
  return pattern.startsWith('*.') ? hostname.endsWith(pattern.slice(1)) : pattern === hostname;
}
