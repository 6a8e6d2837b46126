import type { Clock } from '@wirebook/node-kit';

export interface TimedCacheOptions {
  readonly clock: Clock;
  readonly ttlMs: number;
  /** Entries kept; the oldest goes first. */
  readonly maxEntries: number;
}

interface TimedLoad<Value> {
  readonly key: string;
  readonly load: () => Promise<Value>;
  /** A shorter time for what was read; the cache's own when absent. */
  readonly ttlMsOf?: ((value: Value) => number) | undefined;
}

/** Remembers what was loaded for a time; callers that come while it loads share the one load. A failure is not remembered. */
export interface TimedCache<Value> {
  get(load: TimedLoad<Value>): Promise<Value>;
  /** What is remembered or being loaded, to tell by identity whether a newer load has begun since. */
  peek(key: string): Promise<Value> | undefined;
  forget(key: string): void;
  clear(): void;
}

interface Entry<Value> {
  readonly value: Promise<Value>;
  expiresAtMs: number;
}

export function createTimedCache<Value>(options: TimedCacheOptions): TimedCache<Value> {
  const entries = new Map<string, Entry<Value>>();

  async function loadInto(key: string, entry: () => Entry<Value> | undefined, load: TimedLoad<Value>): Promise<Value> {
    try {
      const value = await load.load();
      const own = entry();
      const ttlMs = Math.min(options.ttlMs, load.ttlMsOf?.(value) ?? options.ttlMs);
      if (own !== undefined) own.expiresAtMs = options.clock.monotonicMs() + ttlMs;
      return value;
    } catch (thrown) {
      if (entries.get(key) === entry()) entries.delete(key);
      throw thrown;
    }
  }

  return {
    get(load) {
      const nowMs = options.clock.monotonicMs();
      const known = entries.get(load.key);
      if (known !== undefined && nowMs < known.expiresAtMs) return known.value;
      let entry: Entry<Value> | undefined;
      const value = loadInto(load.key, () => entry, load);
      entry = { value, expiresAtMs: Number.POSITIVE_INFINITY };
      entries.delete(load.key);
      entries.set(load.key, entry);
      const [oldest] = entries.keys();
      if (entries.size > options.maxEntries && oldest !== undefined) entries.delete(oldest);
      return value;
    },
    peek: (key) => entries.get(key)?.value,
    forget: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
