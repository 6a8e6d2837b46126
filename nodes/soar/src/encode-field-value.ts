import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { describeValue, type FieldDefinition } from '@wirebook/node-kit';
import { encodeSelectValue } from './encode-select-value.ts';
import { parseDateText } from './parse-date-text.ts';

/**
 * A value as the platform takes it for this kind of field: ids for labels, milliseconds for dates, a format beside rich text.
 * Null empties the field.
 *
 * @throws NODE_INPUT_INVALID, SOAR_NUMBER_NOT_INTEGER or SOAR_SELECT_VALUE_UNKNOWN naming field, value and what to give instead.
 */
export function encodeFieldValue(field: FieldDefinition, value: JsonValue): JsonValue {
  if (value === null) return field.inputType.startsWith('multiselect') ? [] : null;
  switch (field.inputType) {
    case 'text':
      if (typeof value !== 'string') throw wrongType(field, value, 'a text; $string() makes one');
      return value;
    case 'textarea':
      return encodeText(field, value);
    case 'number':
      return encodeNumber(field, value);
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(field, value, 'true or false');
      return value;
    case 'datepicker':
    case 'datetimepicker':
      return encodeDate(field, value);
    case 'select':
    case 'select_owner':
    case 'select_user':
      return encodeSelectValue(field, value);
    default:
      if (!field.inputType.startsWith('multiselect')) return value;
      return (Array.isArray(value) ? value : [value]).map((entry: JsonValue) => encodeSelectValue(field, entry));
  }
}

/** A bare text would be read as HTML where the field is rich, so it says that it is text. */
function encodeText(field: FieldDefinition, value: JsonValue): JsonValue {
  if (typeof value === 'string') return { format: 'text', content: value };
  if (isJsonObject(value) && typeof value.content === 'string' && (value.format === 'text' || value.format === 'html')) {
    return { format: value.format, content: value.content };
  }
  throw wrongType(field, value, 'a text, or an object with format (text or html) and content');
}

function encodeNumber(field: FieldDefinition, value: JsonValue): number {
  if (typeof value !== 'number') throw wrongType(field, value, 'a whole number; $number() makes a number');
  if (Number.isSafeInteger(value)) return value;
  throw new WirebookError(
    'SOAR_NUMBER_NOT_INTEGER',
    `field "${field.name}" (number): it got ${value}; give a whole number, for example with $round()`,
  );
}

function encodeDate(field: FieldDefinition, value: JsonValue): number {
  const atMs = typeof value === 'string' ? parseDateText(value) : value;
  if (typeof atMs === 'number' && Number.isSafeInteger(atMs)) return atMs;
  throw wrongType(field, value, 'whole milliseconds since 1970 or a text such as 2026-03-01 or 2026-03-01T12:00:00Z');
}

function wrongType(field: FieldDefinition, value: JsonValue, wanted: string): WirebookError {
  return new WirebookError(
    'NODE_INPUT_INVALID',
    `field "${field.name}" (${field.inputType}): it got ${describeValue(value)}; give ${wanted}`,
  );
}
