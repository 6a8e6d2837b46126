import type { IncomingMessage } from 'node:http';
import type { JsonObject, JsonValue } from '@wirebook/errors';
import { findJsonDepth } from '../http/json-depth.ts';

export interface ReadRequest {
  readonly request: Pick<IncomingMessage, 'method' | 'headers'>;
  readonly url: URL;
  readonly body: Uint8Array;
  readonly remoteAddress: string;
  /** Header that holds a login, beside those that always do. */
  readonly secretHeader: string;
}

/** What cannot be a message, and the status that tells it. */
export class UnreadableRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const loginHeaders = ['authorization', 'cookie', 'proxy-authorization'];
const deepestJson = 200;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The request as a flow sees it.
 *
 * @throws UnreadableRequest
 */
export function toRequestMessage({ request, url, body, remoteAddress, secretHeader }: ReadRequest): JsonObject {
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: toFields(url.searchParams),
    headers: readHeaders(request.headers, [...loginHeaders, secretHeader]),
    contentType,
    body: readContent(body, contentType),
    remoteAddress,
  };
}

function readHeaders(headers: IncomingMessage['headers'], masked: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !forbiddenKeys.has(name))
      .map(([name, value]) => [name, masked.includes(name) ? '***' : Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

function readContent(bytes: Uint8Array, contentType: string): JsonValue {
  if (bytes.length === 0) return null;
  if (contentType === 'application/json' || contentType.endsWith('+json')) return readJson(bytes);
  if (contentType === 'application/x-www-form-urlencoded') return toFields(new URLSearchParams(decode(bytes)));
  if (contentType === '' || contentType.startsWith('text/') || contentType === 'application/xml' || contentType.endsWith('+xml')) {
    return decode(bytes);
  }
  throw new UnreadableRequest(415, `bodies of type ${contentType} are not taken; send JSON, a form or a text`);
}

function decode(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    throw new UnreadableRequest(400, 'the body is not UTF-8');
  }
}

function readJson(bytes: Uint8Array): JsonValue {
  if (findJsonDepth(bytes) > deepestJson) throw new UnreadableRequest(400, `the body is nested more than ${deepestJson} levels deep`);
  const text = decode(bytes);
  try {
    return JSON.parse(text, (key, inner: unknown) => (key === '__proto__' ? undefined : inner)) as JsonValue;
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw new UnreadableRequest(400, 'the body is not JSON, although its content type says so');
  }
}

/** A name that comes several times has a list. */
function toFields(parameters: URLSearchParams): JsonObject {
  const fields: Record<string, JsonValue> = {};
  for (const name of new Set(parameters.keys())) {
    if (forbiddenKeys.has(name)) continue;
    const values = parameters.getAll(name);
    fields[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return fields;
}
