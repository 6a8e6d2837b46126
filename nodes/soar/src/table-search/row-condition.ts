import type { JsonValue } from '@wirebook/errors';
import type { FieldDefinition } from '@wirebook/node-kit';
import { findSelectId } from '../encode-select-value.ts';

export interface RowCondition {
  readonly column: FieldDefinition;
  readonly method: string;
  /** In the form of the platform: ids for labels, milliseconds for dates. */
  readonly value: JsonValue;
}

/** Whether the cell, with labels or ids, meets the condition as the platform means it in its own searches. */
export function meetsCondition({ column, method, value }: RowCondition, cell: JsonValue | undefined): boolean {
  const kept = toComparable(column, cell ?? null);
  const isEmpty = kept === null || kept === '' || (Array.isArray(kept) && kept.length === 0);
  switch (method) {
    case 'has_a_value':
      return !isEmpty;
    case 'not_has_a_value':
      return isEmpty;
    case 'equals':
      return isEqual(kept, value);
    case 'not_equals':
      return !isEqual(kept, value);
    case 'contains':
      return containsValue(kept, value);
    case 'not_contains':
      return !containsValue(kept, value);
    case 'in':
      return Array.isArray(value) && value.some((each) => isEqual(kept, each));
    case 'not_in':
      return !(Array.isArray(value) && value.some((each) => isEqual(kept, each)));
    default:
      return typeof kept === 'number' && typeof value === 'number' && compares(method, kept, value);
  }
}

function toComparable(column: FieldDefinition, cell: JsonValue): JsonValue {
  if (!column.inputType.includes('select')) return cell;
  return Array.isArray(cell) ? cell.map((entry) => findSelectId(column, entry)) : findSelectId(column, cell);
}

function isEqual(left: JsonValue, right: JsonValue): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right;
  return left.length === right.length && left.every((entry) => right.includes(entry));
}

/** Of texts a part, whatever its case, as the platform compares; of lists an entry. */
function containsValue(kept: JsonValue, value: JsonValue): boolean {
  if (Array.isArray(kept)) return kept.includes(value);
  return typeof kept === 'string' && typeof value === 'string' && kept.toLowerCase().includes(value.toLowerCase());
}

function compares(method: string, kept: number, value: number): boolean {
  switch (method) {
    case 'lt':
      return kept < value;
    case 'lte':
      return kept <= value;
    case 'gt':
      return kept > value;
    default:
      return kept >= value;
  }
}
