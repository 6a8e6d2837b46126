import { WirebookError } from '@wirebook/errors';
import type { BrokerConnection, BrokerDelivery, BrokerSend, ConnectionState, SubscribeOptions } from '@wirebook/node-kit';

/** A message as the platform puts it on a queue. */
interface FakeMessage {
  readonly destination: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly oversizeBytes?: number;
}

/** What a broker does to one message, as far as the engine can tell; transactions are atomic, a lost connection redelivers. */
export interface FakeBroker extends BrokerConnection {
  put(message: FakeMessage): void;
  /** Completed sends in order, those of committed transactions included. */
  readonly sent: readonly BrokerSend[];
  readonly settledIds: readonly string[];
  /** Messages settled in each committed transaction. */
  readonly transactionSizes: readonly number[];
  /** Messages neither settled nor in flight. */
  countReady(): number;
  countInFlight(): number;
  /** The connection goes and comes back: what is unsettled is delivered again with a new ack id. */
  reconnect(): void;
  /** The connection goes and does not come back before {@link reconnect}. */
  disconnect(): void;
  /** The next transactions or sends are taken by the broker, and the connection goes before the receipt. */
  loseReceipts(count: number): void;
  /** The connection goes before the broker takes the next transactions or sends. */
  loseFrames(count: number): void;
  /** The connection goes in place of the next ACKs outside a transaction. */
  loseSettles(count: number): void;
  refuseSendsTo(destination: string): void;
  allowSendsTo(destination: string): void;
  refuseSubscriptionsTo(destination: string): void;
  /** Subscriptions to this destination are not confirmed before the function that it gives is called. */
  holdSubscriptionsTo(destination: string): () => void;
  /** The same message again, by another subscription of the connection, while the first is not settled. */
  duplicate(messageId: string): void;
  /** Nothing is delivered any more, as for an engine that was killed. */
  freeze(): void;
  /** What the broker still holds, in its order: what was in flight comes first. */
  takeUnsettled(): readonly FakeMessage[];
}

export function createFakeBroker(): FakeBroker {
  const ready: FakeMessage[] = [];
  const inFlight = new Map<string, FakeMessage>();
  const subscriptions = new Map<string, SubscribeOptions>();
  const sent: BrokerSend[] = [];
  const settledIds: string[] = [];
  const transactionSizes: number[] = [];
  const refused = new Set<string>();
  const unreadable = new Set<string>();
  const slow = new Map<string, Promise<void>>();
  const listeners = new Set<(state: ConnectionState) => void>();
  let session = 1;
  let lostReceipts = 0;
  let lostFrames = 0;
  let lostSettles = 0;
  let isFrozen = false;
  let isConnected = true;

  function getState(): ConnectionState {
    return { status: isConnected ? 'connected' : 'disconnected', code: null, reason: null, session };
  }

  function pump(): void {
    if (isFrozen || !isConnected) return;
    for (const options of subscriptions.values()) {
      const capacity = options.prefetch * options.subscriptionCount;
      while (countFor(options.destination) < capacity) {
        const index = ready.findIndex((message) => message.destination === options.destination);
        if (index < 0) break;
        const [message] = ready.splice(index, 1);
        if (message !== undefined) deliver(message, options);
      }
    }
  }

  function countFor(destination: string): number {
    return [...inFlight.values()].filter((message) => message.destination === destination).length;
  }

  function deliver(message: FakeMessage, options: SubscribeOptions, subscriptionId = message.destination): void {
    const delivery: BrokerDelivery = { ...message, session, subscriptionId };
    inFlight.set(toKey(delivery), message);
    setImmediate(() => {
      if (!isFrozen && delivery.session === session) options.onDelivery(delivery);
    });
  }

  function tellState(): void {
    for (const listener of [...listeners]) listener(getState());
  }

  function reconnect(): void {
    isConnected = true;
    const again = [...inFlight.values()];
    inFlight.clear();
    session += 1;
    const seen = new Set<string>();
    ready.unshift(...again.filter(({ messageId }) => !seen.has(messageId) && seen.add(messageId)));
    tellState();
    pump();
  }

  function settleOne(delivery: BrokerDelivery): void {
    if (!inFlight.delete(toKey(delivery))) return;
    settledIds.push(delivery.messageId);
  }

  /** Frames reach the broker in a later turn, as over a network. */
  async function exchange(sends: readonly BrokerSend[], apply: () => void): Promise<void> {
    const startedIn = session;
    await new Promise((resolve) => setImmediate(resolve));
    if (isFrozen) await new Promise(() => undefined);
    if (startedIn !== session || !isConnected) throw lost();
    if (lostFrames > 0) {
      lostFrames -= 1;
      reconnect();
      throw lost();
    }
    const bad = sends.find(({ destination }) => refused.has(destination));
    if (bad !== undefined) throw new WirebookError('SOAR_BROKER_NOT_AUTHORIZED', `not authorized to write to: queue://${bad.destination}`);
    apply();
    if (lostReceipts > 0) {
      lostReceipts -= 1;
      reconnect();
      throw lost();
    }
    pump();
  }

  return {
    connect: async () => undefined,
    subscribe: async (options) => {
      if (unreadable.has(options.destination)) {
        throw new WirebookError('SOAR_BROKER_NOT_AUTHORIZED', `not authorized to read from: queue://${options.destination}`);
      }
      await slow.get(options.destination);
      subscriptions.set(options.destination, options);
      pump();
      return {
        destination: options.destination,
        get openIn() {
          return subscriptions.has(options.destination) ? session : null;
        },
        close: async () => {
          subscriptions.delete(options.destination);
        },
      };
    },
    transact: ({ sends, settles }) =>
      exchange(sends, () => {
        sent.push(...sends);
        transactionSizes.push(settles.length);
        settles.forEach(settleOne);
      }),
    send: (send) => exchange([send], () => sent.push(send)),
    settle: async (deliveries) => {
      if (isFrozen) return;
      if (lostSettles > 0) {
        lostSettles -= 1;
        reconnect();
        throw lost();
      }
      deliveries.forEach(settleOne);
      pump();
    },
    canSettle: (delivery) => isConnected && delivery.session === session,
    getState,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => undefined,
    put: (message) => {
      ready.push(message);
      pump();
    },
    sent,
    settledIds,
    transactionSizes,
    countReady: () => ready.length,
    countInFlight: () => inFlight.size,
    reconnect,
    disconnect: () => {
      isConnected = false;
      tellState();
    },
    loseReceipts: (count) => {
      lostReceipts = count;
    },
    loseFrames: (count) => {
      lostFrames = count;
    },
    loseSettles: (count) => {
      lostSettles = count;
    },
    refuseSendsTo: (destination) => refused.add(destination),
    allowSendsTo: (destination) => void refused.delete(destination),
    refuseSubscriptionsTo: (destination) => unreadable.add(destination),
    holdSubscriptionsTo: (destination) => {
      let letGo: () => void = () => undefined;
      slow.set(destination, new Promise<void>((resolve) => (letGo = resolve)));
      return () => letGo();
    },
    duplicate: (messageId) => {
      const message = [...inFlight.values()].find((flying) => flying.messageId === messageId);
      const options = message === undefined ? undefined : subscriptions.get(message.destination);
      if (message !== undefined && options !== undefined) deliver(message, options, `${message.destination}, another one`);
    },
    freeze: () => {
      isFrozen = true;
    },
    takeUnsettled: () => {
      const flying = new Map([...inFlight.values()].map((message) => [message.messageId, message]));
      return [...flying.values(), ...ready];
    },
  };
}

/** What an ACK names. */
function toKey({ session, subscriptionId, messageId }: BrokerDelivery): string {
  return JSON.stringify([session, subscriptionId, messageId]);
}

function lost(): WirebookError {
  return new WirebookError('SOAR_BROKER_CONNECTION_LOST', 'the connection went before the broker answered');
}
