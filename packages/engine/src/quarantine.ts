/**
 * Messages that were being worked on when an error ended the engine process run one at a time: should it end again, only the one
 * that ran is to blame.
 */
export interface Quarantine {
  enter(entryId: number, start: () => void): void;
  leave(entryId: number): void;
  /** The suspect that runs now. */
  readonly suspect: number | null;
}

export function createQuarantine(): Quarantine {
  const waiting: { entryId: number; start: () => void }[] = [];
  let suspect: number | null = null;

  function next(): void {
    const entered = waiting.shift();
    if (entered === undefined) return;
    suspect = entered.entryId;
    entered.start();
  }

  return {
    enter: (entryId, start) => {
      waiting.push({ entryId, start });
      if (suspect === null) next();
    },
    leave: (entryId) => {
      if (suspect !== entryId) return;
      suspect = null;
      next();
    },
    get suspect() {
      return suspect;
    },
  };
}
