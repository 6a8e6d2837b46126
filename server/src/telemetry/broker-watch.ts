import type { BrokerConnection, BrokerSubscription, Clock } from '@wirebook/node-kit';

/** What came from one destination since it was asked for. */
interface WatchedDestination {
  /** Of the message destination, without `actions.ORG.`. */
  readonly name: string;
  readonly isSubscribed: boolean;
  readonly receivedCount: number;
  readonly newestMessageAtMs: number | null;
}

/** Looks at what goes over the connection to the broker, without changing it. */
export interface BrokerWatch {
  readonly connection: BrokerConnection;
  listDestinations(): readonly WatchedDestination[];
  /** ACKs that were handed to the broker. */
  readonly settledCount: number;
}

interface Seen {
  receivedCount: number;
  newestMessageAtMs: number | null;
  subscription: BrokerSubscription | null;
}

export function createBrokerWatch(broker: BrokerConnection, clock: Pick<Clock, 'now'>): BrokerWatch {
  const destinations = new Map<string, Seen>();
  let settledCount = 0;

  function toSeen(destination: string): Seen {
    const known = destinations.get(destination);
    if (known !== undefined) return known;
    const seen: Seen = { receivedCount: 0, newestMessageAtMs: null, subscription: null };
    destinations.set(destination, seen);
    return seen;
  }

  async function forgetWhenRefused<Result>(subscribing: Promise<Result>, destination: string): Promise<Result> {
    try {
      return await subscribing;
    } catch (thrown) {
      destinations.delete(destination);
      throw thrown;
    }
  }

  return {
    connection: {
      connect: () => broker.connect(),
      subscribe: async (options) => {
        const seen = toSeen(options.destination);
        const subscribing = broker.subscribe({
          ...options,
          onDelivery: (delivery) => {
            seen.receivedCount += 1;
            seen.newestMessageAtMs = clock.now();
            options.onDelivery(delivery);
          },
        });
        const subscription = await forgetWhenRefused(subscribing, options.destination);
        seen.subscription = subscription;
        return {
          destination: subscription.destination,
          get openIn() {
            return subscription.openIn;
          },
          close: async () => {
            if (seen.subscription === subscription) destinations.delete(options.destination);
            await subscription.close();
          },
        };
      },
      transact: async (transaction) => {
        await broker.transact(transaction);
        settledCount += transaction.settles.length;
      },
      send: (send) => broker.send(send),
      settle: async (deliveries) => {
        await broker.settle(deliveries);
        settledCount += deliveries.length;
      },
      canSettle: (delivery) => broker.canSettle(delivery),
      getState: () => broker.getState(),
      onState: (listener) => broker.onState(listener),
      close: () => broker.close(),
    },
    listDestinations: () =>
      [...destinations].map(([destination, { receivedCount, newestMessageAtMs, subscription }]) => ({
        name: destination.replace(/^actions\.\d+\./, ''),
        isSubscribed: subscription !== null && subscription.openIn !== null,
        receivedCount,
        newestMessageAtMs,
      })),
    get settledCount() {
      return settledCount;
    },
  };
}
