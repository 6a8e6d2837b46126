import { isJsonObject } from '@wirebook/errors';

/** The config without keys that hold nothing: a field that was emptied is left out of the document. */
export function dropUndefined<Value>(value: Value): Value;
export function dropUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => dropUndefined(item) ?? null);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, inner]: [string, unknown]) => inner !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [key, dropUndefined(inner)]));
}
