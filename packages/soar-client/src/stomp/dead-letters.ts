import { WirebookError } from '@wirebook/errors';
import { getQueueName } from '@wirebook/soar';
import type { BrokerConnectionOptions } from './broker-connection-options.ts';
import { getBrokerText, toRefusal } from './broker-refusal.ts';
import { returnedHeaders } from './dead-letter-headers.ts';
import { escapeHeader, escapeHeaders } from './frame-head.ts';
import type { CutMessage } from './frame-splitter.ts';
import type { ReceiptOutcome } from './receipt-desk.ts';
import { assertSendable } from './sendable.ts';
import { type ShortSession, withShortSession } from './short-session.ts';
import type { StompSession } from './stomp-session.ts';

/** A message that the broker gave up on, as it lies in the dead-letter queue. */
export interface DeadLetter {
  readonly messageId: string;
  /** Without `/queue/`; null when the broker does not tell it. */
  readonly originalDestination: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when it is over `maxMessageBytes`. */
  readonly body: Uint8Array;
  /** Of the body, whether it was kept or not. */
  readonly sizeBytes: number;
  readonly isBodyKept: boolean;
}

export interface DeadLetterList {
  /** The order of the queue, oldest first. */
  readonly letters: readonly DeadLetter[];
  /** The queue holds more. */
  readonly isCut: boolean;
}

export interface DeadLetterQueueOptions extends BrokerConnectionOptions {
  /** Name without `/queue/`, e.g. `ActiveMQ.DLQ`. */
  readonly queue: string;
}

interface DeadLetterBounds {
  readonly maxCount: number;
  /** Of bodies; the list ends behind the first letter that goes over it. */
  readonly maxBytes: number;
}

/** Looks at the dead-letter queue of a broker and puts single letters back; each call has a connection of its own. */
export interface DeadLetterQueue {
  /** Looks without taking anything. @throws ENGINE_DEAD_LETTERS_FORBIDDEN, SOAR_BROKER_*, SOAR_TLS_* */
  list(bounds: DeadLetterBounds): Promise<DeadLetterList>;
  /**
   * Sends it to where it came from and takes it off the dead-letter queue in one transaction; `judge` may throw before anything is done.
   *
   * @throws ENGINE_DEAD_LETTER_UNKNOWN, ENGINE_DEAD_LETTER_REFUSED, ENGINE_DEAD_LETTERS_FORBIDDEN; SOAR_BROKER_CONNECTION_LOST with
   * `details.committed` `unknown` when it may or may not be back.
   */
  giveBack(messageId: string, judge: (letter: DeadLetter) => void): Promise<{ readonly destination: string }>;
}

/** The broker's word for what it sends last, and for every message that it delivers. */
const patienceMs = 10_000;

export function createDeadLetterQueue(options: DeadLetterQueueOptions): DeadLetterQueue {
  const { queue, clock } = options;

  function list(bounds: DeadLetterBounds): Promise<DeadLetterList> {
    return withShortSession(options, (short) => browse(short, { bounds, selector: null }));
  }

  async function giveBack(messageId: string, judge: (letter: DeadLetter) => void): Promise<{ readonly destination: string }> {
    const selector = `JMSMessageID = '${messageId.replaceAll("'", "''")}'`;
    return withShortSession(options, async (short) => {
      const { letters } = await browse(short, { bounds: { maxCount: 1, maxBytes: Number.POSITIVE_INFINITY }, selector });
      const [seen] = letters;
      if (seen === undefined) throw unknown(messageId);
      assertReturnable(seen);
      judge(seen);
      return moveBack(await take(short, messageId, selector), short.session);
    });
  }

  async function browse(
    short: ShortSession,
    { bounds, selector }: { readonly bounds: DeadLetterBounds; readonly selector: string | null },
  ): Promise<DeadLetterList> {
    const letters: DeadLetter[] = [];
    let sizeBytes = 0;
    let isCut = false;
    let seen: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      seen = resolve;
    });
    const id = short.session.nextId('browse');
    let patience = clock.startTimer(patienceMs, () => seen());
    let isSilent = true;
    short.listen((message) => {
      if (message.headers.subscription !== id) return;
      patience.cancel();
      isSilent = message.headers.browser !== 'end';
      if (!isSilent) return seen();
      if (letters.length === bounds.maxCount || sizeBytes > bounds.maxBytes) {
        isCut = true;
        return seen();
      }
      const letter = toLetter(message);
      letters.push(letter);
      sizeBytes += letter.sizeBytes;
      patience = clock.startTimer(patienceMs, () => seen());
    });
    try {
      // One more than is wanted tells that there is more. It is never settled: a broker that takes this for a plain subscription loses nothing.
      await subscribe(short, id, {
        browser: 'true',
        'activemq.prefetchSize': String(Math.min(bounds.maxCount + 1, 32_766)),
        ...(selector === null ? {} : { selector }),
      });
      await Promise.race([over, short.lost]);
    } finally {
      patience.cancel();
    }
    await unsubscribe(short, id);
    return { letters, isCut: isCut || isSilent };
  }

  async function take(short: ShortSession, messageId: string, selector: string): Promise<CutMessage> {
    const id = short.session.nextId('take');
    let found: (message: CutMessage | null) => void = () => undefined;
    const delivered = new Promise<CutMessage | null>((resolve) => {
      found = resolve;
    });
    const patience = clock.startTimer(patienceMs, () => found(null));
    short.listen((message) => {
      if (message.headers.subscription === id && message.headers['message-id'] === messageId) found(message);
    });
    try {
      await subscribe(short, id, { selector, 'activemq.prefetchSize': '1' });
      const message = await Promise.race([delivered, short.lost]);
      if (message === null) throw unknown(messageId);
      return message;
    } finally {
      patience.cancel();
    }
  }

  async function subscribe({ session }: ShortSession, id: string, headers: Readonly<Record<string, string>>): Promise<void> {
    const receipt = session.nextId('subscribe');
    const outcome = session.expectReceipt({ receiptId: receipt, frame: `a SUBSCRIBE of ${queue}` });
    session.subscribe(`/queue/${queue}`, { id, receipt, ack: 'client-individual', ...headers });
    assertDone(await outcome, { what: `A look at the dead-letter queue ${queue}`, right: `read (and create) on ${queue}` });
  }

  async function unsubscribe({ session }: ShortSession, id: string): Promise<void> {
    if (!session.isOpen) return;
    const receipt = session.nextId('unsubscribe');
    const outcome = session.expectReceipt({ receiptId: receipt, frame: `an UNSUBSCRIBE of ${queue}` });
    session.unsubscribe(id, { receipt });
    await outcome;
  }

  function unknown(messageId: string): WirebookError {
    return new WirebookError('ENGINE_DEAD_LETTER_UNKNOWN', `the dead-letter queue ${queue} gives no message ${messageId}`);
  }

  function assertReturnable(letter: DeadLetter): asserts letter is DeadLetter & { readonly originalDestination: string } {
    const why =
      letter.originalDestination === null
        ? 'The broker does not tell where it came from.'
        : letter.isBodyKept
          ? null
          : `It has ${letter.sizeBytes} bytes, more than max_message_bytes.`;
    if (why !== null) throw new WirebookError('ENGINE_DEAD_LETTER_REFUSED', `dead letter ${letter.messageId}: ${why}`);
  }

  async function moveBack(message: CutMessage, session: StompSession): Promise<{ readonly destination: string }> {
    const letter = toLetter(message);
    assertReturnable(letter);
    const destination = letter.originalDestination;
    const transaction = session.nextId('return');
    session.client.begin(transaction);
    const receipt = session.nextId('send');
    const sent = session.expectReceipt({ receiptId: receipt, frame: `a SEND to ${destination}` });
    publish(letter, { session, headers: { transaction, receipt } });
    assertDone(await sent, { what: `The return of a dead letter to ${destination}`, right: `write on ${destination}` });
    session.ackFrame(
      { messageId: message.headers['message-id'] ?? '', subscriptionId: message.headers.subscription ?? '' },
      { transaction },
    );
    const committed = session.expectReceipt({ receiptId: transaction, frame: 'a COMMIT of a dead letter' });
    session.client.commit(transaction);
    const outcome = await committed;
    if (outcome.kind === 'lost') {
      throw new WirebookError(
        'SOAR_BROKER_CONNECTION_LOST',
        `The connection went before the broker confirmed the return of ${letter.messageId}; look whether it still lies in ${queue}.`,
        outcome.error,
        { committed: 'unknown' },
      );
    }
    assertDone(outcome, { what: `The return of a dead letter to ${destination}`, right: `write on ${destination}` });
    return { destination };
  }

  return { list, giveBack };
}

/** A message of text stays one, and one of bytes too: ActiveMQ tells them apart by the content-length. */
function publish(letter: DeadLetter, { session, headers }: { session: StompSession; headers: Readonly<Record<string, string>> }): void {
  const destination = `/queue/${letter.originalDestination}`;
  const all = { ...returnedHeaders(letter.headers), persistent: 'true', ...headers };
  assertSendable({ destination, headers: all, body: '' });
  const isText = letter.headers['content-length'] === undefined;
  session.client.publish({
    destination: escapeHeader(destination),
    headers: escapeHeaders(all),
    ...(isText ? { body: Buffer.from(letter.body).toString('utf8'), skipContentLengthHeader: true } : { binaryBody: letter.body }),
  });
}

function assertDone(outcome: ReceiptOutcome, { what, right }: { readonly what: string; readonly right: string }): void {
  if (outcome.kind === 'received') return;
  if (outcome.kind === 'lost') throw outcome.error;
  const refusal = toRefusal(outcome.frame, { what, otherwise: 'SOAR_BROKER_ERROR' });
  if (refusal.code !== 'SOAR_BROKER_NOT_AUTHORIZED') throw refusal;
  const text = `${what} needs the right to ${right}, and the account does not have it: ${getBrokerText(outcome.frame)}`;
  throw new WirebookError('ENGINE_DEAD_LETTERS_FORBIDDEN', text, refusal);
}

function toLetter({ headers, body, oversizeBytes }: CutMessage): DeadLetter {
  const original = headers['original-destination'];
  return {
    messageId: headers['message-id'] ?? '',
    originalDestination: original === undefined ? null : getQueueName(original),
    headers,
    body,
    sizeBytes: oversizeBytes ?? body.byteLength,
    isBodyKept: oversizeBytes === undefined,
  };
}
