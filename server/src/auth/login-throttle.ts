import { WirebookError } from '@wirebook/errors';

/** Who tries: each part is counted by itself. */
export interface LoginAttempt {
  readonly name: string | null;
  readonly address: string;
}

export interface LoginThrottle {
  /**
   * Counts an attempt as failed until {@link succeed} says otherwise, so that many at the same time count too.
   *
   * @throws SERVER_SIGN_IN_THROTTLED with `retryAfterSeconds` while name or address has to wait.
   */
  begin(attempt: LoginAttempt): void;
  succeed(attempt: LoginAttempt): void;
}

interface AttemptRecord {
  readonly failures: number;
  readonly blockedUntilMs: number;
  readonly lastMs: number;
}

/** Mistakes that cost nothing; an address may stand for many people. */
const freeByName = 5;
const freeByAddress = 20;
const firstWaitMs = 1000;
const longestWaitMs = 5 * 60_000;
/** A record that rests so long is forgotten. */
const forgottenAfterMs = 60 * 60_000;
const maxRecords = 10_000;

/** Makes guessing slow: after some failures each further one doubles the wait, for the name and for the address. */
export function createLoginThrottle(clock: { now(): number }): LoginThrottle {
  const records = new Map<string, AttemptRecord>();

  function check(key: string): void {
    const record = records.get(key);
    const waitMs = (record?.blockedUntilMs ?? 0) - clock.now();
    if (waitMs <= 0) return;
    const retryAfterSeconds = Math.ceil(waitMs / 1000);
    throw new WirebookError(
      'SERVER_SIGN_IN_THROTTLED',
      `too many attempts to sign in failed; try again in ${retryAfterSeconds} s`,
      undefined,
      { retryAfterSeconds },
    );
  }

  function count(key: string, free: number): void {
    const nowMs = clock.now();
    const before = records.get(key);
    const failures = before === undefined || nowMs - before.lastMs > forgottenAfterMs ? 1 : before.failures + 1;
    const waitMs = failures < free ? 0 : Math.min(firstWaitMs * 2 ** (failures - free), longestWaitMs);
    // A map keeps the order of insertion: the first is the one that rested longest.
    records.delete(key);
    records.set(key, { failures, blockedUntilMs: nowMs + waitMs, lastMs: nowMs });
    const [oldest] = records.keys();
    if (records.size > maxRecords && oldest !== undefined) records.delete(oldest);
  }

  return {
    begin: (attempt) => {
      const keys = toKeys(attempt);
      for (const { key } of keys) check(key);
      for (const { key, free } of keys) count(key, free);
    },
    succeed: ({ name, address }) => {
      if (name !== null) records.delete(nameKey(name));
      // Who knows one password must not get free guesses at others: only this attempt is taken back.
      const record = records.get(addressKey(address));
      if (record !== undefined)
        records.set(addressKey(address), { ...record, failures: Math.max(0, record.failures - 1), blockedUntilMs: 0 });
    },
  };
}

function toKeys({ name, address }: LoginAttempt): { key: string; free: number }[] {
  const byAddress = { key: addressKey(address), free: freeByAddress };
  return name === null ? [byAddress] : [{ key: nameKey(name), free: freeByName }, byAddress];
}

function nameKey(name: string): string {
  return `name ${name.toLowerCase()}`;
}

function addressKey(address: string): string {
  return `address ${address}`;
}
