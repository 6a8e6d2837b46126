import { toWirebookError, WirebookError } from '@wirebook/errors';
import type { BrokerConnection, Clock } from '@wirebook/node-kit';
import { errorReply } from '@wirebook/soar';
import type { EngineLog } from './engine-log.ts';
import { type FoundPoison, findPoisonChoices, type PoisonChoice, type PoisonEntry, type PoisonSource } from './poison-choices.ts';
import type { Ledger } from './ports/ledger.ts';
import { findReplyAddress } from './read-trigger.ts';
import { toSavedReply } from './run-replies.ts';

export interface PoisonDeskOptions {
  readonly ledger: Pick<Ledger, 'write'>;
  readonly source: PoisonSource;
  readonly broker: Pick<BrokerConnection, 'send'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<EngineLog, 'info' | 'warn'>;
  readonly redactText: (text: string) => string;
  /** The engine has the message in hand. */
  readonly isHeld: (entryId: number) => boolean;
  /** Starts what was taken over. */
  readonly resume: () => void;
}

/** Carries out what people decide about messages in the poison tray. */
export interface PoisonDesk {
  /** @throws ENGINE_POISON_UNKNOWN */
  drop(id: number): void;
  /**
   * Sends one error reply, at most once: what became of it is on record before and after.
   *
   * @param text unless given, the reason for which the message lies in the tray.
   * @throws ENGINE_POISON_UNKNOWN, ENGINE_POISON_REFUSED, and what the broker refuses or loses.
   */
  answer(id: number, text?: string | null): Promise<void>;
  /**
   * Takes the message over into the ledger as it came, and starts a further attempt of its run.
   *
   * @throws ENGINE_POISON_UNKNOWN, ENGINE_POISON_REFUSED
   */
  runAgain(id: number): void;
}

export function createPoisonDesk(options: PoisonDeskOptions): PoisonDesk {
  const { ledger, source, broker, clock, log } = options;

  function get(id: number): FoundPoison {
    const found = source.find(id);
    if (found !== null) return found;
    throw new WirebookError('ENGINE_POISON_UNKNOWN', `there is no message ${id} in the poison tray`);
  }

  function judge(found: FoundPoison, pick: 'answer' | 'runAgain'): PoisonEntry {
    const { entry, message } = found;
    const choice: PoisonChoice = findPoisonChoices({ entry, code: message.code, headers: message.raw.headers })[pick];
    if (!choice.isPossible || entry === null) throw refuse(message.id, choice.text);
    if (options.isHeld(entry.id)) throw refuse(message.id, 'The engine has it in hand at this moment.');
    return entry;
  }

  return {
    drop: (id) => {
      const { message } = get(id);
      ledger.write([{ type: 'poison-removed', poisonId: id }]);
      log.info('dropped from the poison tray', { id, messageId: message.key.messageId, code: message.code });
    },
    answer: async (id, text = null) => {
      const found = get(id);
      const entry = judge(found, 'answer');
      const { message } = found;
      const address = findReplyAddress(message.raw.headers);
      if (address === null) throw refuse(id, 'The message names no reply-to.');
      const said = text === null || text.trim() === '' ? `${message.reason} (${message.code})` : text;
      const reply = toSavedReply(address, errorReply(options.redactText(said)));
      ledger.write([{ type: 'poison-reply-begun', entryId: entry.id, reply }]);
      try {
        await broker.send(reply);
      } catch (thrown) {
        const error = toWirebookError(thrown, 'SOAR_BROKER_ERROR');
        // Refused, or never written: it is certain that the platform has nothing.
        const isUnsent = error.code !== 'SOAR_BROKER_CONNECTION_LOST' || error.details?.committed === 'no';
        if (isUnsent) ledger.write([{ type: 'poison-reply-refused', entryId: entry.id }]);
        log.warn(`a message of the poison tray was not answered: ${error.message}`, { id, code: error.code, isInDoubt: !isUnsent });
        throw error;
      }
      ledger.write([
        { type: 'reply-confirmed', entryId: entry.id },
        { type: 'poison-removed', poisonId: id },
      ]);
      log.info('answered a message of the poison tray with an error', { id, messageId: message.key.messageId });
    },
    runAgain: (id) => {
      const found = get(id);
      const entry = judge(found, 'runAgain');
      ledger.write([
        { type: 'poison-reopened', entryId: entry.id, raw: found.message.raw, atMs: clock.now() },
        { type: 'poison-removed', poisonId: id },
      ]);
      log.info('a message of the poison tray runs again', { id, runId: entry.runId });
      options.resume();
    },
  };
}

function refuse(id: number, why: string): WirebookError {
  return new WirebookError('ENGINE_POISON_REFUSED', `message ${id} of the poison tray: ${why}`);
}
