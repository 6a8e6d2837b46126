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
  /** Ends of an engine process without a word that it was in hand at, undone, before a later process took it up. */
  readonly uncleanEnds: number;
  /** Deliveries seen, the first included. */
  readonly deliveries: number;
  /** True once the broker no longer holds the message and this ledger does. */
  readonly takenOver: boolean;
  /** Taken over before it was answered, or run again from the poison tray: no redelivery brings the reply along, it leaves from the ledger. */
  readonly owesReply: boolean;
  /** When a taken-over message that waits may begin; null: at once. */
  readonly dueAtMs: number | null;
  readonly receivedAtMs: number;
}

export interface ReceivedMessage {
  readonly key: MessageKey;
  /** Used when the message is new. */
  readonly runId: string;
  readonly receivedAtMs: number;
}

export interface OriginatedMessage extends ReceivedMessage {
  readonly flowId: string;
  readonly raw: RawMessage;
}

export interface RawMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What is taken up at a time, oldest first. */
export interface TakenOverPage {
  /** Whose messages; those of one flow do not hold up those of another. */
  readonly flowId: string;
  /** 0 for the first page, then the id of the last entry of the page before. */
  readonly afterId: number;
  readonly limit: number;
  /** Ends the page early; one message is given whatever its size. */
  readonly maxBytes: number;
}

export interface KeyClaim {
  /** Within which keys are compared: flow and node. */
  readonly scope: string;
  readonly key: string;
  /** Stable over attempts: a run does not meet itself. */
  readonly claimant: string;
  readonly atMs: number;
  readonly untilMs: number;
}

export interface UndeliveredPage {
  readonly brokerHost: string;
  readonly destination: string;
  /** 0 for the first page, then the last of the page before. */
  readonly afterId: number;
  readonly limit: number;
}

/** How the engine process before this one ended. */
export interface LastEnd {
  /** True: neither a stop nor a crash was put on record. */
  readonly wasUnclean: boolean;
  /** Message-ids whose crash count was raised for it. */
  readonly blamedMessageIds: readonly string[];
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
  /** The suspect that runs now, one at a time: should the process end without a word, this one is blamed. */
  | { readonly type: 'runs-alone'; readonly entryId: number }
  | { readonly type: 'alone-over'; readonly entryId: number }
  /** The end of this process is explained: nothing that is in hand is suspected of it. */
  | { readonly type: 'boot-ended' }
  | { readonly type: 'reply-saved'; readonly entryId: number; readonly reply: SavedReply; readonly runDone: boolean }
  | { readonly type: 'reply-not-needed'; readonly entryId: number }
  | { readonly type: 'reply-in-doubt'; readonly entryId: number }
  | { readonly type: 'reply-confirmed'; readonly entryId: number }
  | { readonly type: 'run-done'; readonly entryId: number }
  /** The reply is confirmed and the message settled, the usual end of both. */
  | { readonly type: 'answered'; readonly entryId: number; readonly atMs: number }
  | { readonly type: 'settled'; readonly entryId: number; readonly atMs: number }
  /** The broker no longer delivers the message: closed from now on, until it comes after all. The reply stays for as long as the entry. */
  | { readonly type: 'presumed-settled'; readonly entryId: number; readonly atMs: number }
  | {
      readonly type: 'taken-over';
      readonly entryId: number;
      readonly flowId: string;
      readonly raw: RawMessage;
      readonly owesReply: boolean;
      readonly dueAtMs: number | null;
    }
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
  /** Decisions about messages in the poison tray. */
  | { readonly type: 'poison-removed'; readonly poisonId: number }
  /** Its run is to go on from the ledger. A completing reply that certainly never arrived is owed; any other is not made again. */
  | { readonly type: 'poison-reopened'; readonly entryId: number; readonly raw: RawMessage; readonly atMs: number }
  /** An error reply in place of the one that was refused, or of none: about to be written. */
  | { readonly type: 'poison-reply-begun'; readonly entryId: number; readonly reply: SavedReply }
  /** It certainly did not arrive. */
  | { readonly type: 'poison-reply-refused'; readonly entryId: number }
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
  /** When the oldest of them was received; null when there is none. */
  readonly oldestOpenAtMs: number | null;
  readonly inDoubt: number;
  readonly takenOver: number;
  readonly poison: number;
  /** Messages that went out of the poison tray because it was full, since the ledger was made. */
  readonly poisonDropped: number;
}

export interface Ledger {
  /**
   * Called once by the engine before it takes a message. When the end of the process before is not on record, the entry that ran alone
   * gets a crash; when the end is known to have come from inside (`endedNatively`), each undone entry in hand does. The others have lived
   * through an unclean end, which is counted when they are received or resumed.
   */
  beginBoot(boot: { readonly atMs: number; readonly endedNatively: boolean }): LastEnd;
  /**
   * Finds or makes the entry of each message and counts the delivery. Same order as given. Survives the end of the process at once, the
   * end of the machine with the next write: until then nothing has happened that a second delivery could repeat.
   */
  receive(messages: readonly ReceivedMessage[]): readonly LedgerEntry[];
  /**
   * Makes the entry of a message that comes from no broker, taken over from the start and answered with nothing, in one commit; an entry
   * that is there already stays as it is.
   */
  originate(message: OriginatedMessage): { readonly entry: LedgerEntry; readonly isNew: boolean };
  /** Writes all or nothing. */
  write(changes: readonly LedgerChange[]): void;
  /** Steps and statuses recorded for an entry by earlier attempts. */
  readSteps(entryId: number): { readonly steps: readonly StepRecord[]; readonly statusKeys: readonly string[] };
  /** Flows that have taken-over messages with something left to do. */
  listTakenOverFlows(): readonly string[];
  /** Takes up taken-over messages whose run or reply is not done, oldest first, with their bytes. */
  resumeTakenOver(page: TakenOverPage): readonly (LedgerEntry & { readonly raw: RawMessage })[];
  /**
   * The message of a taken-over entry.
   *
   * @throws STORE_FAILED when the entry is not taken over.
   */
  readRaw(entryId: number): RawMessage;
  /**
   * Who has this key: the one who claims it, or the one who did so before, for as long as that claim holds. A repeated claim of the same
   * claimant changes nothing. Survives the end of the process at once, the end of the machine with the next write.
   */
  claim(claim: KeyClaim): string;
  /** Who has this key; null when nobody has it at `atMs`. */
  findClaimant(key: Pick<KeyClaim, 'scope' | 'key' | 'atMs'>): string | null;
  /** Until when somebody has this key; null when nobody has it at `atMs`. */
  findClaimEnd(key: Pick<KeyClaim, 'scope' | 'key' | 'atMs'>): number | null;
  /** Takes the key, whoever has it. Survives as a claim does. */
  takeKey(claim: KeyClaim): void;
  /** Whether an entry of this destination is open. */
  hasOpen(place: Pick<MessageKey, 'brokerHost' | 'destination'>): boolean;
  /** Open entries of a destination that wait for a delivery, not for a run of the ledger; ascending. */
  listUndelivered(page: UndeliveredPage): readonly number[];
  /** Oldest first, those behind `afterId` (0 unless given); fewer than `limit` when they have many bytes. */
  listPoison(limit: number, afterId?: number): readonly PoisonMessage[];
  removePoison(id: number): void;
  count(): LedgerCounts;
  /** Runs of entries that are not closed: what is kept for them may still be needed. */
  listOpenRunIds(): readonly string[];
  /**
   * Forgets reply, message and steps of entries that were closed before this: nothing asks for them again. Those that are presumed settled
   * keep them. Looks at no more than `limit` entries,
   * goes on where the last call ended, and gives the number looked at.
   */
  dropContents(settledBeforeMs: number, limit: number): number;
  /** Removes closed entries older than this, at most `limit`; open ones stay. Gives the number removed. */
  prune(settledBeforeMs: number, limit: number): number;
  close(): void;
}
