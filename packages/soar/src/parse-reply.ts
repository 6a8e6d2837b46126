import { isJsonObject, type JsonValue } from '@wirebook/errors';

export interface Reply {
  readonly kind: 'status' | 'result' | 'error' | 'acknowledge';
  /** 0 information, 1 error, 2 warning. */
  readonly messageType: number;
  readonly message: string;
  readonly complete: boolean;
  /** Absent when the reply has none; null is a result. */
  readonly results?: JsonValue;
}

/**
 * Reads a reply as the platform does: a JSON object in its own words, anything else as plain text that completes with success.
 *
 * @param invocationComplete the header `Co3InvocationComplete` of a plain-text reply; default `true`.
 */
export function parseReply(text: string, invocationComplete = 'true'): Reply {
  const body = parseObject(text);
  if (body === undefined) {
    const complete = invocationComplete.toLowerCase() !== 'false';
    return { kind: complete ? 'acknowledge' : 'status', messageType: 0, message: text, complete };
  }
  const messageType = typeof body.message_type === 'number' ? body.message_type : 0;
  const message = typeof body.message === 'string' ? body.message : '';
  const complete = body.complete !== false;
  const results = Object.hasOwn(body, 'results') ? body.results : undefined;
  return {
    kind: messageType === 1 ? 'error' : complete ? (results === undefined ? 'acknowledge' : 'result') : 'status',
    messageType,
    message,
    complete,
    ...(results === undefined ? {} : { results }),
  };
}

function parseObject(text: string): { readonly [key: string]: JsonValue } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Not an error: the platform takes plain text too.
    return undefined;
  }
}
