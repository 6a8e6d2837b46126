import type { BrokerDelivery } from '@wirebook/node-kit';
import type { LedgerEntry, RawMessage, SavedReply } from './ports/ledger.ts';
import type { RawTrigger } from './read-trigger.ts';
import type { RunHandle } from './run.ts';
import type { RunTrace } from './run-trace.ts';

/** A message that the engine has in hand, from its first delivery until it is answered, settled and its run is over. */
export interface HeldMessage {
  readonly entry: LedgerEntry;
  /** Without its bytes while it waits in the spill. */
  raw: RawTrigger;
  /** Deliveries that are not settled, oldest first, without bodies; older connections' ones are worthless and stay only for the count. */
  deliveries: BrokerDelivery[];
  /** broker: unsettled there. ledger: it holds the message in the broker's place. */
  custody: 'broker' | 'ledger';
  /** Taken over before it was answered: its reply leaves from the ledger, and no delivery goes with it. */
  owesReply: boolean;
  /** When it may begin, as an earlier process found; null: nobody did. */
  dueAtMs: number | null;
  /** ACKs of a taken-over message are under way. */
  isSettling: boolean;
  /** It stays in the ledger until there is room for it. */
  isParked: boolean;
  /** The completing reply once it is made. */
  reply: SavedReply | null;
  /** none: not made. under-way: with the completion queue. in-doubt: sent, unconfirmed, waits for a redelivery. decided: done with. */
  replyState: 'none' | 'under-way' | 'in-doubt' | 'decided';
  isRunOver: boolean;
  run: RunHandle | null;
  trace: RunTrace | null;
}

export function createHeldMessage(entry: LedgerEntry, raw: RawTrigger, delivery: BrokerDelivery | null): HeldMessage {
  return {
    entry,
    raw,
    deliveries: delivery === null ? [] : [withoutBody(delivery)],
    custody: entry.takenOver ? 'ledger' : 'broker',
    owesReply: entry.owesReply,
    dueAtMs: entry.dueAtMs,
    isSettling: false,
    isParked: false,
    reply: entry.savedReply,
    replyState: 'none',
    isRunOver: false,
    run: null,
    trace: null,
  };
}

const noBytes = new Uint8Array();

/** What settling needs: the bytes are in `raw`, and those of a redelivery are the same. */
export function withoutBody(delivery: BrokerDelivery): BrokerDelivery {
  return { ...delivery, body: noBytes };
}

/** A message that the ledger holds in the broker's place. */
export function createTakenOverMessage(entry: LedgerEntry & { readonly raw: RawMessage }): HeldMessage {
  const { destination, messageId } = entry.key;
  const message = createHeldMessage(entry, { destination, messageId, ...entry.raw, receivedAtMs: entry.receivedAtMs }, null);
  if (entry.reply === 'saved' || entry.reply === 'in-doubt') message.replyState = 'in-doubt';
  else message.replyState = entry.owesReply && entry.reply === 'none' ? 'none' : 'decided';
  message.isRunOver = entry.run === 'done';
  return message;
}
