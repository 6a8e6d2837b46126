import type { Ledger, LedgerChange } from './ports/ledger.ts';

/**
 * Group commit: changes of one tick are written in one transaction. Lazy ones wait for the next transaction that somebody needs, or
 * for the flush timer; losing them in a crash is harmless by the rules of recovery.
 */
export interface LedgerWriter {
  /** Resolves when the changes are on the disk. */
  commit(changes: readonly LedgerChange[]): Promise<void>;
  /** Written with the next transaction. */
  later(change: LedgerChange): void;
  /** Whether the confirmation of this message's reply, or the end of its run, waits to be written. */
  isDecidedLater(entryId: number): boolean;
  /** Writes all that waits, now. */
  flush(): void;
}

/** Leaves out the start of runs whose end stands in the same list. */
function withoutSpent(changes: readonly LedgerChange[]): readonly LedgerChange[] {
  const ended = new Set<number>();
  for (const change of changes) if (change.type === 'reply-saved' && change.runDone) ended.add(change.entryId);
  return ended.size === 0 ? changes : changes.filter((change) => change.type !== 'run-started' || !ended.has(change.entryId));
}

export function createLedgerWriter(ledger: Ledger): LedgerWriter {
  let lazy: LedgerChange[] = [];
  let urgent: LedgerChange[] = [];
  let waiters: { resolve: () => void; reject: (reason: unknown) => void }[] = [];
  let isScheduled = false;
  const decidedLater = new Set<number>();

  function flush(): void {
    const changes = lazy.length === 0 ? urgent : [...lazy, ...urgent];
    const settled = waiters;
    lazy = [];
    urgent = [];
    waiters = [];
    isScheduled = false;
    decidedLater.clear();
    if (changes.length === 0) {
      for (const waiter of settled) waiter.resolve();
      return;
    }
    try {
      ledger.write(withoutSpent(changes));
    } catch (thrown) {
      for (const waiter of settled) waiter.reject(thrown);
      if (settled.length === 0) throw thrown;
      return;
    }
    for (const waiter of settled) waiter.resolve();
  }

  return {
    commit: (changes) =>
      new Promise((resolve, reject) => {
        urgent.push(...changes);
        waiters.push({ resolve, reject });
        if (isScheduled) return;
        isScheduled = true;
        setImmediate(flush);
      }),
    later: (change) => {
      lazy.push(change);
      if (change.type === 'settled' || change.type === 'answered' || change.type === 'reply-confirmed') decidedLater.add(change.entryId);
    },
    isDecidedLater: (entryId) => decidedLater.has(entryId),
    flush,
  };
}
