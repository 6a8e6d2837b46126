const firstDelayMs = 1000;
const longestDelayMs = 60_000;

/**
 * Time to wait before the next attempt to connect.
 *
 * @param attempt 1 for the first one after a connection that held.
 * @param random 0 to below 1.
 * @returns milliseconds: half to all of 1 s, 2 s, 4 s … 60 s, never more.
 */
export function getReconnectDelayMs(attempt: number, random: number): number {
  const fullMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt - 1, 20));
  return Math.round(fullMs * (0.5 + random / 2));
}
