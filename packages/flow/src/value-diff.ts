import { isJsonObject } from '@wirebook/errors';
import { isSameJson } from './same-json.ts';
import { toFieldPath } from './value-words.ts';

/** One place at which two JSON values differ. */
export interface ValueDiff {
  /** `fields[0].value`; empty when the values as a whole differ. */
  readonly path: string;
  /** Undefined when the place is not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The innermost places at which two values differ, by path. An expression counts as one value, and so does a list or object against
 * something else.
 */
export function diffValues(before: unknown, after: unknown): ValueDiff[] {
  const found: ValueDiff[] = [];
  collect(before, after, [], found);
  return found;
}

function collect(before: unknown, after: unknown, keys: readonly string[], found: ValueDiff[]): void {
  if (isSameJson(before, after)) return;
  const bothLists = Array.isArray(before) && Array.isArray(after);
  const bothObjects = isJsonObject(before) && isJsonObject(after) && !isSwitch(before) && !isSwitch(after);
  if (!bothLists && !bothObjects) {
    found.push({ path: toFieldPath(keys), before, after });
    return;
  }
  const left = new Map<string, unknown>(Object.entries(before));
  const right = new Map<string, unknown>(Object.entries(after));
  for (const key of new Set([...left.keys(), ...right.keys()])) collect(left.get(key), right.get(key), [...keys, key], found);
}

/** `{ "$expr": … }` and its like: one key with a dollar sign. */
function isSwitch(value: object): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0]?.startsWith('$') === true;
}
