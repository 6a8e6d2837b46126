/** Something that a screen may show was changed. */
export interface DeskChange {
  readonly orgId: number;
  /** Null: of no incident in particular. */
  readonly incidentId: number | null;
  /** object: an incident or what is in it. action: an invocation, its calls or their replies. reset: everything. */
  readonly what: 'object' | 'action' | 'reset';
}

type Listener = (change: DeskChange) => void;

export interface ChangeFeed {
  tell(change: DeskChange): void;
  /** @returns ends the listening. */
  onChange(listener: Listener): () => void;
}

/** @param report hears of listeners that threw: the platform goes on without them. */
export function createChangeFeed(report: (error: Error) => void): ChangeFeed {
  const listeners = new Set<Listener>();
  return {
    tell(change) {
      for (const listener of listeners) {
        try {
          listener(change);
        } catch (thrown) {
          report(thrown instanceof Error ? thrown : new Error(String(thrown)));
        }
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
