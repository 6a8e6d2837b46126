import type { WirebookError } from '@wirebook/errors';
import type { BrokerDelivery, SubscribeOptions } from '@wirebook/node-kit';
import { getQueueName } from '@wirebook/soar';
import { toRefusal } from './broker-refusal.ts';
import type { CutMessage } from './frame-splitter.ts';
import type { StompSession } from './stomp-session.ts';

/** A subscription of the engine: one or more STOMP subscriptions that live as long as it does, on one connection after the other. */
export interface BookedSubscription {
  readonly options: SubscribeOptions;
  readonly ids: readonly string[];
  /** ACK ids of the present connection that may still be sent, by subscription id. */
  readonly open: Map<string, Set<string>>;
  isClosed: boolean;
  /** The session in which the broker confirmed it last. */
  confirmedIn: number | null;
}

export type SubscribeOutcome = { readonly kind: 'confirmed' } | { readonly kind: 'refused' | 'lost'; readonly error: WirebookError };

export interface SubscriptionBook {
  add(options: SubscribeOptions): BookedSubscription;
  remove(subscription: BookedSubscription): void;
  list(): readonly BookedSubscription[];
  /** Forgets what was delivered: its connection is gone. */
  forgetDeliveries(): void;
  /** The delivery that a MESSAGE is, noted as open; undefined when nobody waits for it any more. */
  receive(message: CutMessage, session: number): { delivery: BrokerDelivery; subscription: BookedSubscription } | undefined;
  isOpen(delivery: BrokerDelivery): boolean;
  /** Takes the ACK id out: it is being sent. */
  spend(delivery: BrokerDelivery): void;
  /** The ACK did not leave after all. */
  giveBack(delivery: BrokerDelivery): void;
}

export function createSubscriptionBook(): SubscriptionBook {
  const byId = new Map<string, BookedSubscription>();
  const all = new Set<BookedSubscription>();
  let lastNumber = 0;
  const findOpen = (delivery: BrokerDelivery) => byId.get(delivery.subscriptionId)?.open.get(delivery.subscriptionId);
  return {
    add: (options) => {
      lastNumber += 1;
      const number = lastNumber;
      const ids = Array.from({ length: options.subscriptionCount }, (_, index) => `s${number}-${index + 1}`);
      const open = new Map(ids.map((id) => [id, new Set<string>()]));
      const subscription: BookedSubscription = { options, ids, open, isClosed: false, confirmedIn: null };
      all.add(subscription);
      for (const id of ids) byId.set(id, subscription);
      return subscription;
    },
    remove: (subscription) => {
      subscription.isClosed = true;
      all.delete(subscription);
      for (const id of subscription.ids) byId.delete(id);
    },
    list: () => [...all],
    forgetDeliveries: () => {
      for (const subscription of all) for (const acks of subscription.open.values()) acks.clear();
    },
    receive: ({ headers, body, oversizeBytes }, session) => {
      const subscriptionId = headers.subscription ?? '';
      const subscription = byId.get(subscriptionId);
      const messageId = headers['message-id'];
      if (subscription === undefined || messageId === undefined) return undefined;
      subscription.open.get(subscriptionId)?.add(messageId);
      const delivery: BrokerDelivery = {
        session,
        subscriptionId,
        destination: getQueueName(headers.destination ?? subscription.options.destination),
        messageId,
        headers,
        body,
        ...(oversizeBytes === undefined ? {} : { oversizeBytes }),
      };
      return { delivery, subscription };
    },
    isOpen: (delivery) => findOpen(delivery)?.has(delivery.messageId) === true,
    spend: (delivery) => findOpen(delivery)?.delete(delivery.messageId),
    giveBack: (delivery) => findOpen(delivery)?.add(delivery.messageId),
  };
}

/** Sends the SUBSCRIBEs and waits for all their receipts. After a refusal none of them is left. */
export async function subscribeOn(session: StompSession, { options, ids }: BookedSubscription): Promise<SubscribeOutcome> {
  const outcomes = await Promise.all(
    ids.map((id) => {
      const receipt = session.nextId('subscribe');
      const outcome = session.expectReceipt({ receiptId: receipt, frame: `a SUBSCRIBE of ${options.destination}` });
      session.subscribe(options.destination, {
        id,
        receipt,
        ack: 'client-individual',
        'activemq.prefetchSize': String(options.prefetch),
        ...(options.exclusive ? { 'activemq.exclusive': 'true' } : {}),
      });
      return outcome;
    }),
  );
  const lost = outcomes.find((outcome) => outcome.kind === 'lost');
  if (lost?.kind === 'lost') return { kind: 'lost', error: lost.error };
  const refused = outcomes.find((outcome) => outcome.kind === 'refused');
  if (refused?.kind !== 'refused') return { kind: 'confirmed' };
  ids.forEach((id, index) => {
    if (outcomes[index]?.kind === 'received' && session.isOpen) session.unsubscribe(id);
  });
  const what = `The subscription of ${options.destination}`;
  return {
    kind: 'refused',
    error: toRefusal(refused.frame, { what, otherwise: 'SOAR_BROKER_ERROR', details: { destination: options.destination } }),
  };
}
