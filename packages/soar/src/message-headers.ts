/** What the headers of a message mean to a client; null where the header is missing. */
export interface MessageHeaders {
  /** Destination of the replies, to be used as it came. */
  readonly replyTo: string | null;
  /** Goes back with every reply. */
  readonly correlationId: string | null;
  /** Goes back as `X-Co3ContextToken` with every REST call made for the message. A secret: never shown. */
  readonly contextToken: string | null;
  /** Epoch milliseconds. */
  readonly timestampMs: number | null;
  /** `ActionDataDTO`, `RestAPIExecutionEventDTO`, `ConnectorSubscriptionUpdateDTO`, or another one. */
  readonly payloadKind: string | null;
}

export const contextTokenHeader = 'Co3ContextToken';
export const payloadKindHeader = 'Co3MessagePayload';

type Headers = Readonly<Record<string, string>>;

export function readMessageHeaders(headers: Headers): MessageHeaders {
  return {
    replyTo: findHeader(headers, 'reply-to'),
    correlationId: findHeader(headers, 'correlation-id'),
    contextToken: findHeader(headers, contextTokenHeader),
    timestampMs: parseTimestamp(findHeader(headers, 'timestamp')),
    payloadKind: findHeader(headers, payloadKindHeader),
  };
}

/** A copy that may be shown and stored: the context token is replaced by `***`. */
export function maskHeaders(headers: Headers): Headers {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) masked[name] = isContextToken(name) ? '***' : value;
  return masked;
}

function isContextToken(name: string): boolean {
  return name.length === contextTokenHeader.length && name.toLowerCase() === contextTokenHeader.toLowerCase();
}

/** Empty counts as missing. */
function findHeader(headers: Headers, name: string): string | null {
  return (Object.hasOwn(headers, name) && headers[name]) || null;
}

function parseTimestamp(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
