import type { Clock } from '@wirebook/node-kit';

/** The machine's own time. The one place that reads it. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const onAbort = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        }, delayMs);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    startTimer: (delayMs, onTime) => {
      const timer = setTimeout(onTime, delayMs);
      return { cancel: () => clearTimeout(timer) };
    },
  };
}
