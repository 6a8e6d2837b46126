import type { Clock } from './clock.ts';

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  startTimer(delayMs, onTime) {
    const timer = setTimeout(onTime, delayMs);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
