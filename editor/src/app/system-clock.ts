/** Milliseconds since the epoch. */
export function systemNow(): number {
  return Date.now();
}

/** Calls after so many milliseconds, until the given function is called. */
export function startTimer(delayMs: number, onTime: () => void): () => void {
  const timer = setTimeout(onTime, delayMs);
  return () => clearTimeout(timer);
}
