import { toErrorRecord, WirebookError } from '@wirebook/errors';
import type { BrokerConnection, Clock } from '@wirebook/node-kit';
import type { CompletionItem, CompletionQueue } from './completion-queue.ts';
import type { EngineLog } from './engine-log.ts';
import type { HeldMessage } from './held-message.ts';
import type { HeldMessages } from './held-messages.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { LedgerChange, RawMessage, SavedReply } from './ports/ledger.ts';
import type { RunFiles } from './ports/run-files.ts';
import type { RawTrigger } from './read-trigger.ts';

export interface MessageAnswersOptions {
  readonly broker: BrokerConnection;
  readonly writer: LedgerWriter;
  readonly completions: CompletionQueue;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** One that is answered, settled and whose run is over is taken out. */
  readonly held: HeldMessages;
  readonly files: Pick<RunFiles, 'drop'>;
}

/** Answers and settles messages through the completion queue. */
export interface MessageAnswers {
  /**
   * Hands the reply to the completion queue, together with the ACK where the broker holds the message; a null reply: only the ACK.
   */
  answer(message: HeldMessage, reply: SavedReply | null, changes: readonly LedgerChange[]): void;
  /** Settles a message that the ledger holds; its reply has nothing to do with that. */
  settle(message: HeldMessage): void;
  /** Replies of the ledger that the last connection left unconfirmed leave again. */
  sendAgain(): void;
  /** Takes it out when nothing is left to do for it. */
  letGo(message: HeldMessage): void;
  toPoison(message: HeldMessage, error: WirebookError, savedReply: SavedReply | null): LedgerChange;
}

export function createMessageAnswers(options: MessageAnswersOptions): MessageAnswers {
  const { broker, writer, completions, clock, log, held } = options;
  /** Replies of the ledger that wait for the next connection. */
  const unsent = new Set<HeldMessage>();

  function answer(message: HeldMessage, reply: SavedReply | null, changes: readonly LedgerChange[]): void {
    if (reply !== null) message.reply = reply;
    message.replyState = 'under-way';
    completions.add(message.owesReply ? toOwedReply(message, reply, changes) : toAnswer(message, reply, changes));
  }

  function toAnswer(message: HeldMessage, reply: SavedReply | null, changes: readonly LedgerChange[]): CompletionItem {
    let sentCount = 0;
    return {
      entryId: message.entry.id,
      reply,
      changes,
      deliveries: () => {
        sentCount = message.deliveries.length;
        return message.deliveries;
      },
      onSettled: (how) => {
        message.deliveries = message.deliveries.slice(sentCount);
        message.replyState = 'decided';
        message.trace?.add({ type: 'message.settled', how: message.isRunOver ? how : 'taken-over' });
        message.trace?.flush();
        // Delivered again while the answer was under way: only the ACK is missing.
        if (message.deliveries.length > 0) answer(message, null, []);
        else letGo(message);
      },
      onInDoubt: (what) => {
        message.replyState = what === 'reply' ? 'in-doubt' : 'decided';
        message.trace?.flush();
        const again = message.deliveries.filter((delivery) => broker.canSettle(delivery));
        message.deliveries = again;
        if (again.length > 0) answer(message, what === 'reply' ? reply : null, []);
        else if (message.isRunOver) held.delete(message.entry.id);
      },
      onRefused: (error) => keepRefused(message, error, reply),
    };
  }

  function toOwedReply(message: HeldMessage, reply: SavedReply | null, changes: readonly LedgerChange[]): CompletionItem {
    const { session } = broker.getState();
    return {
      entryId: message.entry.id,
      reply,
      changes,
      isOwed: true,
      deliveries: () => [],
      onSettled: () => {
        message.replyState = 'decided';
        message.trace?.add({ type: 'reply.confirmed' });
        message.trace?.flush();
        letGo(message);
      },
      onInDoubt: () => {
        message.replyState = 'in-doubt';
        message.trace?.flush();
        unsent.add(message);
        const now = broker.getState();
        if (now.status === 'connected' && now.session > session) sendAgain();
      },
      onRefused: (error) => keepRefused(message, error, reply),
    };
  }

  function settle(message: HeldMessage): void {
    if (message.isSettling || message.deliveries.length === 0) {
      letGo(message);
      return;
    }
    let sentCount = 0;
    message.isSettling = true;
    completions.add({
      entryId: message.entry.id,
      reply: null,
      changes: [],
      deliveries: () => {
        sentCount = message.deliveries.length;
        return message.deliveries;
      },
      onSettled: () => {
        message.isSettling = false;
        message.deliveries = message.deliveries.slice(sentCount);
        message.trace?.add({ type: 'message.settled', how: 'taken-over' });
        message.trace?.flush();
        settle(message);
      },
      onInDoubt: () => {
        message.isSettling = false;
        message.deliveries = message.deliveries.filter((delivery) => broker.canSettle(delivery));
        settle(message);
      },
      // Nothing that could be refused is sent.
      onRefused: () => Promise.resolve(),
    });
  }

  function letGo(message: HeldMessage): void {
    if (message.isSettling || message.deliveries.length > 0) return;
    if (!message.isParked && !(message.isRunOver && message.replyState === 'decided')) return;
    held.delete(message.entry.id);
    // The end of a taken-over run may not be on the disk yet; its files go when they are pruned.
    if (message.isRunOver && message.custody !== 'ledger') options.files.drop(message.entry.runId);
  }

  function sendAgain(): void {
    const messages = [...unsent];
    unsent.clear();
    for (const message of messages) answer(message, message.reply, []);
  }

  async function keepRefused(message: HeldMessage, error: WirebookError, reply: SavedReply | null): Promise<void> {
    const refused = new WirebookError(
      'ENGINE_REPLY_REFUSED',
      `the reply to message ${message.raw.messageId} was refused: ${error.message}`,
      error,
    );
    log.error(refused.message, { code: refused.code });
    message.trace?.add({ type: 'reply.refused', stepId: null, error: toErrorRecord(refused) });
    await writer.commit([toPoison(message, refused, reply)]);
  }

  function toPoison(message: HeldMessage, error: WirebookError, savedReply: SavedReply | null): LedgerChange {
    return {
      type: 'poisoned',
      entryId: message.entry.id,
      key: message.entry.key,
      raw: toRawMessage(message.raw),
      code: error.code,
      reason: error.message,
      atMs: clock.now(),
      savedReply,
    };
  }

  return { answer, settle, sendAgain, letGo, toPoison };
}

export function toRawMessage(raw: RawTrigger): RawMessage {
  return { headers: raw.headers, body: raw.body };
}
