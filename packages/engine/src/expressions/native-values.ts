import type { JsonValue } from '@wirebook/errors';
import { nativeFunctions } from './native-functions.ts';

/** JSONata's own reading of a value as true or false; nothing is false. */
export function isTruthy(value: JsonValue | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.length > 0;
  if (typeof value === 'number') return value !== 0;
  if (value === undefined || value === null) return false;
  if (!Array.isArray(value)) return Object.keys(value).length > 0;
  if (value.length === 1) return isTruthy(value[0]);
  return value.some((item) => isTruthy(item));
}

/** The text of a value as `&` and `$string` write it. */
export function toText(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (Number.isInteger(value)) return String(value);
  return String(nativeFunctions.get('string')?.implementation.call(undefined, value));
}

/** Equality as `=` sees it; undefined when a list is compared with an object, where the library looks at `length`. */
export function isEqual(left: JsonValue, right: JsonValue): boolean | undefined {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return undefined;
  const leftKeys = Object.keys(left);
  if (leftKeys.length !== Object.keys(right).length) return false;
  for (const key of leftKeys) {
    if (!Object.hasOwn(right, key)) return false;
    const leftChild: unknown = Reflect.get(left, key);
    const rightChild: unknown = Reflect.get(right, key);
    if (!isJson(leftChild) || !isJson(rightChild)) return undefined;
    const equal = isEqual(leftChild, rightChild);
    if (equal !== true) return equal;
  }
  return true;
}

/** Children of JSON are JSON; only the type does not know it. */
function isJson(value: unknown): value is JsonValue {
  return value !== undefined;
}
