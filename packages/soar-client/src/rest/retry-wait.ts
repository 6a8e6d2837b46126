import type { RetryPolicy } from './platform-client-options.ts';

/**
 * Time before the next try.
 *
 * @param tried tries so far, 1 or more.
 * @param unit 0 to below 1, the jitter.
 * @returns milliseconds, jittered by up to 20 % to both sides, never above `maxDelayMs`.
 */
export function findRetryDelayMs(policy: RetryPolicy, { tried, unit, askedMs }: { tried: number; unit: number; askedMs: number }): number {
  const planned = policy.delayMs * policy.backoff ** (tried - 1) * (0.8 + 0.4 * unit);
  return Math.round(Math.min(policy.maxDelayMs, Math.max(planned, askedMs)));
}

/** What a Retry-After header asks for, in milliseconds; 0 when it asks for nothing that can be read. */
export function readRetryAfterMs(header: string | string[] | undefined, nowMs: number): number {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return 0;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? 0 : Math.max(0, atMs - nowMs);
}
