import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { describeValue, type FieldDefinition } from '@wirebook/node-kit';
import { encodeFieldValue } from './encode-field-value.ts';
import { encodeSelectValue } from './encode-select-value.ts';

const withoutValue: ReadonlySet<string> = new Set(['has_a_value', 'not_has_a_value']);
const ofLists: ReadonlySet<string> = new Set(['in', 'not_in']);

/**
 * What a condition compares a field with, as the platform takes it: ids for labels, milliseconds for dates, plain text for rich text.
 *
 * @throws NODE_INPUT_INVALID where a value is missing, and as `encodeFieldValue`.
 */
export function encodeConditionValue(field: FieldDefinition, method: string, value: JsonValue | undefined): JsonValue {
  if (withoutValue.has(method)) return null;
  if (value === undefined || value === null) {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `condition on "${field.name}": "${method}" needs a value; choose not_has_a_value to find empty ones`,
    );
  }
  if (ofLists.has(method)) return toList(value).map((entry) => encodeOne(field, entry));
  const isMany = field.inputType.startsWith('multiselect');
  return isMany && (method === 'equals' || method === 'not_equals')
    ? toList(value).map((entry) => encodeOne(field, entry))
    : encodeOne(field, value);
}

function encodeOne(field: FieldDefinition, value: JsonValue): JsonValue {
  const { inputType } = field;
  if (inputType.startsWith('multiselect') || inputType.startsWith('select')) return encodeSelectValue(field, value);
  if (inputType !== 'textarea') return encodeFieldValue(field, value);
  const text = isJsonObject(value) ? value.content : value;
  if (typeof text === 'string') return text;
  throw new WirebookError('NODE_INPUT_INVALID', `condition on "${field.name}" (textarea): it got ${describeValue(value)}; give a text`);
}

function toList(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [value];
}
