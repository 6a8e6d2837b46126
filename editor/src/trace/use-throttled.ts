import { useEffect, useMemo, useRef } from 'react';
import { startTimer } from '../app/system-clock.ts';

/** Calls at once, and then at most once in so many milliseconds; the last wish is always fulfilled. */
export function useThrottled(act: () => void, everyMs: number): () => void {
  const latest = useRef(act);
  latest.current = act;
  const throttle = useMemo(() => {
    let stop: (() => void) | null = null;
    let isWished = false;
    function onTime(): void {
      stop = null;
      if (!isWished) return;
      isWished = false;
      wish();
    }
    function wish(): void {
      if (stop !== null) {
        isWished = true;
        return;
      }
      latest.current();
      stop = startTimer(everyMs, onTime);
    }
    return { wish, stop: () => stop?.() };
  }, [everyMs]);
  useEffect(() => throttle.stop, [throttle]);
  return throttle.wish;
}
