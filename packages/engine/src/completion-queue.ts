import { toWirebookError, type WirebookError } from '@wirebook/errors';
import type { BrokerConnection, BrokerDelivery, BrokerSend } from '@wirebook/node-kit';
import type { LedgerWriter } from './ledger-writer.ts';
import type { LedgerChange, SavedReply } from './ports/ledger.ts';

/** transaction: exactly one completing reply. reply-then-settle: at least one, repeats byte-identical. */
export type CompletionPolicy = 'transaction' | 'reply-then-settle';

/** A message that is to be answered and settled, or only one of them. */
export interface CompletionItem {
  readonly entryId: number;
  /** Null when the message gets no completing reply, or has it. */
  readonly reply: SavedReply | null;
  /** On record together with the reply, in the same commit. */
  readonly changes: readonly LedgerChange[];
  /** The ledger holds the message: the reply leaves without an ACK. */
  readonly isOwed?: boolean;
  /** Deliveries of the message that are not settled; read when the item leaves, because a redelivery may have come. */
  readonly deliveries: () => readonly BrokerDelivery[];
  readonly onSettled: (how: 'with-reply' | 'without-reply') => void;
  /** The connection went before the broker confirmed: the message comes again and its record decides. */
  readonly onInDoubt: (what: 'reply' | 'settling') => void;
  /** The broker refused the reply this often as `attempts` says; the message is settled without it. */
  readonly onRefused: (error: WirebookError) => Promise<void>;
}

export interface CompletionQueueOptions {
  readonly broker: BrokerConnection;
  readonly ledger: LedgerWriter;
  readonly policy: CompletionPolicy;
  readonly now: () => number;
  /** Something broke that no message owns. */
  readonly onFailure: (error: unknown) => void;
}

export interface CompletionQueue {
  add(item: CompletionItem): void;
  /** Items added and not yet decided. */
  readonly size: number;
}

/** While one transaction is being confirmed the next gathers: more at a time make the broker write its journal more often. */
const maxTransactionsUnderWay = 1;
/** A window holds no more than this, so that one refused reply makes few others wait. */
const maxItemsInWindow = 100;
const refusalsBeforePoison = 3;

/** Gathers what completes in one short window, puts it on record in one commit and sends it in one transaction. */
export function createCompletionQueue(options: CompletionQueueOptions): CompletionQueue {
  const { broker, ledger, policy } = options;
  let waiting: CompletionItem[] = [];
  let undecidedCount = 0;
  let underWayCount = 0;
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled || waiting.length === 0 || underWayCount >= maxTransactionsUnderWay) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      const window = waiting.slice(0, maxItemsInWindow);
      waiting = waiting.slice(maxItemsInWindow);
      underWayCount += 1;
      sendWindow(window)
        .catch(options.onFailure)
        .finally(() => {
          underWayCount -= 1;
          schedule();
        });
      schedule();
    });
  }

  async function sendWindow(window: readonly CompletionItem[]): Promise<void> {
    const changes = window.flatMap((item) => item.changes);
    if (changes.length > 0) await ledger.commit(changes);
    const ready: CompletionItem[] = [];
    for (const item of window) {
      if (canLeave(item)) ready.push(item);
      else doubt(item, 'reply');
    }
    if (ready.length > 0) await deliver(ready);
  }

  async function deliver(items: readonly CompletionItem[]): Promise<void> {
    if (policy === 'reply-then-settle') {
      // Each reply has a receipt of its own: what becomes of one says nothing about another.
      await Promise.all(items.map((item) => deliverAlone(item, 0)));
      return;
    }
    try {
      await sendTogether(items);
    } catch (thrown) {
      if (isConnectionLost(toBrokerError(thrown))) for (const item of items) doubt(item, 'reply');
      else await deliverSingly(items);
      return;
    }
    for (const item of items) confirm(item);
  }

  /** After a refused batch each reply goes alone, so that one that cannot be delivered holds up no other. */
  async function deliverSingly(items: readonly CompletionItem[]): Promise<void> {
    const firstRefusal = items.length === 1 ? 1 : 0;
    for (const item of items) await deliverAlone(item, firstRefusal);
  }

  async function deliverAlone(item: CompletionItem, refusedBefore: number): Promise<void> {
    let isReplyConfirmed = item.reply === null;
    for (let refusals = refusedBefore + 1; ; refusals += 1) {
      if (!canLeave(item)) {
        doubt(item, isReplyConfirmed ? 'settling' : 'reply');
        return;
      }
      try {
        if (policy === 'transaction') await sendTogether([item]);
        else {
          if (item.reply !== null && !isReplyConfirmed) {
            await broker.send(item.reply);
            ledger.later({ type: 'reply-confirmed', entryId: item.entryId });
          }
          isReplyConfirmed = true;
          await settleOpen([item]);
        }
      } catch (thrown) {
        const error = toBrokerError(thrown);
        if (!isConnectionLost(error) && refusals < refusalsBeforePoison) continue;
        if (isConnectionLost(error)) doubt(item, isReplyConfirmed ? 'settling' : 'reply');
        else await settleUnanswered(item, error);
        return;
      }
      confirm(item);
      return;
    }
  }

  /** The reply is refused for good: it is kept before the broker lets go of its message. */
  async function settleUnanswered(item: CompletionItem, refusal: WirebookError): Promise<void> {
    await item.onRefused(refusal);
    if (!canLeave(item)) {
      doubt(item, 'reply');
      return;
    }
    try {
      await settleOpen([item]);
    } catch (thrown) {
      const error = toBrokerError(thrown);
      if (!isConnectionLost(error)) throw error;
      doubt(item, 'reply');
      return;
    }
    ledger.later({ type: 'settled', entryId: item.entryId, atMs: options.now() });
    decide(() => item.onSettled('without-reply'));
  }

  async function sendTogether(items: readonly CompletionItem[]): Promise<void> {
    const sends = items.flatMap((item): BrokerSend[] => (item.reply === null ? [] : [item.reply]));
    if (sends.length === 0) await settleOpen(items);
    else await broker.transact({ sends, settles: items.flatMap(findOpen) });
  }

  async function settleOpen(items: readonly CompletionItem[]): Promise<void> {
    const settles = items.flatMap(findOpen);
    if (settles.length > 0) await broker.settle(settles);
  }

  /** Without an open delivery the message comes again, unless it is the ledger's. */
  function canLeave(item: CompletionItem): boolean {
    return item.isOwed === true || findOpen(item).length > 0;
  }

  function findOpen(item: CompletionItem): BrokerDelivery[] {
    return item.deliveries().filter((delivery) => broker.canSettle(delivery));
  }

  function confirm(item: CompletionItem): void {
    ledger.later({ type: item.reply === null ? 'settled' : 'answered', entryId: item.entryId, atMs: options.now() });
    decide(() => item.onSettled(item.reply === null ? 'without-reply' : 'with-reply'));
  }

  function decide(announce: () => void): void {
    undecidedCount -= 1;
    announce();
  }

  /** The broker may have it or not: whether it delivers the message again tells. */
  function doubt(item: CompletionItem, what: 'reply' | 'settling'): void {
    const isReplyInDoubt = what === 'reply' && item.reply !== null;
    if (isReplyInDoubt) ledger.later({ type: 'reply-in-doubt', entryId: item.entryId });
    decide(() => item.onInDoubt(isReplyInDoubt ? 'reply' : 'settling'));
  }

  return {
    add: (item) => {
      undecidedCount += 1;
      waiting.push(item);
      schedule();
    },
    get size() {
      return undecidedCount;
    },
  };
}

function toBrokerError(thrown: unknown): WirebookError {
  return toWirebookError(thrown, 'SOAR_BROKER_ERROR');
}

function isConnectionLost(error: WirebookError): boolean {
  return error.code === 'SOAR_BROKER_CONNECTION_LOST';
}
