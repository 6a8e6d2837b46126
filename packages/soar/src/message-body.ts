import { isJsonObject, type JsonObject, WirebookError } from '@wirebook/errors';
import { findInvalidUtf8 } from './find-invalid-utf8.ts';
import { findJsonError } from './find-json-error.ts';
import { isTooDeep, maxJsonDepth } from './json-depth.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The body of a message of the platform: UTF-8, JSON, an object. Keys named `__proto__` are left out at every depth.
 *
 * @throws WirebookError ENGINE_MESSAGE_UNREADABLE, saying what is wrong and at which byte or character; it never quotes the body.
 */
export function parseMessageBody(bytes: Uint8Array): JsonObject {
  if (bytes.length === 0) throw unreadable('The body of the message is empty; a JSON object is expected.');
  const text = decode(bytes);
  const value = parse(text);
  if (!isJsonObject(value)) throw unreadable(`The body of the message is ${describe(value)}; a JSON object is expected.`);
  if (isTooDeep(value)) throw unreadable(`The body of the message is nested more than ${maxJsonDepth} levels deep.`);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch (cause) {
    const position = findInvalidUtf8(bytes) ?? bytes.length;
    throw unreadable(`The body of the message is not UTF-8: byte ${position} of ${bytes.length} starts no valid character.`, cause, {
      position,
    });
  }
}

function parse(text: string): unknown {
  try {
    // JSON writes `_` also as an escape below \u0080; whichever way the key is spelt, it is taken out.
    return text.includes('__proto__') || text.includes('\\u00') ? JSON.parse(text, withoutProto) : JSON.parse(text);
  } catch {
    // The engine's error is not kept as the cause, because its message quotes the body.
    const error = findJsonError(text);
    const position = error?.position ?? text.length;
    const where = position >= text.length ? `it ends after ${text.length} characters where` : `at character ${position}`;
    throw unreadable(`The body of the message is not JSON: ${where} ${error?.expected ?? 'more'} is expected.`, undefined, { position });
  }
}

function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return `a ${typeof value}`;
}

function unreadable(message: string, cause?: unknown, details?: { position: number }): WirebookError {
  return new WirebookError('ENGINE_MESSAGE_UNREADABLE', message, cause, details);
}
