import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { TracedValue } from './trace-event.ts';

/** Ends a text that was cut. */
const cutMark = '…';

/**
 * A value as it is kept in a trace: whole when its JSON has at most `maxBytes` bytes of UTF-8, else its beginning: long texts, lists
 * and objects are cut, and the true size is told.
 */
export function toTracedValue(value: JsonValue, maxBytes: number): TracedValue {
  const sizeBytes = countUtf8Bytes(JSON.stringify(value));
  if (sizeBytes <= maxBytes) return { value, sizeBytes, truncated: false };
  return { value: cut(value, { leftBytes: maxBytes }), sizeBytes, truncated: true };
}

interface Budget {
  leftBytes: number;
}

/** The longest UTF-8 sequence of one UTF-16 unit, which is also more than what most escapes of JSON add. */
const maxBytesPerUnit = 3;
const punctuationBytes = 4;

function cut(value: JsonValue, budget: Budget): JsonValue {
  budget.leftBytes -= punctuationBytes;
  if (typeof value === 'string') return cutText(value, budget);
  if (Array.isArray(value)) return cutList(value, budget);
  if (isJsonObject(value)) return cutObject(value, budget);
  budget.leftBytes -= String(value).length;
  return value;
}

function cutText(text: string, budget: Budget): string {
  const bytes = text.length * maxBytesPerUnit > budget.leftBytes ? countUtf8Bytes(JSON.stringify(text)) : text.length * maxBytesPerUnit;
  if (bytes <= budget.leftBytes) {
    budget.leftBytes -= bytes;
    return text;
  }
  const kept = Math.max(0, Math.floor((budget.leftBytes / bytes) * text.length));
  budget.leftBytes = 0;
  return `${text.slice(0, endsInsidePair(text, kept) ? kept - 1 : kept)}${cutMark}`;
}

function cutList(list: readonly JsonValue[], budget: Budget): JsonValue {
  const kept: JsonValue[] = [];
  for (const item of list) {
    if (budget.leftBytes <= 0) break;
    kept.push(cut(item, budget));
  }
  return kept;
}

function cutObject(object: Readonly<Record<string, JsonValue>>, budget: Budget): JsonValue {
  const kept: [string, JsonValue][] = [];
  for (const [key, item] of Object.entries(object)) {
    budget.leftBytes -= key.length;
    if (budget.leftBytes <= 0) break;
    kept.push([key, cut(item, budget)]);
  }
  return Object.fromEntries(kept);
}

function endsInsidePair(text: string, length: number): boolean {
  const last = text.charCodeAt(length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}

/** Bytes of the text in UTF-8. */
export function countUtf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit <= 0xdbff && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 2;
      index += 1;
    } else bytes += 2;
  }
  return bytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
