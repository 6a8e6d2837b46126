import { isJsonObject, type JsonValue } from '@wirebook/errors';

/** Keys that JSONata reads as marks of its own on objects; data that carries them could pose as a function or a tuple. */
const reservedKeys: ReadonlySet<string> = new Set(['_jsonata_function', '_jsonata_lambda', 'tupleStream', 'outerWrapper']);

/** Keys that lead to prototypes. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

const maxResultNodes = 1_000_000;
const maxResultTextLength = 16_000_000;
const maxResultDepth = 512;

const checkedValues = new WeakSet<object>();

/** The first reserved key in the data, or undefined. Messages never change, so the answer is remembered for each. */
export function findReservedKey(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || checkedValues.has(value)) return undefined;
  const found = searchReservedKey(value);
  if (found === undefined) checkedValues.add(value);
  return found;
}

function searchReservedKey(value: JsonValue): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = searchReservedKey(item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [key, child] of Object.entries(value)) {
    if (reservedKeys.has(key)) return key;
    const found = searchReservedKey(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A deep copy that may be changed freely. */
export function copyJson(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  if (!isJsonObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const [key, child] of Object.entries(value)) {
    if (key !== '__proto__') copy[key] = copyJson(child);
  }
  return copy;
}

export function freezeJson<T extends JsonValue>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) freezeJson(child);
  }
  return value;
}

/**
 * What an expression gave as plain JSON: marks on lists, missing prototypes and functions are gone. Undefined when nothing is left.
 *
 * @throws Error that says which bound was passed or which key is refused.
 */
export function toPlainJson(value: unknown): JsonValue | undefined {
  let nodeCount = 0;
  let textLength = 0;
  const convert = (current: unknown, depth: number): JsonValue | undefined => {
    nodeCount += 1;
    if (nodeCount > maxResultNodes) throw new Error(`it gives more than ${maxResultNodes} values`);
    if (depth > maxResultDepth) throw new Error(`it gives values nested deeper than ${maxResultDepth}`);
    switch (typeof current) {
      case 'string':
        textLength += current.length;
        if (textLength > maxResultTextLength) throw new Error(`it gives more than ${maxResultTextLength} characters`);
        return current;
      case 'boolean':
        return current;
      case 'number':
        if (!Number.isFinite(current)) throw new Error(`it gives ${current}, which JSON cannot hold`);
        return current;
      case 'object':
        break;
      default:
        return undefined;
    }
    if (current === null) return null;
    // A missing item keeps its place, as in JSON.stringify.
    if (Array.isArray(current)) return current.map((item) => convert(item, depth + 1) ?? null);
    if (isFunctionMark(current)) return undefined;
    const plain: Record<string, JsonValue> = {};
    for (const [key, child] of Object.entries(current)) {
      if (forbiddenKeys.has(key)) throw new Error(`it gives an object with the key "${key}", which is refused`);
      textLength += key.length;
      const converted = convert(child, depth + 1);
      if (converted !== undefined) plain[key] = converted;
    }
    return plain;
  };
  return convert(value, 0);
}

function isFunctionMark(value: object): boolean {
  return Reflect.get(value, '_jsonata_function') === true || Reflect.get(value, '_jsonata_lambda') === true;
}
