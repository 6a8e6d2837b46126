import { WirebookError } from '@wirebook/errors';
import { isTooDeep, maxJsonDepth } from './json-depth.ts';

/** The largest reply that is sent. The platform's own limit is not documented. */
export const maxReplyBytes = 5_000_000;

/**
 * Compact JSON. A key whose value is undefined counts as absent; whatever else JSON cannot express is refused rather than altered.
 *
 * @throws WirebookError ENGINE_REPLY_UNSERIALIZABLE, naming the path.
 */
export function toReplyJson(value: object): string {
  // First, so that a value which contains itself is found before anything recurses into it.
  if (isTooDeep(value)) {
    throw new WirebookError(
      'ENGINE_REPLY_UNSERIALIZABLE',
      `The reply is nested more than ${maxJsonDepth} levels deep, or contains itself.`,
    );
  }
  const fault = findUnserializable(value);
  if (fault !== undefined) {
    const path = fault.path === '' ? '(the whole value)' : fault.path.replace(/^\./, '');
    throw new WirebookError('ENGINE_REPLY_UNSERIALIZABLE', `The reply cannot be written as JSON: ${path} is ${fault.found}.`, undefined, {
      path,
    });
  }
  return JSON.stringify(value);
}

/** Bytes of a text as UTF-8. */
export function getUtf8SizeBytes(text: string): number {
  let sizeBytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    // Each half of a surrogate pair counts two: four bytes for the pair.
    sizeBytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return sizeBytes;
}

/** @throws WirebookError ENGINE_REPLY_TOO_LARGE when the reply is over `maxReplyBytes`. */
export function assertReplySize(replyText: string): void {
  if (replyText.length * 3 <= maxReplyBytes) return;
  const sizeBytes = getUtf8SizeBytes(replyText);
  if (sizeBytes <= maxReplyBytes) return;
  throw new WirebookError('ENGINE_REPLY_TOO_LARGE', `The reply has ${sizeBytes} bytes; at most ${maxReplyBytes} are sent.`, undefined, {
    sizeBytes,
    maxReplyBytes,
  });
}

interface Fault {
  readonly path: string;
  readonly found: string;
}

/** The path is put together on the way back only, so that a good value costs no texts. */
function findUnserializable(value: unknown): Fault | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : { path: '', found: String(value) };
    case 'object':
      return value === null ? undefined : findInObject(value);
    default:
      return { path: '', found: typeof value === 'undefined' ? 'undefined' : `a ${typeof value}` };
  }
}

function findInObject(value: object): Fault | undefined {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const fault = findUnserializable(value[index]);
      if (fault !== undefined) return { path: `[${index}]${fault.path}`, found: fault.found };
    }
    return undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return { path: '', found: `a ${value.constructor?.name ?? 'special'} object` };
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const fault = findUnserializable(item);
    if (fault !== undefined) return { path: `${formatKey(key)}${fault.path}`, found: fault.found };
  }
  return undefined;
}

function formatKey(key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
