/** Of one address in a minute. Windows begin with their first request; nothing is kept longer. */
export interface RequestLimiter {
  /** Milliseconds to wait; 0: it may go on. */
  take(key: string, perMinute: number): number;
}

const windowMs = 60_000;
const mostKeys = 10_000;

export function createRequestLimiter(now: () => number): RequestLimiter {
  const windows = new Map<string, { fromMs: number; count: number }>();

  return {
    take: (key, perMinute) => {
      const nowMs = now();
      const known = windows.get(key);
      if (known === undefined || nowMs - known.fromMs >= windowMs) {
        windows.delete(key);
        windows.set(key, { fromMs: nowMs, count: 1 });
        const [oldest] = windows.keys();
        if (windows.size > mostKeys && oldest !== undefined) windows.delete(oldest);
        return 0;
      }
      if (known.count >= perMinute) return windowMs - (nowMs - known.fromMs);
      known.count += 1;
      return 0;
    },
  };
}
