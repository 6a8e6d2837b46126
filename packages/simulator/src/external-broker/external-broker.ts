import { Client, type IFrame, type IMessage, ReconnectionTimeMode, type StompSubscription, Versions } from '@stomp/stompjs';
import { WirebookError } from '@wirebook/errors';
import type { BrokerConsumer, BrokerMessage, BrokerPort, OutgoingMessage } from '../broker/broker-port.ts';
import type { Clock } from '../clock.ts';
import { parseBrokerAddress } from './broker-address.ts';
import { openStompSocket } from './stomp-socket.ts';

export interface ExternalBrokerOptions {
  /** `stomp+ssl://host:port`, or `stomp://host:port` without TLS. */
  readonly url: string;
  readonly login: string;
  readonly passcode: string;
  /** CA certificates in PEM; the system's when absent. */
  readonly ca?: string | undefined;
  readonly clock: Clock;
  /** How long the first connection may take; 30 s unless given. */
  readonly connectTimeoutMs?: number | undefined;
  /** First wait before a new connection, doubled each time up to 2 s; 250 ms unless given. */
  readonly reconnectDelayMs?: number | undefined;
  /** A receipt that takes longer is taken for a lost connection; 30 s unless given. */
  readonly receiptTimeoutMs?: number | undefined;
  /** Hears of lost connections, errors of the broker and what a handler of `consume` threw. */
  readonly onProblem: (error: WirebookError) => void;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: WirebookError) => void;
}

interface PendingPublish extends Waiter {
  readonly message: OutgoingMessage;
}

interface SentPublish {
  readonly pending: PendingPublish;
  readonly sentAtMs: number;
}

interface OpenConsumer {
  readonly id: string;
  readonly destination: string;
  readonly onMessage: (message: BrokerMessage) => void;
  subscription: StompSubscription | undefined;
  /** Until the broker has confirmed the first SUBSCRIBE. */
  waiter: Waiter | undefined;
}

const CONNECT_TIMEOUT_MS = 30_000;
const RECONNECT_DELAY_MS = 250;
const MAX_RECONNECT_DELAY_MS = 2000;
const RECEIPT_TIMEOUT_MS = 30_000;
const HEART_BEAT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2000;
const MAX_UNCONFIRMED = 500;
const PREFETCH = 100;

/**
 * A real broker in the embedded one's place. A connection that is lost is opened again for ever, subscriptions are made
 * again and messages without a receipt are sent again: nothing is lost, and what the broker had taken just before is
 * there twice, under another message-id. Messages that the broker delivers again reach the handler again.
 *
 * @throws WirebookError CONFIG_OPTION_INVALID for an address that is none, SIMULATOR_BROKER_UNREACHABLE when the first
 *   connection fails until the time is up, SIMULATOR_BROKER_REFUSED for a login that is refused.
 */
export async function createExternalBroker(options: ExternalBrokerOptions): Promise<BrokerPort> {
  const { url, clock } = options;
  const address = parseBrokerAddress(url);
  let waiting: PendingPublish[] = [];
  const unconfirmed = new Map<string, SentPublish>();
  const subscribing = new Map<string, OpenConsumer>();
  const consumers = new Set<OpenConsumer>();
  let receiptCount = 0;
  let consumerCount = 0;
  let isClosed = false;
  let lastProblem: unknown;
  const receiptTimeoutMs = options.receiptTimeoutMs ?? RECEIPT_TIMEOUT_MS;
  let receiptTimer: { cancel(): void } | undefined;
  let firstConnection: Waiter | undefined;

  const client = new Client({
    webSocketFactory: () => openStompSocket(address, options.ca),
    connectHeaders: { login: options.login, passcode: options.passcode, host: address.host },
    stompVersions: new Versions([Versions.V1_2]),
    heartbeatIncoming: HEART_BEAT_MS,
    heartbeatOutgoing: HEART_BEAT_MS,
    reconnectDelay: options.reconnectDelayMs ?? RECONNECT_DELAY_MS,
    maxReconnectDelay: MAX_RECONNECT_DELAY_MS,
    reconnectTimeMode: ReconnectionTimeMode.EXPONENTIAL,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    discardWebsocketOnCommFailure: true,
    onConnect,
    onStompError,
    onUnhandledReceipt,
    onWebSocketClose,
    onWebSocketError(error) {
      lastProblem = error;
    },
  });

  function nextReceipt(): string {
    receiptCount += 1;
    return `r${receiptCount}`;
  }

  function onConnect(): void {
    for (const consumer of consumers) subscribe(consumer);
    sendWaiting();
    firstConnection?.resolve();
  }

  function onWebSocketClose(): void {
    waiting = [...unpublished()];
    unconfirmed.clear();
    subscribing.clear();
    if (isClosed || firstConnection !== undefined) return;
    options.onProblem(new WirebookError('SIMULATOR_BROKER_UNREACHABLE', `no connection to ${url}; it is tried again`, lastProblem));
  }

  function onUnhandledReceipt(frame: IFrame): void {
    const receipt = frame.headers['receipt-id'] ?? '';
    unconfirmed.get(receipt)?.pending.resolve();
    unconfirmed.delete(receipt);
    settleSubscribing(receipt)?.resolve();
    sendWaiting();
  }

  function settleSubscribing(receipt: string): Waiter | undefined {
    const consumer = subscribing.get(receipt);
    subscribing.delete(receipt);
    const waiter = consumer?.waiter;
    if (consumer !== undefined) consumer.waiter = undefined;
    return waiter;
  }

  function onStompError(frame: IFrame): void {
    const receipt = frame.headers['receipt-id'] ?? '';
    const error = new WirebookError('SIMULATOR_BROKER_REFUSED', `${url} answers: ${frame.headers.message ?? 'an error without text'}`);
    lastProblem = error;
    const waiter = unconfirmed.get(receipt)?.pending ?? settleSubscribing(receipt) ?? firstConnection;
    unconfirmed.delete(receipt);
    if (waiter === undefined) options.onProblem(error);
    else waiter.reject(error);
    sendWaiting();
  }

  function sendWaiting(): void {
    while (client.connected && unconfirmed.size < MAX_UNCONFIRMED) {
      const pending = waiting.shift();
      if (pending === undefined) return;
      const receipt = nextReceipt();
      unconfirmed.set(receipt, { pending, sentAtMs: clock.now() });
      const { destination, headers, body } = pending.message;
      client.publish({
        destination: `/queue/${destination}`,
        headers: { ...headers, persistent: 'true', receipt },
        binaryBody: body,
      });
      watchReceipts();
    }
  }

  function unpublished(): readonly PendingPublish[] {
    return [...[...unconfirmed.values()].map(({ pending }) => pending), ...waiting];
  }

  function watchReceipts(): void {
    receiptTimer ??= clock.startTimer(receiptTimeoutMs, () => {
      receiptTimer = undefined;
      const [oldest] = unconfirmed.values();
      if (oldest === undefined) return;
      if (clock.now() - oldest.sentAtMs >= receiptTimeoutMs) client.forceDisconnect();
      else watchReceipts();
    });
  }

  function subscribe(consumer: OpenConsumer): void {
    const receipt = nextReceipt();
    subscribing.set(receipt, consumer);
    consumer.subscription = client.subscribe(`/queue/${consumer.destination}`, (message) => deliver(consumer, message), {
      id: consumer.id,
      ack: 'client-individual',
      'activemq.prefetchSize': String(PREFETCH),
      receipt,
    });
  }

  function deliver(consumer: OpenConsumer, message: IMessage): void {
    try {
      consumer.onMessage({
        destination: (message.headers.destination ?? '').replace(/^\/queue\//, ''),
        messageId: message.headers['message-id'] ?? '',
        headers: { ...message.headers },
        body: message.binaryBody,
      });
    } catch (thrown) {
      options.onProblem(new WirebookError('SIMULATOR_CONSUMER_FAILED', `the consumer of queue "${consumer.destination}" threw`, thrown));
      return;
    }
    if (client.connected) message.ack();
  }

  function closedError(): WirebookError {
    return new WirebookError('SIMULATOR_BROKER_CLOSED', `the connection to ${url} is closed`);
  }

  function publish(message: OutgoingMessage): Promise<void> {
    if (isClosed) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      waiting.push({ message, resolve, reject });
      sendWaiting();
    });
  }

  async function consume(destination: string, onMessage: (message: BrokerMessage) => void): Promise<BrokerConsumer> {
    if (isClosed) throw closedError();
    consumerCount += 1;
    const consumer: OpenConsumer = { id: `c${consumerCount}`, destination, onMessage, subscription: undefined, waiter: undefined };
    const confirmed = new Promise<void>((resolve, reject) => {
      consumer.waiter = { resolve, reject };
    });
    consumers.add(consumer);
    if (client.connected) subscribe(consumer);
    try {
      await confirmed;
    } catch (refused) {
      consumers.delete(consumer);
      throw refused;
    }
    return {
      async close() {
        if (consumers.delete(consumer) && client.connected) consumer.subscription?.unsubscribe();
      },
    };
  }

  async function connectFirst(): Promise<void> {
    const timeoutMs = options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
    let timer: { cancel(): void } | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        firstConnection = { resolve, reject };
        timer = clock.startTimer(timeoutMs, () =>
          reject(
            new WirebookError(
              'SIMULATOR_BROKER_UNREACHABLE',
              `no connection to ${url} within ${timeoutMs} ms (${String(lastProblem)})`,
              lastProblem,
            ),
          ),
        );
        client.activate();
      });
    } catch (failure) {
      isClosed = true;
      await client.deactivate({ force: true });
      throw failure;
    } finally {
      timer?.cancel();
      firstConnection = undefined;
    }
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    for (const { reject } of unpublished()) reject(closedError());
    receiptTimer?.cancel();
    for (const consumer of consumers) consumer.waiter?.reject(closedError());
    unconfirmed.clear();
    consumers.clear();
    waiting = [];
    const timer = clock.startTimer(CLOSE_TIMEOUT_MS, () => client.forceDisconnect());
    await client.deactivate();
    timer.cancel();
  }

  await connectFirst();
  return { publish, consume, close };
}
