import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { type FieldDefinition, type PlatformCatalogue, withAtPath } from '@wirebook/node-kit';
import { encodeFieldValue } from './encode-field-value.ts';
import { getField, qualifyName } from './find-field.ts';
import { isSameFieldValue } from './same-field-value.ts';

/** A field with the value that it is to have, as the platform takes it. */
export interface FieldChange {
  readonly field: FieldDefinition;
  readonly value: JsonValue;
}

/** Names and values as a config gives them. */
export type FieldAssignment = { readonly field: string; readonly value: JsonValue };

/**
 * The values in the platform's form.
 *
 * @throws SOAR_FIELD_UNKNOWN, NODE_INPUT_INVALID for a field that is set twice, and as `encodeFieldValue`.
 */
export async function encodeChanges(
  catalogue: PlatformCatalogue,
  type: string,
  assignments: readonly FieldAssignment[],
): Promise<readonly FieldChange[]> {
  const definitions = (await catalogue.listFields(type)) ?? [];
  const changes = assignments.map(({ field: name, value }) => {
    const field = getField(definitions, name, type);
    return { field, value: encodeFieldValue(field, value) };
  });
  const twice = changes.find((change, index) => changes.findIndex((other) => other.field === change.field) < index);
  if (twice === undefined) return changes;
  throw new WirebookError('NODE_INPUT_INVALID', `field "${qualifyName(twice.field)}" is set twice; keep one of the two`);
}

/** Those that the object does not have already. */
export function listNeeded(current: JsonObject, changes: readonly FieldChange[]): readonly FieldChange[] {
  return changes.filter(({ field, value }) => !isSameFieldValue(field, readField(current, field), value));
}

/** The object with the values, each below its prefix; what is not set stays as it is. */
export function withChanges(current: JsonObject, changes: readonly FieldChange[]): JsonObject {
  return changes.reduce<JsonObject>(
    (object, { field, value }) => withAtPath(object, field.prefix === null ? [field.name] : [field.prefix, field.name], value),
    current,
  );
}

export function readField(object: JsonObject, { prefix, name }: FieldDefinition): JsonValue | undefined {
  const holder = prefix === null ? object : object[prefix];
  return isJsonObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
}

/** No value, as the platform sees it where it requires one. */
export function isEmptyValue(value: JsonValue | undefined): boolean {
  if (isJsonObject(value)) return value.content === '';
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** @throws SOAR_FIELD_REQUIRED naming each of them. */
export function assertNoneMissing(missing: readonly FieldDefinition[], why: string): void {
  if (missing.length === 0) return;
  const names = missing.map((field) => `"${qualifyName(field)}" (${field.label})`).join(', ');
  throw new WirebookError('SOAR_FIELD_REQUIRED', `an incident needs a value of ${names}; the organisation requires it ${why}`);
}
