import { encodeHeaders } from './frame-encoder.ts';
import type { FrameHeaders } from './stomp-frame.ts';

/** What a sender hands in, read out of its SEND frame or its call. */
export interface MessageDraft {
  /** Queue name without the `/queue/` prefix. */
  readonly destination: string;
  readonly messageId: string;
  readonly isPersistent: boolean;
  /** A text message of ActiveMQ: it came without content-length, and leaves without one. */
  readonly isText: boolean;
  readonly priority: number;
  readonly timestampMs: number;
  /** Milliseconds since the epoch; 0 for never. */
  readonly expiresAtMs: number;
  /** The sender's own headers, reply-to and correlation-id among them. */
  readonly headers: Readonly<FrameHeaders>;
  readonly body: Uint8Array;
}

/** A message on a queue, with what changes while it is there. */
export interface QueuedMessage extends MessageDraft {
  /** Place in the order of arrival at the broker; a message that comes back keeps it. */
  readonly sequence: number;
  isRedelivered: boolean;
  isSettled: boolean;
  /** How many consumers hold it; more than one only under the duplicate fault. */
  holderCount: number;
  /** The header lines that are the same in every delivery. */
  headerLines: string | undefined;
}

export function queueMessage(draft: MessageDraft, sequence: number): QueuedMessage {
  return { ...draft, sequence, isRedelivered: false, isSettled: false, holderCount: 0, headerLines: undefined };
}

/** All headers of a MESSAGE frame but the three that belong to one delivery: subscription, ack and redelivered. */
export function describeMessage(message: MessageDraft): Record<string, string> {
  return {
    ...message.headers,
    destination: `/queue/${message.destination}`,
    'message-id': message.messageId,
    timestamp: String(message.timestampMs),
    expires: String(message.expiresAtMs),
    priority: String(message.priority),
    ...(message.isPersistent ? { persistent: 'true' } : {}),
    ...(message.isText ? {} : { 'content-length': String(message.body.length) }),
  };
}

export function commonHeaderLines(message: QueuedMessage): string {
  message.headerLines ??= encodeHeaders(describeMessage(message));
  return message.headerLines;
}

/** The copy that goes to the dead letter queue, marked as ActiveMQ marks it. */
export function deadLetterOf(message: MessageDraft, cause: string | undefined): MessageDraft {
  return {
    ...message,
    destination: `DLQ.${message.destination}`,
    isPersistent: true,
    expiresAtMs: 0,
    headers: {
      ...message.headers,
      'original-destination': `/queue/${message.destination}`,
      originalExpiration: String(message.expiresAtMs),
      ...(message.isPersistent ? {} : { originalDeliveryMode: 'NON_PERSISTENT' }),
      ...(cause === undefined ? {} : { dlqDeliveryFailureCause: cause }),
    },
  };
}
