import type { BrokerConnection, BrokerDelivery, BrokerSubscription, Clock } from '@wirebook/node-kit';
import type { EngineLog } from './engine-log.ts';

export interface JoinedQueuesOptions {
  readonly broker: BrokerConnection;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Messages in flight a subscription. */
  readonly prefetch: number;
  /** Subscriptions a queue. */
  readonly subscriptionCount: number;
  readonly exclusive: boolean;
  readonly onDelivery: (delivery: BrokerDelivery) => void;
  /** Deliveries of this queue are left to the broker from now on. */
  readonly stopTakingFrom: (queue: string) => void;
  readonly takeAgainFrom: (queue: string) => void;
  /** Messages of this queue in hand that the broker still has. */
  readonly countFor: (queue: string) => number;
}

/** The queues of the platform that the engine consumes, by the name under which people know them. */
export interface JoinedQueues {
  /** All or none: a queue that is refused takes the others of its call with it. @throws SOAR_BROKER_NOT_AUTHORIZED */
  join(wanted: ReadonlyMap<string, string>): Promise<void>;
  /** What is in hand of a queue is finished first: an ACK after UNSUBSCRIBE would do nothing. */
  leave(name: string): Promise<void>;
  names(): readonly string[];
  subscriptions(): Iterable<BrokerSubscription>;
  /** Queues that are being left, and the messages of them that are still in hand. */
  draining(): readonly { readonly destination: string; readonly inHand: number }[];
  closeAll(): Promise<void>;
}

const drainPollMs = 10;

export function createJoinedQueues(options: JoinedQueuesOptions): JoinedQueues {
  const { broker, clock, log } = options;
  const subscriptions = new Map<string, BrokerSubscription>();
  /** Queues by their names. */
  const draining = new Map<string, string>();

  async function joinOne(name: string, destination: string): Promise<void> {
    options.takeAgainFrom(destination);
    const { prefetch, subscriptionCount, exclusive, onDelivery } = options;
    const subscription = await broker.subscribe({ destination, prefetch, subscriptionCount, exclusive, onDelivery });
    subscriptions.set(name, subscription);
    log.info('subscribed', { destination });
  }

  async function leave(name: string): Promise<void> {
    const subscription = subscriptions.get(name);
    if (subscription === undefined) return;
    const { destination } = subscription;
    subscriptions.delete(name);
    options.stopTakingFrom(destination);
    draining.set(name, destination);
    try {
      while (options.countFor(destination) > 0) await clock.sleep(drainPollMs);
      await subscription.close();
    } finally {
      draining.delete(name);
    }
    log.info('left', { destination });
  }

  return {
    join: async (wanted) => {
      const joining = [...wanted].filter(([name]) => !subscriptions.has(name));
      const joined = await Promise.allSettled(joining.map(([name, queue]) => joinOne(name, queue)));
      const refused = joined.find((result) => result.status === 'rejected');
      if (refused === undefined) return;
      await Promise.all(joining.map(([name]) => leave(name)));
      throw refused.reason;
    },
    leave,
    names: () => [...subscriptions.keys()],
    subscriptions: () => subscriptions.values(),
    draining: () => [...draining].map(([name, queue]) => ({ destination: name, inHand: options.countFor(queue) })),
    closeAll: async () => {
      await Promise.all([...subscriptions.values()].map((subscription) => subscription.close()));
      subscriptions.clear();
    },
  };
}
