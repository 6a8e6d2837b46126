import type { JsonValue } from '@wirebook/errors';
import type { ExecuteContext } from './execute.ts';
import type { Services } from './services.ts';

/** What a check may use: it reads and changes nothing. */
export type WriteCheckContext<Config> = Pick<ExecuteContext<Config, string>, 'config' | 'message' | 'run' | 'clock' | 'signal' | 'log'> & {
  readonly services: Pick<Services, 'platform' | 'http'>;
};

/** A step whose intent is on record and whose end is not. */
export interface WriteInDoubt {
  /** When the intent was recorded, by the clock of the engine: milliseconds since the epoch. The write began after it. */
  readonly intendedAtMs: number;
  /** What {@link WriteCheck.mark} gave right before the intent; null without one. */
  readonly mark: JsonValue;
}

/** Whether a write in doubt was made; the emissions are those that the step would have had. Unknown: the step fails as in doubt. */
export type WriteFinding<Port extends string> =
  | { readonly written: true; readonly emissions: readonly { readonly port: Port; readonly message: JsonValue }[] }
  | { readonly written: false }
  | { readonly written: 'unknown'; readonly reason: string };

/** How a node finds out whether a write was made that had begun when the engine ended. */
export interface WriteCheck<Config, Port extends string> {
  /**
   * Asked right before the intent is recorded, for what tells the write from older ones afterwards; kept in the ledger, so small and
   * without secrets. What it throws fails the step, with nothing written.
   */
  readonly mark?: (context: WriteCheckContext<Config>) => Promise<JsonValue>;
  /** Asked in a later attempt with the same config. What it throws counts as unknown. */
  readonly find: (context: WriteCheckContext<Config>, doubt: WriteInDoubt) => Promise<WriteFinding<Port>>;
}
