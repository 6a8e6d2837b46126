import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { describeValue, type FieldDefinition } from '@wirebook/node-kit';

const shownLabels = 30;

/**
 * The id of a select value that was given as id, as label, or as the platform's own object of id and name.
 * A field that lists no values, such as an owner, takes any id or name.
 *
 * @throws SOAR_SELECT_VALUE_UNKNOWN listing the labels.
 */
export function encodeSelectValue(field: FieldDefinition, value: JsonValue): number | string {
  const wanted = isJsonObject(value) ? (value.id ?? value.name) : value;
  if (typeof wanted !== 'number' && typeof wanted !== 'string') {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `field "${field.name}" (${field.inputType}): it got ${describeValue(value)}; give a label or an id`,
    );
  }
  if (field.values.length === 0) return wanted;
  const found = field.values.find((entry) => entry.value === wanted) ?? field.values.find((entry) => entry.label === wanted);
  if (found?.enabled === true) return found.value;
  const problem = found === undefined ? 'is none of its values' : `is its value "${found.label}", which is switched off on the platform`;
  throw new WirebookError(
    'SOAR_SELECT_VALUE_UNKNOWN',
    `field "${field.name}" (${field.inputType}): ${describeValue(value)} ${problem}; it has: ${listLabels(field)}`,
  );
}

/** The id behind what the platform answered, which may be an id, a label or an object, and may be switched off by now. */
export function findSelectId(field: FieldDefinition, kept: JsonValue): JsonValue {
  const wanted = isJsonObject(kept) ? (kept.id ?? kept.name ?? null) : kept;
  const found = field.values.find((entry) => entry.value === wanted) ?? field.values.find((entry) => entry.label === wanted);
  return found?.value ?? wanted;
}

function listLabels(field: FieldDefinition): string {
  const labels = field.values.filter((entry) => entry.enabled).map((entry) => entry.label);
  const more = labels.length > shownLabels ? ` and ${labels.length - shownLabels} more` : '';
  return `${labels.slice(0, shownLabels).join(', ')}${more}`;
}
