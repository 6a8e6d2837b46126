import type { LedgerWriter } from './ledger-writer.ts';
import type { LedgerEntry } from './ports/ledger.ts';

export interface QuarantineOptions {
  readonly writer: LedgerWriter;
  /** It cannot be put on record who runs alone. */
  readonly onFailure: (error: unknown) => void;
}

interface SuspectRun {
  /** Asks for a place to run in; called when its turn comes. */
  readonly request: (start: () => void) => void;
  /** Called in that place, once it is on record that this one runs alone. */
  readonly start: () => void;
}

/**
 * Messages that were in hand when the engine process ended run one at a time: should it end again, only the one that ran is to blame.
 * Who runs is on record before it starts, so that this also holds for an end that nobody could record.
 */
export interface Quarantine {
  enter(entryId: number, run: SuspectRun): void;
  leave(entryId: number): void;
  /** The suspect that runs now. */
  readonly suspect: number | null;
}

/** One kill from outside makes nobody a suspect. */
const uncleanEndsBeforeSuspicion = 2;

export function isSuspect({ crashes, uncleanEnds }: LedgerEntry): boolean {
  return crashes > 0 || uncleanEnds >= uncleanEndsBeforeSuspicion;
}

export function createQuarantine({ writer, onFailure }: QuarantineOptions): Quarantine {
  const waiting: { entryId: number; run: SuspectRun }[] = [];
  let turn: number | null = null;
  let suspect: number | null = null;

  function next(): void {
    const entered = waiting.shift();
    if (entered === undefined) return;
    const { entryId, run } = entered;
    turn = entryId;
    run.request(() => {
      writer.commit([{ type: 'runs-alone', entryId }]).then(() => {
        suspect = entryId;
        run.start();
      }, onFailure);
    });
  }

  return {
    enter: (entryId, run) => {
      waiting.push({ entryId, run });
      if (turn === null) next();
    },
    leave: (entryId) => {
      if (turn !== entryId) return;
      turn = null;
      suspect = null;
      writer.later({ type: 'alone-over', entryId });
      next();
    },
    get suspect() {
      return suspect;
    },
  };
}
