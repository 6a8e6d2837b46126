import type { PlatformView } from '@wirebook/api';
import type { Clock } from '@wirebook/node-kit';

/** Names that flows may use. An empty set says nothing: perhaps the account may not read that list. */
export interface KnownNames {
  readonly connections: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** Programmatic names. */
  readonly destinations: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  /** Columns by table. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names without prefix, by type: incident, artifact, actioninvocation, … */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly secrets: ReadonlySet<string>;
}

/** The definitions of the connected organisation, as they were read last. */
export interface PlatformBook {
  /**
   * The last answer while it is young; an older one is read again, and kept where that fails.
   *
   * @throws what reading throws when there is no answer at all.
   */
  get(): Promise<PlatformView>;
  /** Reads again. @throws what reading throws; the last answer is kept. */
  refresh(): Promise<PlatformView>;
  /** The last answer, however old. */
  readonly last: PlatformView | null;
  /** Without waiting: null while nothing was read yet. */
  findNames(): KnownNames | null;
}

export interface PlatformBookOptions {
  readonly read: () => Promise<PlatformView>;
  readonly clock: Clock;
  /** How long an answer is young. */
  readonly ttlMs: number;
  readonly onRead?: ((view: PlatformView) => void) | undefined;
}

/** A platform that did not answer is not asked again at once while there is something to show. */
const pauseMs = 10_000;

export function createPlatformBook({ read, clock, ttlMs, onRead }: PlatformBookOptions): PlatformBook {
  let last: PlatformView | null = null;
  let names: KnownNames | null = null;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let failedAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<PlatformView> | null = null;

  async function readAgain(): Promise<PlatformView> {
    try {
      const view = await read();
      last = view;
      names = toNames(view);
      readAtMs = clock.monotonicMs();
      onRead?.(view);
      return view;
    } catch (thrown) {
      failedAtMs = clock.monotonicMs();
      throw thrown;
    } finally {
      reading = null;
    }
  }

  /** Those that ask at the same time share one reading. */
  function refresh(): Promise<PlatformView> {
    reading ??= readAgain();
    return reading;
  }

  return {
    get: async () => {
      const nowMs = clock.monotonicMs();
      if (last === null) return refresh();
      if (nowMs - readAtMs < ttlMs || nowMs - failedAtMs < pauseMs) return last;
      const kept = last;
      return refresh().catch(() => kept);
    },
    refresh,
    get last() {
      return last;
    },
    findNames: () => names,
  };
}

function toNames({ connection, functions, destinations, rules, tables, fields, secretNames }: PlatformView): KnownNames {
  const namesOf = (list: readonly { readonly name: string }[]) => new Set(list.map(({ name }) => name));
  return {
    connections: new Set([connection]),
    functions: namesOf(functions),
    destinations: namesOf(destinations),
    rules: namesOf(rules),
    tables: new Map(tables.map(({ name, columns }) => [name, namesOf(columns)])),
    fields: new Map(Object.entries(fields).map(([type, list]) => [type, namesOf(list)])),
    secrets: new Set(secretNames),
  };
}
