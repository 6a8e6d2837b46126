import type { JsonValue } from '../json-value.ts';
import type { Field } from '../platform/field.ts';
import type { Organisation } from '../platform/organisation.ts';
import type { DeskField } from './analyst-view.ts';

/** A kept value with its label, as a person reads it. */
export function toDeskField(org: Organisation, field: Field, kept: JsonValue | undefined): DeskField {
  const { name, text: label, inputType, richText } = field;
  return { name, label, inputType, text: toText(org, field, kept ?? null), isRichText: inputType === 'textarea' && richText };
}

function toText(org: Organisation, field: Field, kept: JsonValue): string {
  if (kept === null) return '';
  if (Array.isArray(kept)) return kept.map((entry) => toText(org, field, entry)).join(', ');
  switch (field.inputType) {
    case 'boolean':
      return kept === true ? 'Yes' : 'No';
    case 'datepicker':
      return typeof kept === 'number' ? new Date(kept).toISOString().slice(0, 10) : String(kept);
    case 'datetimepicker':
      return typeof kept === 'number' ? toInstant(kept) : String(kept);
    case 'select_owner':
    case 'select_user':
    case 'multiselect_members':
      return findPerson(org, kept) ?? String(kept);
    case 'select':
    case 'multiselect':
      return org.optionsOf(field).find((option) => option.value === kept)?.label ?? String(kept);
    default:
      return typeof kept === 'object' ? JSON.stringify(kept) : String(kept);
  }
}

/** First and last name of a user of the organisation. */
export function findPerson(org: Organisation, id: JsonValue | undefined): string | undefined {
  const user = typeof id === 'number' ? org.users.get(id) : undefined;
  return user === undefined ? undefined : `${user.firstName} ${user.lastName}`.trim();
}

/** ISO 8601 in UTC, to the second. */
function toInstant(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
