import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';

const forbiddenKeys = new Set(['__proto__', 'prototype', 'constructor']);
/** What is nested thousands deep can no longer be written as JSON. */
const keysLimit = 100;
const listPosition = /^(?:0|[1-9]\d*)$/;

/**
 * Splits a dotted path into keys; list positions are plain numbers.
 *
 * @throws NODE_INPUT_INVALID for an empty part, for `__proto__`, `prototype`, `constructor`, and for more than 100 keys.
 */
export function parseOwnPath(path: string): readonly string[] {
  const keys = path.split('.');
  if (keys.length > keysLimit) {
    throw new WirebookError('NODE_INPUT_INVALID', `path "${path.slice(0, 60)}…" has ${keys.length} keys; ${keysLimit} is the most`);
  }
  for (const key of keys) assertOwnKey(key, path);
  return keys;
}

export function assertOwnKey(key: string, path: string): void {
  if (key === '' || forbiddenKeys.has(key)) {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `path "${path}": "${key}" cannot be a key; use names without dots at the ends, and none of ${[...forbiddenKeys].join(', ')}`,
    );
  }
}

/** The value at a path of own keys, or undefined. */
export function findAtPath(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const key of path) {
    if (Array.isArray(current)) current = listPosition.test(key) ? current[Number(key)] : undefined;
    else if (isJsonObject(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

/** A copy of the object in which the path holds the value; parents that are missing or no objects become objects. */
export function withAtPath(target: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) throw new WirebookError('NODE_INPUT_INVALID', 'the path is empty; name at least one key');
  assertOwnKey(key, path.join('.'));
  const child = Object.hasOwn(target, key) ? target[key] : undefined;
  return { ...target, [key]: rest.length === 0 ? value : withAtPath(isJsonObject(child) ? child : {}, rest, value) };
}
