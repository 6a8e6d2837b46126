import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 15;

/**
 * Asks again and again until the probe gives something else than undefined, null or false.
 *
 * @param what completes the sentence "waited for …" of the error.
 * @throws Error when the deadline (20 s unless given) has passed.
 */
export async function waitFor<Value>(
  what: string,
  probe: () => Value | undefined | null | false | Promise<Value | undefined | null | false>,
  { timeoutMs = 20_000 }: { readonly timeoutMs?: number } = {},
): Promise<Value> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() > deadlineMs) throw new Error(`waited for ${what}, in vain for ${timeoutMs} ms`);
    await delay(pollMs);
  }
}
