import type { JsonValue } from '../json-value.ts';

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isSame(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (isEmpty(left) && isEmpty(right)) return true;
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase();
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((entry) => right.some((other) => isSame(entry, other)));
  }
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}

function contains(actual: JsonValue | undefined, expected: JsonValue): boolean {
  if (typeof actual === 'string') return actual.toLowerCase().includes(String(expected).toLowerCase());
  const wanted = Array.isArray(expected) ? expected : [expected];
  return Array.isArray(actual) && wanted.some((entry) => actual.some((candidate) => isSame(candidate, entry)));
}

function compare(actual: JsonValue | undefined, expected: JsonValue, isRight: (difference: number) => boolean): boolean {
  return typeof actual === 'number' && typeof expected === 'number' && isRight(actual - expected);
}

export interface Compared {
  readonly actual: JsonValue | undefined;
  /** The value before the change; undefined in queries and for new objects. */
  readonly previous: JsonValue | undefined;
  readonly expected: JsonValue;
  readonly nowMs: number;
}

/**
 * Whether a condition's method holds. Values are ids for selects, on both sides.
 *
 * @returns undefined for a method that is not known.
 */
export function holds(method: string, { actual, previous, expected, nowMs }: Compared): boolean | undefined {
  const hasChanged = !isSame(actual, previous);
  switch (method) {
    case 'equals':
      return isSame(actual, expected);
    case 'not_equals':
      return !isSame(actual, expected);
    case 'contains':
      return contains(actual, expected);
    case 'not_contains':
      return !contains(actual, expected);
    case 'in':
      return isIn(actual, expected);
    case 'not_in':
      return !isIn(actual, expected);
    case 'lt':
      return compare(actual, expected, (difference) => difference < 0);
    case 'lte':
      return compare(actual, expected, (difference) => difference <= 0);
    case 'gt':
      return compare(actual, expected, (difference) => difference > 0);
    case 'gte':
      return compare(actual, expected, (difference) => difference >= 0);
    case 'has_a_value':
      return !isEmpty(actual);
    case 'not_has_a_value':
    case 'does_not_have_a_value':
      return isEmpty(actual);
    case 'changed':
      return hasChanged;
    case 'changed_to':
      return hasChanged && isSame(actual, expected);
    case 'not_changed_to':
      return !(hasChanged && isSame(actual, expected));
    case 'value_added':
      return contains(actual, expected) && !contains(previous, expected);
    case 'due_within':
      return compare(actual, nowMs, (difference) => difference >= 0 && difference <= Number(expected));
    case 'overdue_by':
      return compare(actual, nowMs, (difference) => -difference >= Number(expected));
    default:
      return undefined;
  }
}

function isIn(actual: JsonValue | undefined, expected: JsonValue): boolean {
  const wanted = Array.isArray(expected) ? expected : [expected];
  const present = Array.isArray(actual) ? actual : [actual];
  return present.some((value) => wanted.some((entry) => isSame(value, entry)));
}
