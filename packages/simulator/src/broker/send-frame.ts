import type { MessageDraft } from './queued-message.ts';
import { createHeaders, type StompFrame } from './stomp-frame.ts';

/** Headers of SEND that the broker answers for itself; the others travel with the message. */
const ownHeaders: ReadonlySet<string> = new Set([
  'ack',
  'content-length',
  'destination',
  'expires',
  'message-id',
  'persistent',
  'priority',
  'receipt',
  'redelivered',
  'subscription',
  'timestamp',
  'transaction',
]);

const DEFAULT_PRIORITY = 4;

function wholeNumber(text: string | undefined, fallback: number): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : fallback;
}

/** The message in a SEND frame; persistent only when the header says exactly `true`, as ActiveMQ reads it. */
export function readSendFrame(frame: StompFrame, given: { queueName: string; messageId: string; nowMs: number }): MessageDraft {
  const headers = createHeaders();
  for (const [name, value] of Object.entries(frame.headers)) if (!ownHeaders.has(name)) headers[name] = value;
  return {
    destination: given.queueName,
    messageId: given.messageId,
    isPersistent: frame.headers.persistent === 'true',
    isText: frame.headers['content-length'] === undefined,
    priority: Math.min(9, wholeNumber(frame.headers.priority, DEFAULT_PRIORITY)),
    timestampMs: wholeNumber(frame.headers.timestamp, given.nowMs),
    expiresAtMs: wholeNumber(frame.headers.expires, 0),
    headers,
    body: frame.body,
  };
}

/**
 * The queue that a destination header names; a bare name is a queue.
 *
 * @returns undefined for a topic, a temporary queue or nothing at all.
 */
export function readQueueName(destination: string): string | undefined {
  if (destination.startsWith('/queue/')) return destination.slice('/queue/'.length) || undefined;
  if (/^\/(topic|temp-queue|temp-topic|remote-temp-queue|remote-temp-topic)\//.test(destination)) return undefined;
  return destination === '' ? undefined : destination;
}
