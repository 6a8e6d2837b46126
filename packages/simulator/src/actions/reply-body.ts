import { createHash } from 'node:crypto';
import type { BrokerMessage } from '../broker/broker-port.ts';
import { isJsonObject, type JsonValue, ownValue } from '../json-value.ts';
import type { Reply } from './invocation.ts';

/**
 * Reads a reply: a JSON object is an acknowledgement with `message_type`, `message`, `complete` and perhaps `results`;
 * anything else is a plain text, complete unless the header `Co3InvocationComplete` says false.
 */
export function parseReply(message: BrokerMessage, receivedAtMs: number): Reply {
  const text = new TextDecoder().decode(message.body);
  const facts = {
    messageId: message.messageId,
    receivedAt: new Date(receivedAtMs).toISOString(),
    bodySha256: createHash('sha256').update(message.body).digest('hex'),
    sizeBytes: message.body.byteLength,
    headers: message.headers,
  };
  const body = parseJson(text);
  if (!isJsonObject(body)) {
    const header = message.headers.Co3InvocationComplete ?? 'true';
    return { ...facts, format: 'text', messageType: 0, message: text, complete: header.toLowerCase() !== 'false' };
  }
  const messageType = ownValue(body, 'message_type');
  const given = ownValue(body, 'message');
  const results = ownValue(body, 'results');
  return {
    ...facts,
    format: 'json',
    messageType: typeof messageType === 'number' ? messageType : 0,
    message: typeof given === 'string' ? given : '',
    complete: ownValue(body, 'complete') !== false,
    ...(results === undefined ? {} : { results }),
  };
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The number in the header `correlation-id: invid:N`; undefined when it is missing or of another form. */
export function parseCorrelationId(headers: Readonly<Record<string, string>>): number | undefined {
  const match = /^invid:(\d{1,15})$/.exec(headers['correlation-id'] ?? '');
  return match === null ? undefined : Number(match[1]);
}
