import { Client, type IFrame, Versions } from '@stomp/stompjs';
import { toWirebookError, WirebookError } from '@wirebook/errors';
import type { BrokerSend, Timer } from '@wirebook/node-kit';
import type { BrokerConnectionOptions } from './broker-connection-options.ts';
import { getBrokerText, isFrameTooLong, toRefusal } from './broker-refusal.ts';
import { escapeHeader, escapeHeaders, unescapeHeader } from './frame-head.ts';
import type { CutMessage } from './frame-splitter.ts';
import { createReceiptDesk, type ReceiptOutcome, type ReceiptRequest } from './receipt-desk.ts';
import { openStompSocket } from './stomp-socket.ts';

const maxHeadBytes = 65_536;
const maxMessageHeadBytes = 1_048_576;
/** A COMMIT compares so many with each message in the hands of its subscription, at most. */
const sweepAfterAcks = 50;
const defaultReceiptTimeoutMs = 60_000;

export interface SessionEvents {
  readonly onConnected: () => void;
  readonly onMessage: (message: CutMessage) => void;
  /** The broker ended the connection over the length of a frame that it could not name. */
  readonly onFrameTooLong: () => void;
  /** Once. Everything that waited for a receipt has been told before. */
  readonly onClosed: (error: WirebookError) => void;
}

export interface AckFrame {
  readonly messageId: string;
  readonly subscriptionId: string;
}

/** One connection, from the call to its end. Frames may be written between `onConnected` and `onClosed` only. */
export interface StompSession {
  readonly client: Client;
  readonly isOpen: boolean;
  nextId(prefix: string): string;
  /** The wait for a receipt that a frame asks for; one that does not come in time ends the connection. */
  expectReceipt(request: ReceiptRequest): Promise<ReceiptOutcome>;
  subscribe(destination: string, headers: Readonly<Record<string, string>>): void;
  unsubscribe(id: string, headers?: Readonly<Record<string, string>>): void;
  sendFrame(send: BrokerSend, headers: Readonly<Record<string, string>>): void;
  ackFrame(ack: AckFrame, headers: Readonly<Record<string, string>>): void;
  /**
   * Called right behind a COMMIT with its ACKs, in the same turn. ActiveMQ (5.17 at least) keeps each message that was acknowledged
   * individually in a transaction, for as long as its subscription stands, and looks through all of them at each COMMIT: it gets slower
   * with every message and ends without memory. An ABORT makes it forget them, so an empty transaction is aborted every now and then.
   * With STOMP 1.2 that brings their ack ids back for good, which is why 1.1, which has none, is spoken.
   */
  sweepAcks(ackCount: number): void;
  flushed(): Promise<void>;
  /** DISCONNECT and its receipt, for at most as long as given. */
  disconnect(timeoutMs: number): Promise<void>;
  destroy(error: WirebookError): void;
}

export function openStompSession(options: BrokerConnectionOptions, events: SessionEvents): StompSession {
  const { clock, log } = options;
  const where = `${options.host}:${options.port}`;
  const receiptTimeoutMs = options.receiptTimeoutMs ?? defaultReceiptTimeoutMs;
  const receipts = createReceiptDesk({
    clock,
    timeoutMs: receiptTimeoutMs,
    onOverdue: ({ receiptId, frame }) => {
      const text = `The broker at ${where} sent no receipt "${receiptId}" of ${frame} for ${receiptTimeoutMs} ms; connecting anew.`;
      destroy(new WirebookError('SOAR_BROKER_CONNECTION_LOST', text));
    },
  });
  let phase: 'connecting' | 'open' | 'closing' | 'closed' = 'connecting';
  let reason: WirebookError | undefined;
  let lastId = 0;
  let unsweptAcks = 0;
  let tellClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    tellClosed = resolve;
  });

  const socket = openStompSocket({
    endpoint: options,
    maxHeadBytes,
    maxMessageHeadBytes,
    maxMessageBytes: options.maxMessageBytes,
    commitReceipts: options.receipts ?? 'asked',
    clock,
    onMessage: (message) => {
      if (phase === 'open') events.onMessage(message);
    },
    onClosed: (error) => end(reason ?? error),
  });

  // An exception in a callback of stompjs ends on the console and nowhere else.
  function guard<Args extends unknown[]>(callback: (...args: Args) => void): (...args: Args) => void {
    return (...args) => {
      try {
        callback(...args);
      } catch (thrown) {
        destroy(toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN'));
      }
    };
  }

  const client = new Client({
    webSocketFactory: () => socket.forClient,
    reconnectDelay: 0,
    stompVersions: new Versions([Versions.V1_1]),
    connectHeaders: { host: options.tls?.servername ?? options.host, login: options.login, passcode: options.passcode },
    heartbeatOutgoing: options.heartbeatOutgoingMs,
    heartbeatIncoming: options.heartbeatIncomingMs,
    discardWebsocketOnCommFailure: true,
    onConnect: guard(onConnect),
    onUnhandledReceipt: guard((frame: IFrame) => {
      receipts.settle(frame.headers['receipt-id'] ?? '', { kind: 'received' });
    }),
    onStompError: guard(onError),
    onUnhandledFrame: guard((frame: IFrame) => {
      destroy(new WirebookError('SOAR_BROKER_ERROR', `The broker at ${where} sent a frame named "${frame.command.slice(0, 40)}".`));
    }),
    onHeartbeatLost: guard(() => {
      const text = `The broker at ${where} gave no sign of life for more than twice ${options.heartbeatIncomingMs} ms.`;
      destroy(new WirebookError('SOAR_BROKER_CONNECTION_LOST', text));
    }),
  });

  const connectTimer = clock.startTimer(options.connectTimeoutMs, () => {
    const text = `The broker at ${where} did not complete the connection within ${options.connectTimeoutMs} ms.`;
    destroy(new WirebookError('SOAR_BROKER_UNREACHABLE', text));
  });
  let beatTimer: Timer | undefined;
  client.activate();

  function onConnect(frame: IFrame): void {
    connectTimer.cancel();
    if (phase !== 'connecting') return;
    if (frame.headers.version !== Versions.V1_1) {
      destroy(
        new WirebookError('SOAR_BROKER_ERROR', `The broker at ${where} speaks STOMP ${frame.headers.version ?? '1.0'}; 1.1 is needed.`),
      );
      return;
    }
    phase = 'open';
    beat();
    events.onConnected();
  }

  /** Twice as often as promised: ActiveMQ takes a beat that comes a little late for a dead client. */
  function beat(): void {
    if (options.heartbeatOutgoingMs === 0) return;
    socket.beat();
    beatTimer = clock.startTimer(options.heartbeatOutgoingMs / 2, beat);
  }

  function onError(frame: IFrame): void {
    const said = { headers: unescapeHeaders(frame.headers), body: frame.body };
    if (phase === 'connecting') {
      // The one text of the platform that is about itself and not about the login.
      const isOutage = getBrokerText(said).includes('unable to connect to authentication service');
      const text = `The broker at ${where} refused the login of ${options.login}: ${getBrokerText(said)}`;
      destroy(new WirebookError(isOutage ? 'SOAR_BROKER_ERROR' : 'SOAR_BROKER_LOGIN_REFUSED', text));
      return;
    }
    const receiptId = frame.headers['receipt-id'];
    if (receiptId !== undefined && receipts.settle(receiptId, { kind: 'refused', frame: said })) return;
    if (isFrameTooLong(said)) {
      // What follows in the stream is read as commands by the broker: nothing it says from here on counts.
      events.onFrameTooLong();
      destroy(new WirebookError('SOAR_BROKER_CONNECTION_LOST', `The broker at ${where} took a frame for too long: ${getBrokerText(said)}`));
      return;
    }
    log.warn(toRefusal(said, { what: 'A frame', otherwise: 'SOAR_BROKER_ERROR' }).message);
  }

  function destroy(error: WirebookError): void {
    if (phase === 'closed') return;
    reason ??= error;
    socket.destroy(error);
    // At once, so that nobody takes a connection for open that is being cut.
    end(reason);
  }

  function end(error: WirebookError | undefined): void {
    if (phase === 'closed') return;
    const wasOnPurpose = phase === 'closing';
    const wasOpen = phase !== 'connecting';
    phase = 'closed';
    connectTimer.cancel();
    beatTimer?.cancel();
    const fallback = wasOpen ? 'SOAR_BROKER_CONNECTION_LOST' : 'SOAR_BROKER_UNREACHABLE';
    const text = wasOnPurpose ? `The connection to the broker at ${where} was closed.` : `The broker at ${where} closed the connection.`;
    const finalError = asLoss(error ?? new WirebookError(fallback, text), wasOpen);
    receipts.loseAll(finalError);
    events.onClosed(finalError);
    tellClosed();
  }

  function sweepAcks(ackCount: number): void {
    unsweptAcks += ackCount;
    if (unsweptAcks < sweepAfterAcks) return;
    unsweptAcks = 0;
    lastId += 1;
    const id = `sweep-${lastId}`;
    client.begin(id);
    client.abort(id);
  }

  async function disconnect(timeoutMs: number): Promise<void> {
    if (phase === 'closed') return;
    phase = 'closing';
    const timer = clock.startTimer(timeoutMs, () => {
      destroy(new WirebookError('SOAR_BROKER_CONNECTION_LOST', `The broker at ${where} did not answer DISCONNECT within ${timeoutMs} ms.`));
    });
    await socket.flushed();
    // Resolves with the end of the socket; the receipt of DISCONNECT ends it.
    client.deactivate().catch((thrown: unknown) => destroy(toWirebookError(thrown, 'SOAR_BROKER_CONNECTION_LOST')));
    await closed;
    timer.cancel();
  }

  return {
    client,
    get isOpen() {
      return phase === 'open';
    },
    nextId: (prefix) => {
      lastId += 1;
      return `${prefix}-${lastId}`;
    },
    expectReceipt: (request) => receipts.expect(request),
    // MESSAGE frames never get to stompjs, so its callback has nothing to do.
    subscribe: (destination, headers) => client.subscribe(escapeHeader(destination), () => undefined, escapeHeaders(headers)),
    unsubscribe: (id, headers = {}) => client.unsubscribe(id, escapeHeaders(headers)),
    sendFrame: ({ destination, body, headers: own }, headers) =>
      client.publish({ destination: escapeHeader(destination), body, headers: escapeHeaders({ persistent: 'true', ...own, ...headers }) }),
    ackFrame: ({ messageId, subscriptionId }, headers) => client.ack(escapeHeader(messageId), subscriptionId, escapeHeaders(headers)),
    sweepAcks,
    flushed: () => socket.flushed(),
    disconnect,
    destroy,
  };
}

/** stompjs knows escapes of STOMP 1.2 only. */
function unescapeHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, unescapeHeader(value)]));
}

/** A reset of an open connection is a loss, not a host that cannot be reached. */
function asLoss(error: WirebookError, wasOpen: boolean): WirebookError {
  if (!wasOpen || error.code !== 'SOAR_BROKER_UNREACHABLE') return error;
  return new WirebookError('SOAR_BROKER_CONNECTION_LOST', error.message, undefined, error.details);
}
