import type { Clock, Timer } from '@wirebook/node-kit';

/** A timer whose time can stand still. */
export interface PausableTimer extends Timer {
  /** Does nothing while it stands still already. */
  pause(): void;
  /** Goes on for what is left; does nothing while it runs. */
  resume(): void;
}

export function startPausableTimer(clock: Clock, delayMs: number, onTime: () => void): PausableTimer {
  let leftMs = delayMs;
  let startedAtMs = clock.monotonicMs();
  let isOver = false;
  let timer: Timer | null = clock.startTimer(delayMs, end);

  function end(): void {
    isOver = true;
    onTime();
  }

  return {
    pause: () => {
      if (timer === null || isOver) return;
      timer.cancel();
      timer = null;
      leftMs = Math.max(0, leftMs - (clock.monotonicMs() - startedAtMs));
    },
    resume: () => {
      if (timer !== null || isOver) return;
      startedAtMs = clock.monotonicMs();
      timer = clock.startTimer(leftMs, end);
    },
    cancel: () => {
      isOver = true;
      timer?.cancel();
    },
  };
}
