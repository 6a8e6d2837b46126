import type { BrokerSubscription, Clock } from '@wirebook/node-kit';
import type { EngineLog } from './engine-log.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { Ledger } from './ports/ledger.ts';

export interface UndeliveredWatchOptions {
  readonly brokerHost: string;
  readonly ledger: Ledger;
  readonly writer: LedgerWriter;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Time that a subscription has to stand without a break before what it did not deliver counts as settled. */
  readonly afterMs: number;
  readonly isHeld: (entryId: number) => boolean;
}

/**
 * Closes entries whose message the broker settled without this ledger knowing, as after a kill between COMMIT and its record: nothing
 * but a redelivery would end them, and none comes.
 */
export interface UndeliveredWatch {
  /** To be called often; looks only when it is time. */
  look(subscriptions: Iterable<BrokerSubscription>): void;
}

const againAfterMs = 60_000;
const pageLimit = 1000;

export function createUndeliveredWatch(options: UndeliveredWatchOptions): UndeliveredWatch {
  const { ledger, writer, clock, log, brokerHost } = options;
  /** By subscription: since when it stands in this session, and when it is to be looked at. */
  const standing = new WeakMap<BrokerSubscription, { readonly session: number; dueMs: number }>();

  function lookAt(subscription: BrokerSubscription): void {
    const session = subscription.openIn;
    const known = standing.get(subscription);
    if (session === null) {
      standing.delete(subscription);
      return;
    }
    if (known?.session !== session) {
      standing.set(subscription, { session, dueMs: clock.monotonicMs() + options.afterMs });
      return;
    }
    if (clock.monotonicMs() < known.dueMs) return;
    known.dueMs = clock.monotonicMs() + againAfterMs;
    closeUndelivered(subscription.destination);
  }

  function closeUndelivered(destination: string): void {
    // Confirmations that wait to be written would look like missing ones.
    writer.flush();
    let count = 0;
    for (let afterId = 0, page: readonly number[] = []; ; ) {
      page = ledger.listUndelivered({ brokerHost, destination, afterId, limit: pageLimit });
      const missing = page.filter((entryId) => !options.isHeld(entryId));
      if (missing.length > 0) ledger.write(missing.map((entryId) => ({ type: 'presumed-settled', entryId, atMs: clock.now() })));
      count += missing.length;
      const last = page.at(-1);
      if (last === undefined || page.length < pageLimit) break;
      afterId = last;
    }
    if (count > 0) log.info('messages that the broker no longer delivers count as settled', { destination, count });
  }

  return {
    look: (subscriptions) => {
      for (const subscription of subscriptions) lookAt(subscription);
    },
  };
}
