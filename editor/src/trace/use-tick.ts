import { useEffect, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { startTimer } from '../app/system-clock.ts';

/** The time, told again after each interval: one timer for all ages of a list. */
export function useTick(everyMs: number): number {
  const { now } = useServices();
  const [nowMs, setNowMs] = useState(now);
  useEffect(() => startTimer(everyMs, () => setNowMs(now())), [now, everyMs, nowMs]);
  return nowMs;
}
