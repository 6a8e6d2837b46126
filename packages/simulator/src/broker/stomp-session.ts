import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { type FaultState, takeFault } from './broker-faults.ts';
import type { OpenConnectionRecord } from './connection-record.ts';
import { createCredentialWatch } from './credential-watch.ts';
import { encodeConnected, encodeFrame } from './frame-encoder.ts';
import { createFrameParser, type FrameLimits } from './frame-parser.ts';
import { createFrameWriter } from './frame-writer.ts';
import { parseHeartBeat, runHeartBeat } from './heart-beat.ts';
import { isPattern, type QueueBoard } from './queue-board.ts';
import { readQueueName, readSendFrame } from './send-frame.ts';
import { type AckMode, createSessionSubscriptions } from './session-subscriptions.ts';
import { createSessionTransactions } from './session-transactions.ts';
import type { StompFrame } from './stomp-frame.ts';

/** Who logged in and what that one may do. */
interface SessionRights {
  readonly name: string;
  readonly may: (access: 'read' | 'write', queueName: string) => boolean;
}

export interface StompSessionOptions {
  readonly socket: Socket;
  readonly clock: Clock;
  readonly board: QueueBoard;
  readonly faults: FaultState;
  readonly limits: FrameLimits;
  readonly login: (login: string | undefined, passcode: string | undefined) => SessionRights | undefined;
  /** Goes into session, message and ack ids; never repeats, not after a restart either. */
  readonly sessionId: string;
  readonly defaultPrefetch: number;
  /** How long a connection may stay without CONNECT. */
  readonly loginTimeoutMs: number;
  readonly record: OpenConnectionRecord;
  readonly onEnd: () => void;
}

export interface StompSession {
  /** Ends at once, as if the network had; everything unsettled goes back. */
  cut(): void;
}

/** Why a frame was not done: text of the ERROR frame, and whether the connection ends with it. */
interface Refusal {
  readonly text: string;
  readonly isFatal?: true;
}

/** How long a client may take to close its side after the last frame. */
const LINGER_MS = 1000;

type Handle = (frame: StompFrame) => Refusal | undefined;

/** The newest first. */
const servedVersions = ['1.2', '1.1'] as const;
type StompVersion = (typeof servedVersions)[number];

const ackModes: Readonly<Record<string, AckMode>> = { client: 'client', 'client-individual': 'client-individual' };

/** Speaks STOMP 1.2 or 1.1 with one client until either side ends it. */
export function openStompSession(options: StompSessionOptions): StompSession {
  const { socket, clock, board, faults, limits, sessionId, record } = options;
  const writer = createFrameWriter({ socket, clock, faults });
  let ackNumber = 0;
  const subscriptions = createSessionSubscriptions({
    board,
    writer,
    faults,
    nextAckNumber: () => ++ackNumber,
    hasAckIds: () => version === '1.2',
    ackPrefix: `${sessionId}:ack:`,
  });
  const transactions = createSessionTransactions();
  const credentials = createCredentialWatch(() => {
    record.credentialBytesSeen = true;
  });
  let rights: SessionRights | undefined;
  let version: StompVersion = '1.2';
  let lastReadMs = clock.now();
  let messageNumber = 0;
  let heart: { stop(): void } | undefined;
  let isOver = false;
  let goodbyeTimer: { cancel(): void } | undefined;
  const loginTimer = clock.startTimer(options.loginTimeoutMs, () => cut());

  function cut(): void {
    finish();
    socket.destroy();
  }

  // Everything goes back before anybody can ask for it: called on the first sign of the end, whichever it is.
  function finish(): void {
    if (isOver) return;
    isOver = true;
    parser.stop();
    writer.stop();
    heart?.stop();
    loginTimer.cancel();
    goodbyeTimer?.cancel();
    subscriptions.end(transactions.drain());
    record.closedAtMs = clock.now();
    options.onEnd();
  }

  function sayError(text: string, receipt: string | undefined): void {
    const headers = { 'content-type': 'text/plain', ...(receipt === undefined ? {} : { 'receipt-id': receipt }), message: text };
    writer.send(encodeFrame('ERROR', headers, Buffer.from(text)));
  }

  // What the client held goes to others now, whether or not it closes its side soon.
  function sayGoodbye(): void {
    parser.stop();
    subscriptions.end(transactions.drain());
    writer.finish();
    goodbyeTimer = clock.startTimer(LINGER_MS, () => socket.destroy());
  }

  function connect(frame: StompFrame): Refusal | undefined {
    if (rights !== undefined) return { text: 'Already connected.' };
    const versions = frame.headers['accept-version'] ?? '1.0';
    const offered = new Set(versions.split(',').map((text) => text.trim()));
    const agreed = servedVersions.find((served) => offered.has(served));
    if (agreed === undefined) {
      return { text: `Invalid Protocol version[${versions}], supported versions are: [${servedVersions.join(', ')}]`, isFatal: true };
    }
    version = agreed;
    const heartBeat = parseHeartBeat(frame.headers['heart-beat']);
    if (heartBeat === undefined) return { text: `Invalid heart-beat header:${frame.headers['heart-beat']}`, isFatal: true };
    const { login, passcode } = frame.headers;
    rights = options.login(login, passcode);
    if (rights === undefined) return { text: `User name [${login ?? 'null'}] or password is invalid.`, isFatal: true };
    record.principal = rights.name;
    loginTimer.cancel();
    writer.send(
      encodeConnected({
        version,
        session: sessionId,
        server: 'wirebook-simulator/1',
        'heart-beat': `${heartBeat.toClientMs},${heartBeat.fromClientMs}`,
      }),
    );
    heart = runHeartBeat({
      clock,
      heartBeat,
      lastReadMs: () => lastReadMs,
      lastWriteMs: () => writer.lastWriteMs(),
      beat: () => writer.send(Buffer.from('\n')),
      onSilence: cut,
    });
    return undefined;
  }

  function mayNot(access: 'read' | 'write', queueName: string): Refusal | undefined {
    if (rights?.may(access, queueName)) return undefined;
    const verb = access === 'read' ? 'read from' : 'write to';
    return { text: `User ${rights?.name} is not authorized to ${verb}: queue://${queueName}` };
  }

  function send(frame: StompFrame): Refusal | undefined {
    const { destination, transaction: name } = frame.headers;
    if (destination === undefined) return { text: 'SEND received without a Destination specified!' };
    const queueName = readQueueName(destination);
    if (queueName === undefined || isPattern(queueName)) return { text: `Only queues take messages here, not [${destination}]` };
    const transaction = name === undefined ? undefined : transactions.get(name);
    if (name !== undefined && transaction === undefined) return { text: `Invalid transaction id: ${name}` };
    const refusal = mayNot('write', queueName);
    if (refusal !== undefined) {
      if (transaction !== undefined) transaction.isRollbackOnly = true;
      return refusal;
    }
    messageNumber += 1;
    const draft = readSendFrame(frame, { queueName, messageId: `${sessionId}:-1:1:${messageNumber}`, nowMs: clock.now() });
    if (transaction === undefined) board.send(draft);
    else transaction.drafts.push(draft);
    return undefined;
  }

  function subscribe(frame: StompFrame): Refusal | undefined {
    const { destination, id, ack, selector } = frame.headers;
    if (destination === undefined || destination === '') return { text: "Invalid empty or 'null' Destination header" };
    if (id === undefined) return { text: 'SUBSCRIBE received without a subscription id!' };
    if (frame.headers.browser !== undefined)
      return { text: 'Browsing subscriptions are not supported by the embedded broker of the simulator' };
    if (selector !== undefined) return { text: `Selectors are not served here: [${selector}]` };
    const queuePattern = readQueueName(destination);
    if (queuePattern === undefined) return { text: `Only queues are served here, not [${destination}]` };
    const refusal = mayNot('read', queuePattern);
    if (refusal !== undefined) return refusal;
    const prefetch = frame.headers['activemq.prefetchSize'];
    subscriptions.subscribe({
      id,
      queuePattern,
      ackMode: ackModes[ack ?? 'auto'] ?? 'auto',
      prefetch: prefetch !== undefined && /^-?\d{1,9}$/.test(prefetch) ? Number(prefetch) : options.defaultPrefetch,
      isExclusive: frame.headers['activemq.exclusive'] === 'true',
      allows: (queueName) => rights?.may('read', queueName) ?? false,
    });
    return undefined;
  }

  function unsubscribe(frame: StompFrame): Refusal | undefined {
    const { id } = frame.headers;
    if (id === undefined) return { text: 'UNSUBSCRIBE received without a subscription id!' };
    return subscriptions.unsubscribe(id) ? undefined : { text: 'No subscription matched.' };
  }

  function answer(command: 'ACK' | 'NACK', frame: StompFrame): Refusal | undefined {
    const { id, subscription, transaction: name } = frame.headers;
    const messageId = frame.headers['message-id'];
    if (version === '1.2' && id === undefined) return { text: `${command} received without a ack id for acknowledge!` };
    if (version === '1.1' && messageId === undefined) return { text: `${command} received without a message-id to acknowledge!` };
    if (version === '1.1' && subscription === undefined) return { text: `${command} received without a subscription id for acknowledge!` };
    const transaction = name === undefined ? undefined : transactions.get(name);
    if (name !== undefined && transaction === undefined) return { text: `Invalid transaction id: ${name}` };
    if (transaction !== undefined && command === 'NACK') return { text: `Poison ack cannot be transacted: ${id ?? messageId}` };
    const scope = command === 'ACK' ? 'as subscribed' : 'one';
    const claimed =
      version === '1.2' ? subscriptions.claim(id ?? '', scope) : subscriptions.claimMessage(subscription ?? '', messageId ?? '', scope);
    if (claimed === undefined) return { text: `Unexpected ${command} received for message-id [${version === '1.2' ? id : messageId}]` };
    if (transaction !== undefined) transaction.claimed.push(...claimed);
    else if (command === 'ACK') subscriptions.settle(claimed);
    else subscriptions.deadLetter(claimed);
    return undefined;
  }

  function begin(frame: StompFrame): Refusal | undefined {
    const name = frame.headers.transaction;
    if (name === undefined) return { text: 'Must specify the transaction you are beginning' };
    return transactions.begin(name) === undefined ? { text: `The transaction was already started: ${name}` } : undefined;
  }

  function commit(frame: StompFrame): Refusal | undefined {
    const name = frame.headers.transaction;
    if (name === undefined) return { text: 'Must specify the transaction you are committing' };
    const transaction = transactions.end(name);
    if (transaction === undefined) return { text: `Invalid transaction id: ${name}` };
    if (transaction.isRollbackOnly) {
      transactions.strand(transaction.claimed);
      return { text: 'COMMIT FAILED: Transaction marked rollback only xaErrorCode:100' };
    }
    subscriptions.settle(transaction.claimed);
    for (const draft of transaction.drafts) board.send(draft);
    return undefined;
  }

  function abort(frame: StompFrame): Refusal | undefined {
    const name = frame.headers.transaction;
    if (name === undefined) return { text: 'Must specify the transaction you are aborting' };
    const transaction = transactions.end(name);
    if (transaction === undefined) return { text: `Invalid transaction id: ${name}` };
    subscriptions.restore(transaction.claimed);
    return undefined;
  }

  const handlers: Readonly<Record<string, Handle>> = {
    CONNECT: connect,
    STOMP: connect,
    SEND: send,
    SUBSCRIBE: subscribe,
    UNSUBSCRIBE: unsubscribe,
    ACK: (frame) => answer('ACK', frame),
    NACK: (frame) => answer('NACK', frame),
    BEGIN: begin,
    COMMIT: commit,
    ABORT: abort,
    DISCONNECT: () => undefined,
  };

  function handle(frame: StompFrame): void {
    const { command } = frame;
    const receipt = command === 'CONNECT' || command === 'STOMP' ? undefined : frame.headers.receipt;
    const refusal = refuse(frame);
    if (refusal !== undefined) sayError(refusal.text, receipt);
    else if (receipt !== undefined && !takeFault(faults, 'swallowedReceipts')) {
      writer.send(encodeFrame('RECEIPT', { 'receipt-id': receipt }));
    }
    if (refusal?.isFatal || (refusal === undefined && command === 'DISCONNECT')) sayGoodbye();
  }

  function refuse(frame: StompFrame): Refusal | undefined {
    const handler = Object.hasOwn(handlers, frame.command) ? handlers[frame.command] : undefined;
    if (handler === undefined) return { text: `Unknown STOMP action: ${frame.command}`, isFatal: true };
    if (rights === undefined && handler !== connect) return { text: 'Not connected.' };
    return handler(frame);
  }

  const parser = createFrameParser({
    limits,
    onFrame: handle,
    onBroken(reason) {
      sayError(reason, undefined);
      sayGoodbye();
    },
  });

  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    lastReadMs = clock.now();
    record.applicationBytes += chunk.length;
    if (rights === undefined) credentials.push(chunk);
    parser.push(chunk);
  });
  socket.on('drain', () => subscriptions.wake());
  socket.on('error', finish);
  socket.on('close', finish);
  return { cut };
}
