import { toErrorRecord, WirebookError } from '@wirebook/errors';
import type { BrokerConnection, Clock } from '@wirebook/node-kit';
import type { CompletionQueue } from './completion-queue.ts';
import type { EngineLog } from './engine-log.ts';
import type { HeldMessage } from './held-message.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { LedgerChange, RawMessage, SavedReply } from './ports/ledger.ts';
import type { RawTrigger } from './read-trigger.ts';

export interface MessageAnswersOptions {
  readonly broker: BrokerConnection;
  readonly writer: LedgerWriter;
  readonly completions: CompletionQueue;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Messages in hand by ledger entry; one that is answered, settled and whose run is over is taken out. */
  readonly held: Map<number, HeldMessage>;
}

/** Answers and settles messages through the completion queue. */
export interface MessageAnswers {
  /** Hands reply and ACK to the completion queue; a null reply: only the ACK. */
  answer(message: HeldMessage, reply: SavedReply | null, changes: readonly LedgerChange[]): void;
  toPoison(message: HeldMessage, error: WirebookError, savedReply: SavedReply | null): LedgerChange;
}

export function createMessageAnswers(options: MessageAnswersOptions): MessageAnswers {
  const { broker, writer, completions, clock, log, held } = options;

  function answer(message: HeldMessage, reply: SavedReply | null, changes: readonly LedgerChange[]): void {
    let sentCount = 0;
    if (reply !== null) message.reply = reply;
    message.replyState = 'under-way';
    completions.add({
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
        else if (message.isRunOver) held.delete(message.entry.id);
      },
      onInDoubt: (what) => {
        message.replyState = what === 'reply' ? 'in-doubt' : 'decided';
        message.trace?.flush();
        const again = message.deliveries.filter((delivery) => broker.canSettle(delivery));
        message.deliveries = again;
        if (again.length > 0) answer(message, what === 'reply' ? reply : null, []);
        else if (message.isRunOver) held.delete(message.entry.id);
      },
      onRefused: async (error) => {
        const refused = new WirebookError(
          'ENGINE_REPLY_REFUSED',
          `the reply to message ${message.raw.messageId} was refused: ${error.message}`,
          error,
        );
        log.error(refused.message, { code: refused.code });
        message.trace?.add({ type: 'reply.refused', stepId: null, error: toErrorRecord(refused) });
        await writer.commit([toPoison(message, refused, reply)]);
      },
    });
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

  return { answer, toPoison };
}

export function toRawMessage(raw: RawTrigger): RawMessage {
  return { headers: raw.headers, body: raw.body };
}
