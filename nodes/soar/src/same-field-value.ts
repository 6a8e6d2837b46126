import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { FieldDefinition } from '@wirebook/node-kit';
import { findSelectId } from './encode-select-value.ts';

/** Whether the field already holds the value: selects by id or label, multiselects in any order, texts by their content. */
export function isSameFieldValue(field: FieldDefinition, kept: JsonValue | undefined, encoded: JsonValue): boolean {
  return isDeepStrictEqual(toComparable(field, kept ?? null), toComparable(field, encoded));
}

function toComparable(field: FieldDefinition, value: JsonValue): JsonValue {
  if (field.inputType.startsWith('multiselect')) {
    const entries: readonly JsonValue[] = Array.isArray(value) ? value : value === null ? [] : [value];
    return entries
      .map((entry) => findSelectId(field, entry))
      .map(String)
      .sort();
  }
  if (field.inputType.startsWith('select')) return findSelectId(field, value);
  if (field.inputType === 'textarea' && isJsonObject(value)) return value.content ?? null;
  return value;
}
