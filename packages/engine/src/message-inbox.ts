import { WirebookError } from '@wirebook/errors';
import type { BrokerDelivery, Clock, IdSource } from '@wirebook/node-kit';
import type { Ledger, LedgerEntry } from './ports/ledger.ts';

export interface MessageInboxOptions {
  readonly brokerHost: string;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** For negative controls only: without it every delivery is a new message. */
  readonly isLedgerConsulted: boolean;
  readonly onRecorded: (entry: LedgerEntry, delivery: BrokerDelivery) => void;
}

/** All that arrives in one tick is put on record in one commit. */
export interface MessageInbox {
  put(delivery: BrokerDelivery): void;
  /** Leaves to the broker what is not on record yet. */
  clear(): void;
}

export function createMessageInbox(options: MessageInboxOptions): MessageInbox {
  const { ledger, clock, ids } = options;
  let inbox: BrokerDelivery[] = [];

  function recordAll(): void {
    const batch = inbox;
    inbox = [];
    if (batch.length === 0) return;
    const receivedAtMs = clock.now();
    const entries = ledger.receive(
      batch.map(({ destination, messageId }) => ({
        key: {
          brokerHost: options.brokerHost,
          destination,
          messageId: options.isLedgerConsulted ? messageId : `${messageId}#${ids.nextId()}`,
        },
        runId: ids.nextId(),
        receivedAtMs,
      })),
    );
    batch.forEach((delivery, index) => {
      const entry = entries[index];
      if (entry === undefined) throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'the ledger gave fewer entries than messages');
      options.onRecorded(entry, delivery);
    });
  }

  return {
    put: (delivery) => {
      inbox.push(delivery);
      if (inbox.length === 1) setImmediate(recordAll);
    },
    clear: () => {
      inbox = [];
    },
  };
}
