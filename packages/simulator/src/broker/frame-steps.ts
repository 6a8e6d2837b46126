import type { FrameBody, FrameConnection, FramePattern, FrameScript, FrameStep } from './frame-case.ts';

type Headers = Readonly<Record<string, string>>;

/** A persistent message to `<queue>`. */
export function sendOf(body: FrameBody, headers: Headers = {}): FrameScript {
  return { command: 'SEND', headers: { destination: '/queue/<queue>', persistent: 'true', ...headers }, body };
}

export function subscribeTo(headers: Headers = {}): FrameScript {
  return {
    command: 'SUBSCRIBE',
    headers: { id: 's', destination: '/queue/<queue>', ack: 'client-individual', receipt: 'subscribed', ...headers },
  };
}

export const subscribed: FramePattern = receipt('subscribed');

export function receipt(id: string): FramePattern {
  return { command: 'RECEIPT', headers: { 'receipt-id': id } };
}

/** A first delivery; its ack id is kept as `ack-BODY` and its message-id as `id-BODY`. */
export function messageOf(body: string, headers: Headers = {}): FramePattern {
  return {
    command: 'MESSAGE',
    body,
    headers,
    absent: ['redelivered'],
    save: { ack: `ack-${body}`, 'message-id': `id-${body}` },
  };
}

/** A delivery of the same message once more, with an ack id of its own; the new one is kept in the old one's place. */
export function againOf(body: string, headers: Headers = {}): FramePattern {
  return {
    command: 'MESSAGE',
    body,
    headers: { redelivered: 'true', 'message-id': `<id-${body}>`, ...headers },
    differs: { ack: `<ack-${body}>` },
    save: { ack: `ack-${body}` },
  };
}

export function errorWith(text: string, headers: Headers = {}): FramePattern {
  return { command: 'ERROR', contains: { message: text }, headers };
}

export function ackOf(body: string, headers: Headers = {}): FrameScript {
  return { command: 'ACK', headers: { id: `<ack-${body}>`, ...headers } };
}

export function nackOf(body: string, headers: Headers = {}): FrameScript {
  return { command: 'NACK', headers: { id: `<ack-${body}>`, ...headers } };
}

export function transactionFrame(command: 'BEGIN' | 'COMMIT' | 'ABORT', headers: Headers = {}): FrameScript {
  return { command, headers: { transaction: 't', ...headers } };
}

/** Connects, subscribes and waits until the broker has the subscription. */
export function consumer(on: FrameConnection, headers: Headers = {}): readonly FrameStep[] {
  return [{ connect: on }, { on, send: subscribeTo(headers) }, { on, expect: subscribed }];
}
