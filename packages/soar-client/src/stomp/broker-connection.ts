import { toWirebookError, WirebookError } from '@wirebook/errors';
import type {
  BrokerConnection,
  BrokerDelivery,
  BrokerSend,
  BrokerSubscription,
  BrokerTransaction,
  SubscribeOptions,
} from '@wirebook/node-kit';
import type { BrokerConnectionOptions } from './broker-connection-options.ts';
import { toRefusal } from './broker-refusal.ts';
import { createConnectionStates } from './connection-states.ts';
import type { CutMessage } from './frame-splitter.ts';
import { getReconnectDelayMs } from './reconnect-delay.ts';
import { assertSendable } from './sendable.ts';
import { openStompSession, type StompSession } from './stomp-session.ts';
import { type BookedSubscription, createSubscriptionBook, subscribeOn } from './subscription-book.ts';
import { connectionLost, runTransaction, tooLongError } from './transaction.ts';
import { createWriteTrust, getSizeBytes } from './write-trust.ts';

/** A connection that lived as long as this was a good one: the next attempt after it is the first again. */
const steadyAfterMs = 10_000;
const disconnectTimeoutMs = 5000;
/** A subscription that is refused after a reconnect is asked for again; the right may come back. */
const refusedAgainAfterMs = 60_000;

/** Reasons that waiting does not cure. */
const incurable: ReadonlySet<string> = new Set([
  'SOAR_BROKER_LOGIN_REFUSED',
  'SOAR_TLS_UNTRUSTED',
  'SOAR_TLS_NAME_MISMATCH',
  'SOAR_TLS_EXPIRED',
  'SOAR_PROXY_LOGIN_REFUSED',
]);

/** The platform's broker over STOMP 1.1. Nothing is called before `connect`. */
export function createBrokerConnection(options: BrokerConnectionOptions): BrokerConnection {
  const { clock, log } = options;
  const receipts = options.receipts ?? 'asked';
  const where = `${options.host}:${options.port}`;
  const states = createConnectionStates((text) => log.warn(text));
  const book = createSubscriptionBook();
  const trust = createWriteTrust();
  const stopping = new AbortController();
  const waitingForConfirmation = new Map<BookedSubscription, { resolve: () => void; reject: (error: WirebookError) => void }>();
  let session: StompSession | undefined;
  let sessionNumber = 0;
  let running: Promise<void> | undefined;
  let firstConnection: { promise: Promise<void>; resolve: () => void; reject: (error: WirebookError) => void } | undefined;

  if (options.tls?.verify === false) {
    log.warn(
      `The certificate of the broker ${where} is not verified: whoever answers there gets the credentials. Name the CA in stomp_cafile.`,
    );
  }

  async function run(): Promise<void> {
    let attempt = 0;
    while (!stopping.signal.aborted) {
      states.set({ ...states.get(), status: 'connecting' });
      const { error, connectedMs } = await runSession();
      if (stopping.signal.aborted) return;
      log.warn(`${error.code}: ${error.message}`);
      states.set({ status: 'disconnected', code: error.code, reason: error.message, session: sessionNumber });
      if (options.failFast === true && sessionNumber === 0 && incurable.has(error.code)) {
        firstConnection?.reject(error);
        return;
      }
      attempt = connectedMs >= steadyAfterMs ? 1 : attempt + 1;
      await sleepUnlessStopped(getReconnectDelayMs(attempt, options.random()));
    }
  }

  /** Resolves with the end of the connection and the time that it stood. */
  function runSession(): Promise<{ error: WirebookError; connectedMs: number }> {
    return new Promise((resolve) => {
      let connectedAtMs: number | undefined;
      const opening = openStompSession(options, {
        onConnected: () => {
          connectedAtMs = clock.monotonicMs();
          session = opening;
          sessionNumber += 1;
          trust.startSession();
          states.set({ status: 'connected', code: null, reason: null, session: sessionNumber });
          firstConnection?.resolve();
          for (const subscription of book.list()) subscribeNow(subscription, opening);
        },
        onMessage: deliver,
        onFrameTooLong: () => trust.refuseLargestTrial(),
        onClosed: (error) => {
          session = undefined;
          book.forgetDeliveries();
          if (connectedAtMs !== undefined && !stopping.signal.aborted)
            states.set({ status: 'disconnected', code: error.code, reason: error.message, session: sessionNumber });
          resolve({ error, connectedMs: connectedAtMs === undefined ? 0 : clock.monotonicMs() - connectedAtMs });
        },
      });
      attempting = opening;
    });
  }
  let attempting: StompSession | undefined;

  function sleepUnlessStopped(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = () => {
        timer.cancel();
        resolve();
      };
      const timer = clock.startTimer(delayMs, () => {
        stopping.signal.removeEventListener('abort', stop);
        resolve();
      });
      if (stopping.signal.aborted) stop();
      else stopping.signal.addEventListener('abort', stop, { once: true });
    });
  }

  function deliver(message: CutMessage): void {
    const received = book.receive(message, sessionNumber);
    if (received === undefined) return;
    const { delivery, subscription } = received;
    try {
      subscription.options.onDelivery(delivery);
    } catch (thrown) {
      const error = toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN');
      log.warn(`${error.code}: message ${delivery.messageId} of ${delivery.destination} was not taken: ${error.message}`);
    }
  }

  function subscribeNow(subscription: BookedSubscription, on: StompSession): void {
    subscribeOn(on, subscription).then(
      (outcome) => {
        if (subscription.isClosed || outcome.kind === 'lost') return;
        const waiting = waitingForConfirmation.get(subscription);
        waitingForConfirmation.delete(subscription);
        if (outcome.kind === 'confirmed') {
          if (session === on) subscription.confirmedIn = sessionNumber;
          waiting?.resolve();
          return;
        }
        if (waiting !== undefined) {
          book.remove(subscription);
          waiting.reject(outcome.error);
          return;
        }
        log.warn(`${outcome.error.code}: ${outcome.error.message}`);
        states.set({ ...states.get(), code: outcome.error.code, reason: outcome.error.message });
        void sleepUnlessStopped(refusedAgainAfterMs).then(() => {
          if (on.isOpen && !subscription.isClosed) subscribeNow(subscription, on);
        });
      },
      (thrown: unknown) => on.destroy(toWirebookError(thrown, 'SOAR_BROKER_CONNECTION_LOST')),
    );
  }

  function connect(): Promise<void> {
    if (firstConnection === undefined) {
      let resolve: () => void = () => undefined;
      let reject: (error: WirebookError) => void = () => undefined;
      const promise = new Promise<void>((onResolve, onReject) => {
        resolve = onResolve;
        reject = onReject;
      });
      firstConnection = { promise, resolve, reject };
      running = run();
    }
    return firstConnection.promise;
  }

  async function subscribe(subscribeOptions: SubscribeOptions): Promise<BrokerSubscription> {
    const subscription = book.add(subscribeOptions);
    await new Promise<void>((resolve, reject) => {
      waitingForConfirmation.set(subscription, { resolve, reject });
      if (session?.isOpen === true) subscribeNow(subscription, session);
    });
    return {
      destination: subscribeOptions.destination,
      get openIn() {
        const isOpen = session?.isOpen === true && !subscription.isClosed && subscription.confirmedIn === sessionNumber;
        return isOpen ? sessionNumber : null;
      },
      close: () => unsubscribe(subscription),
    };
  }

  async function unsubscribe(subscription: BookedSubscription): Promise<void> {
    if (subscription.isClosed) return;
    book.remove(subscription);
    const on = session;
    if (on?.isOpen !== true) return;
    // A connection that goes takes its subscriptions along, so every outcome is the end of this one.
    await Promise.all(
      subscription.ids.map((id) => {
        const receipt = on.nextId('unsubscribe');
        const outcome = on.expectReceipt({ receiptId: receipt, frame: `an UNSUBSCRIBE of ${subscription.options.destination}` });
        on.unsubscribe(id, { receipt });
        return outcome;
      }),
    );
  }

  async function transact({ sends, settles }: BrokerTransaction): Promise<void> {
    const on = requireSession();
    if (!settles.every(canSettle)) {
      throw new WirebookError(
        'SOAR_TRANSACTION_REFUSED',
        'A delivery of the transaction can no longer be settled: its connection or subscription is closed, or it was settled before.',
        undefined,
        { committed: 'no', settleable: false },
      );
    }
    assertTaken(sends);
    for (const delivery of settles) book.spend(delivery);
    try {
      await runTransaction({ sends, acks: settles }, { session: on, trust, receipts });
    } catch (thrown) {
      const error = toWirebookError(thrown, 'SOAR_BROKER_CONNECTION_LOST');
      if (error.details?.settleable === true && session === on) for (const delivery of settles) book.giveBack(delivery);
      throw error;
    }
  }

  async function send(message: BrokerSend): Promise<void> {
    const on = requireSession();
    assertTaken([message]);
    if (receipts === 'none') {
      on.sendFrame(message, {});
      await on.flushed();
      return;
    }
    const receipt = on.nextId('send');
    const waiting = on.expectReceipt({ receiptId: receipt, frame: `a SEND to ${message.destination}` });
    const endTrial = trust.startTrial(message);
    on.sendFrame(message, { receipt });
    const outcome = await waiting;
    endTrial();
    if (outcome.kind === 'received') {
      trust.trust([message]);
      return;
    }
    if (outcome.kind === 'refused') {
      const what = `The reply to ${message.destination}`;
      throw toRefusal(outcome.frame, { what, otherwise: 'SOAR_TRANSACTION_REFUSED', details: { committed: 'no' } });
    }
    if (trust.isRefusedSize(getSizeBytes(message))) throw tooLongError(message, { why: outcome.error.message, settleable: false });
    throw connectionLost(outcome.error, 'unknown');
  }

  async function settle(deliveries: readonly BrokerDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    const on = requireSession();
    const open = deliveries.filter(canSettle);
    for (const delivery of open) {
      book.spend(delivery);
      on.ackFrame(delivery, {});
    }
    await on.flushed();
    if (open.length === deliveries.length) return;
    const count = deliveries.length - open.length;
    throw new WirebookError(
      'SOAR_BROKER_CONNECTION_LOST',
      `${count} of ${deliveries.length} deliveries could no longer be settled; they come again.`,
    );
  }

  function canSettle(delivery: BrokerDelivery): boolean {
    return session?.isOpen === true && delivery.session === sessionNumber && book.isOpen(delivery);
  }

  function requireSession(): StompSession {
    if (session?.isOpen === true) return session;
    throw connectionLost(new WirebookError('SOAR_BROKER_CONNECTION_LOST', `There is no connection to the broker ${where} now.`), 'no');
  }

  function assertTaken(sends: readonly BrokerSend[]): void {
    for (const message of sends) assertSendable(message);
    const tooLong = sends.find((message) => trust.isRefusedSize(getSizeBytes(message)));
    if (tooLong !== undefined)
      throw tooLongError(tooLong, { why: 'a body of this size has ended the connection before.', settleable: true });
  }

  async function close(): Promise<void> {
    if (!stopping.signal.aborted) {
      stopping.abort();
      const ended = new WirebookError('SOAR_BROKER_CONNECTION_LOST', `The connection to the broker ${where} was closed.`);
      if (session === undefined) attempting?.destroy(ended);
      else await session.disconnect(disconnectTimeoutMs);
      firstConnection?.reject(ended);
      for (const waiting of waitingForConfirmation.values()) waiting.reject(ended);
      waitingForConfirmation.clear();
    }
    await running;
    states.set({ status: 'closed', code: null, reason: null, session: sessionNumber });
  }

  return { connect, subscribe, transact, send, settle, canSettle, getState: states.get, onState: states.listen, close };
}
