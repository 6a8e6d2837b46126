/**
 * The durable record of what was received, replied and settled. Every write is one transaction that is on the disk (FULL sync) when
 * it returns; calls are synchronous so that the engine can put a whole tick of work into one.
 */

/** A message is known by broker host, organisation, destination and message-id. Organisation and destination are in `destination`. */
export interface MessageKey {
  readonly brokerHost: string;
  /** e.g. `actions.201.fn_main` */
  readonly destination: string;
  readonly messageId: string;
}

/**
 * none: nothing decided. saved: the bytes are on the disk, not written to the broker. in-doubt: written, unconfirmed.
 * confirmed: the broker has it. not-needed: this message gets no completing reply.
 */
export type ReplyState = 'none' | 'saved' | 'in-doubt' | 'confirmed' | 'not-needed';
export type LedgerRunState = 'none' | 'running' | 'done';

/** The completing reply exactly as it is sent, every time. */
export interface SavedReply {
  readonly destination: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LedgerEntry {
  /** Row number; what other calls name the message by. */
  readonly id: number;
  readonly key: MessageKey;
  readonly runId: string;
  readonly flowId: string | null;
  readonly reply: ReplyState;
  readonly run: LedgerRunState;
  readonly savedReply: SavedReply | null;
  /** Times the run was started. */
  readonly starts: number;
  /** Times the engine process ended by an error while the run was suspected of it. */
  readonly crashes: number;
  /** Deliveries seen, the first included. */
  readonly deliveries: number;
  /** True once the broker no longer holds the message and this ledger does. */
  readonly takenOver: boolean;
  readonly receivedAtMs: number;
}

export interface ReceivedMessage {
  readonly key: MessageKey;
  /** Used when the message is new. */
  readonly runId: string;
  readonly receivedAtMs: number;
}

export interface RawMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A step with an effect outside, recorded before and after. */
export interface StepIntent {
  readonly entryId: number;
  /** Stable over attempts: node id and the position in the message's ancestry. */
  readonly stepKey: string;
}

export interface StepRecord {
  readonly stepKey: string;
  /** Null: the step began and its end is not known. */
  readonly emissionsJson: string | null;
  /** When it was first intended; null in a record of a version that kept no times. */
  readonly intendedAtMs: number | null;
  /** What was kept with the first intent. */
  readonly intentJson: string | null;
}

export interface PoisonMessage {
  readonly id: number;
  readonly key: MessageKey;
  readonly raw: RawMessage;
  readonly code: string;
  readonly reason: string;
  readonly atMs: number;
  /** The reply that could not be delivered, for unanswerable ones. */
  readonly savedReply: SavedReply | null;
}

/** One change of an entry; a list of them is written in one transaction. */
export type LedgerChange =
  | { readonly type: 'run-started'; readonly entryId: number; readonly flowId: string }
  | { readonly type: 'run-crashed'; readonly entryId: number }
  | { readonly type: 'reply-saved'; readonly entryId: number; readonly reply: SavedReply; readonly runDone: boolean }
  | { readonly type: 'reply-not-needed'; readonly entryId: number }
  | { readonly type: 'reply-in-doubt'; readonly entryId: number }
  | { readonly type: 'reply-confirmed'; readonly entryId: number }
  | { readonly type: 'run-done'; readonly entryId: number }
  /** The reply is confirmed and the message settled, the usual end of both. */
  | { readonly type: 'answered'; readonly entryId: number; readonly atMs: number }
  | { readonly type: 'settled'; readonly entryId: number; readonly atMs: number }
  | { readonly type: 'taken-over'; readonly entryId: number; readonly raw: RawMessage }
  | { readonly type: 'status-sent'; readonly entryId: number; readonly statusKey: string }
  | {
      readonly type: 'step-intended';
      readonly entryId: number;
      readonly stepKey: string;
      readonly atMs: number;
      /** What a later attempt needs to check the step; the first one intended stays. */
      readonly intentJson: string | null;
    }
  | { readonly type: 'step-done'; readonly entryId: number; readonly stepKey: string; readonly emissionsJson: string }
  | {
      readonly type: 'poisoned';
      readonly entryId: number | null;
      readonly key: MessageKey;
      readonly raw: RawMessage;
      readonly code: string;
      readonly reason: string;
      readonly atMs: number;
      readonly savedReply: SavedReply | null;
    };

export interface LedgerCounts {
  /** Entries that are not settled and done. */
  readonly open: number;
  readonly inDoubt: number;
  readonly takenOver: number;
  readonly poison: number;
}

export interface Ledger {
  /**
   * Finds or makes the entry of each message and counts the delivery. Same order as given. Survives the end of the process at once, the
   * end of the machine with the next write: until then nothing has happened that a second delivery could repeat.
   */
  receive(messages: readonly ReceivedMessage[]): readonly LedgerEntry[];
  /** Writes all or nothing. */
  write(changes: readonly LedgerChange[]): void;
  /** Steps and statuses recorded for an entry by earlier attempts. */
  readSteps(entryId: number): { readonly steps: readonly StepRecord[]; readonly statusKeys: readonly string[] };
  /** Taken-over messages whose run is not done or whose reply is not confirmed, oldest first, with their bytes. */
  listTakenOver(limit: number): readonly (LedgerEntry & { readonly raw: RawMessage })[];
  listPoison(limit: number): readonly PoisonMessage[];
  removePoison(id: number): void;
  count(): LedgerCounts;
  /**
   * Forgets the reply bytes of entries that were closed before this: nothing asks for them again. Looks at no more than `limit` entries,
   * goes on where the last call ended, and gives the number looked at.
   */
  dropReplies(settledBeforeMs: number, limit: number): number;
  /** Removes closed entries older than this, at most `limit`; open ones stay. Gives the number removed. */
  prune(settledBeforeMs: number, limit: number): number;
  close(): void;
}
