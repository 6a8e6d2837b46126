import { createField } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { getField } from './find-field.ts';

const fields = [
  createField({ name: 'name', inputType: 'text', label: 'Name' }),
  createField({ name: 'severity_code', inputType: 'select', label: 'Severity' }),
  createField({ name: 'ticket_number', inputType: 'text', label: 'Ticket Number', prefix: 'properties' }),
  createField({ name: 'data_compromised', inputType: 'boolean', prefix: 'pii' }),
];

test.each(['ticket_number', 'properties.ticket_number'])('[N17] a field is found by its API name: %s', (name) => {
  expect(getField(fields, name, 'incident').prefix).toBe('properties');
});

test('[N17] with its prefix a custom field is told from one of the platform', () => {
  const own = createField({ name: 'name', inputType: 'number', prefix: 'properties' });
  expect([getField([...fields, own], 'name', 'incident'), getField([...fields, own], 'properties.name', 'incident')]).toEqual([
    fields[0],
    own,
  ]);
});

test.each([
  ['Severity', 'did you mean severity_code?'],
  ['severity', 'did you mean severity_code?'],
  ['ticket_nummber', 'did you mean properties.ticket_number?'],
  ['Ticket Number', 'did you mean properties.ticket_number?'],
  ['properties.severity_code', 'there are 4 fields, none with a name like it'],
  ['qqq', 'there are 4 fields, none with a name like it'],
  ['__proto__', 'there are 4 fields, none with a name like it'],
])('[N17] the unknown field %s is refused with names that are close', (name, instead) => {
  expect(() => getField(fields, name, 'incident')).toThrow(
    expect.objectContaining({ code: 'SOAR_FIELD_UNKNOWN', message: `field "${name}" does not exist in incident; ${instead}` }),
  );
});
