import { toWirebookError } from '@wirebook/errors';
import type { Trigger } from '@wirebook/node-kit';
import type { EngineLog } from './engine-log.ts';
import type { HeldMessage } from './held-message.ts';
import type { MessageSpill } from './ports/message-spill.ts';
import { type DecodedTrigger, readTrigger } from './read-trigger.ts';

/** What was read of a message. */
export interface MessageReading {
  readonly decoded: DecodedTrigger;
  readonly trigger: Trigger;
}

/** A message on its way to its run. */
export interface WaitingMessage {
  readonly message: HeldMessage;
  readonly sizeBytes: number;
  /** Null while the bytes are in the spill or in the ledger: it is read again with them. */
  reading: MessageReading | null;
  readonly ruleName: string | null;
  place: 'not-waiting' | 'memory' | 'spill' | 'ledger' | 'left';
}

/** Counted are the raw bytes of bodies; read, a body takes several times as much. */
export interface WaitingCounts {
  readonly memoryBytes: number;
  readonly spilledMessages: number;
  readonly spilledBytes: number;
  /** Messages spilled since the start, the present ones included. */
  readonly spilledInAll: number;
}

export interface WaitingMessagesOptions {
  readonly spill: MessageSpill;
  /** Bytes of a message that the ledger holds. */
  readonly readTakenOver: (entryId: number) => Uint8Array;
  /** Raw bytes of waiting messages that stay in memory. */
  readonly memoryLimitBytes: number;
  readonly log: EngineLog;
}

/** Keeps messages that wait for a place to run in, beyond a budget outside memory. */
export interface WaitingMessages {
  add(message: HeldMessage, reading: MessageReading): WaitingMessage;
  /** It did not begin at once. */
  wait(waiting: WaitingMessage): void;
  /**
   * It begins now, with its bytes in the message again.
   *
   * @throws STORE_FAILED when they cannot be read back.
   */
  take(waiting: WaitingMessage): MessageReading;
  /** It does not begin. */
  drop(waiting: WaitingMessage): void;
  /** None of them begins. */
  clear(): void;
  counts(): WaitingCounts;
}

const noBytes = new Uint8Array();

export function createWaitingMessages({ spill, readTakenOver, memoryLimitBytes, log }: WaitingMessagesOptions): WaitingMessages {
  const inMemory = new Set<WaitingMessage>();
  const inSpill = new Set<WaitingMessage>();
  let memoryBytes = 0;
  let spilledBytes = 0;
  let spilledInAll = 0;

  function trySpill({ message }: WaitingMessage): boolean {
    try {
      spill.write(message.entry.id, message.raw.body);
      return true;
    } catch (thrown) {
      // Too much memory is better than a message that is not run.
      const { message: reason, code } = toWirebookError(thrown, 'STORE_FAILED');
      log.warn(`a waiting message stays in memory: ${reason}`, { code });
      return false;
    }
  }

  function leave(waiting: WaitingMessage): void {
    if (inMemory.delete(waiting)) memoryBytes -= waiting.sizeBytes;
    if (inSpill.delete(waiting)) {
      spilledBytes -= waiting.sizeBytes;
      spill.remove(waiting.message.entry.id);
    }
    waiting.place = 'left';
  }

  return {
    add: (message, reading) => ({
      message,
      sizeBytes: message.raw.body.length,
      reading,
      ruleName: reading.trigger.ruleName,
      place: 'not-waiting',
    }),
    wait: (waiting) => {
      if (waiting.place !== 'not-waiting') return;
      const { message, sizeBytes } = waiting;
      const isInLedger = message.custody === 'ledger';
      if (memoryBytes + sizeBytes <= memoryLimitBytes || (!isInLedger && !trySpill(waiting))) {
        waiting.place = 'memory';
        inMemory.add(waiting);
        memoryBytes += sizeBytes;
        return;
      }
      waiting.place = isInLedger ? 'ledger' : 'spill';
      waiting.reading = null;
      message.raw = { ...message.raw, body: noBytes };
      if (isInLedger) return;
      inSpill.add(waiting);
      spilledBytes += sizeBytes;
      spilledInAll += 1;
    },
    take: (waiting) => {
      const { message, ruleName } = waiting;
      if (waiting.place === 'spill') message.raw = { ...message.raw, body: spill.read(message.entry.id) };
      if (waiting.place === 'ledger') message.raw = { ...message.raw, body: readTakenOver(message.entry.id) };
      leave(waiting);
      if (waiting.reading !== null) return waiting.reading;
      const decoded = readTrigger(message.raw);
      return { decoded, trigger: { ...decoded.trigger, ruleName } };
    },
    drop: leave,
    clear: () => {
      for (const waiting of [...inMemory, ...inSpill]) leave(waiting);
    },
    counts: () => ({ memoryBytes, spilledMessages: inSpill.size, spilledBytes, spilledInAll }),
  };
}
