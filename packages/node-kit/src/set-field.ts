import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { describeValue } from './describe-value.ts';
import { findAtPath, parseOwnPath, withAtPath } from './own-path.ts';

/**
 * A copy of `target` with `value` at the path.
 *
 * @throws NODE_INPUT_INVALID when the path is none, or leads through something that is no object.
 */
export function setField(target: JsonValue, path: string, value: JsonValue): JsonObject {
  if (!isJsonObject(target)) {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `path "${path}": the message is ${describeValue(target)}, and only an object has fields; turn "Keep the message" off or give a value`,
    );
  }
  const keys = parseOwnPath(path);
  assertObjectsOnTheWay(target, keys, path);
  return withAtPath(target, keys, value);
}

/** A parent that is missing is made; one that holds something else than an object would be lost, so it is an error. */
function assertObjectsOnTheWay(target: JsonObject, keys: readonly string[], path: string): void {
  for (let depth = 1; depth < keys.length; depth += 1) {
    const parent = findAtPath(target, keys.slice(0, depth));
    if (parent === undefined || parent === null) return;
    if (isJsonObject(parent)) continue;
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `path "${path}": "${keys.slice(0, depth).join('.')}" is ${describeValue(parent)}, not an object; set "${keys.slice(0, depth).join('.')}" as a whole`,
    );
  }
}
