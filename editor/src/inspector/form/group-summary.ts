import type { ConfigField } from '@wirebook/node-kit';
import { showDurationText } from '../duration-text.ts';
import { formOf, writtenText } from '../value-form.ts';

interface GroupField {
  readonly field: ConfigField;
  readonly name: string;
  readonly value: unknown;
}

/** What is set in a folded group, in one line: choices always, of the rest what differs from the defaults. */
export function summariseGroup(fields: readonly GroupField[]): string {
  const told = fields
    .map(({ field, name, value }) => ({ field, name, value: value ?? field.default }))
    .filter(({ field, value }) => field.enum !== undefined || (value !== undefined && value !== '' && value !== field.default));
  return told.length === 0 ? 'not set' : told.map(describe).join(' · ');
}

function describe({ field, name, value }: GroupField): string {
  const title = field.title ?? name;
  if (formOf(value) !== 'literal') return `${title}: ${writtenText(value)}`;
  if (typeof value === 'boolean') return value ? title : `not ${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
  if (field.enum !== undefined) return String(value);
  if (typeof value === 'number') return `${title} ${field['x-editor'] === 'duration' ? showDurationText(value) : value}`;
  return `${title}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
