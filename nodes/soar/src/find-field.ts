import { WirebookError } from '@wirebook/errors';
import type { FieldDefinition } from '@wirebook/node-kit';
import { findCloseNames } from './close-names.ts';

/** The name with its prefix, e.g. `properties.ticket_number`. */
export function qualifyName(field: FieldDefinition): string {
  return field.prefix === null ? field.name : `${field.prefix}.${field.name}`;
}

/**
 * The field with this API name, with or without its prefix.
 *
 * @param owner what the field is looked for in, e.g. `incident` or `table "ticket_log"`.
 * @throws SOAR_FIELD_UNKNOWN with names that are close.
 */
export function getField(fields: readonly FieldDefinition[], name: string, owner: string): FieldDefinition {
  const found = fields.find((field) => qualifyName(field) === name) ?? fields.find((field) => field.name === name);
  if (found !== undefined) return found;
  const close = findCloseNames(
    name,
    fields.map((field) => ({ name: qualifyName(field), label: field.label })),
  );
  const instead = close.length > 0 ? `did you mean ${close.join(', ')}?` : `there are ${fields.length} fields, none with a name like it`;
  throw new WirebookError('SOAR_FIELD_UNKNOWN', `field "${name}" does not exist in ${owner}; ${instead}`);
}
