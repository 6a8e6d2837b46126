import { createField, createSelectValues } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { encodeFieldValue } from './encode-field-value.ts';

const severity = createSelectValues(4, ['Low', 'Medium', 'High']);

test.each([
  ['text', 'abc', 'abc'],
  ['text', '', ''],
  ['textarea', 'a < b', { format: 'text', content: 'a < b' }],
  ['textarea', { format: 'html', content: '<b>a</b>', extra: 1 }, { format: 'html', content: '<b>a</b>' }],
  ['number', 12, 12],
  ['number', -3, -3],
  ['boolean', false, false],
  ['datepicker', 1607299200000, 1607299200000],
  ['datepicker', '2026-03-01', Date.UTC(2026, 2, 1)],
  ['datetimepicker', '2026-03-01T12:00:00Z', Date.UTC(2026, 2, 1, 12)],
  ['datetimepicker', '2026-03-01T12:00:00.250+02:00', Date.UTC(2026, 2, 1, 10) + 250],
  ['select', 'High', 6],
  ['select', 5, 5],
  ['select', { id: 4, name: 'Low' }, 4],
  ['select', { name: 'Medium' }, 5],
  ['multiselect', ['High', 4], [6, 4]],
  ['multiselect', 'High', [6]],
  ['multiselect', [], []],
  ['none', { any: 1 }, { any: 1 }],
])('[N14] a %s field takes %j', (inputType, value, encoded) => {
  expect(encodeFieldValue(createField({ name: 'f', inputType, values: severity }), value)).toEqual(encoded);
});

test.each([
  ['text', null],
  ['number', null],
  ['select', null],
  ['multiselect', []],
])('[N14] null empties a %s field', (inputType, encoded) => {
  expect(encodeFieldValue(createField({ name: 'f', inputType, values: severity }), null)).toEqual(encoded);
});

test('[N14] a field that lists no values takes any id or name', () => {
  const owner = createField({ name: 'owner_id', inputType: 'select_owner' });
  expect([encodeFieldValue(owner, 7), encodeFieldValue(owner, 'a@example.com')]).toEqual([7, 'a@example.com']);
});

test.each([
  ['text', 12, 'field "f" (text): it got the number 12; give a text'],
  ['text', { content: 'x' }, 'it got an object with content'],
  ['textarea', 12, 'field "f" (textarea): it got the number 12; give a text, or an object with format'],
  ['textarea', { content: 'x' }, 'give a text, or an object with format (text or html) and content'],
  ['number', '12', 'field "f" (number): it got the text "12"; give a whole number; $number() makes a number'],
  ['boolean', 'true', 'field "f" (boolean): it got the text "true"; give true or false'],
  ['boolean', 1, 'give true or false'],
  [
    'datepicker',
    'tomorrow',
    'field "f" (datepicker): it got the text "tomorrow"; give whole milliseconds since 1970 or a text such as 2026-03-01',
  ],
  ['datepicker', '2026-02-30', 'it got the text "2026-02-30"'],
  ['datetimepicker', '2026-03-01T12:00:00', 'it got the text "2026-03-01T12:00:00"'],
  ['datetimepicker', '2026-03-01T25:00:00Z', 'it got the text "2026-03-01T25:00:00Z"'],
  ['datepicker', 1.5, 'it got the number 1.5'],
  ['select', true, 'field "f" (select): it got true; give a label or an id'],
  ['select', ['High'], 'it got a list of 1; give a label or an id'],
  ['multiselect', [null], 'it got null; give a label or an id'],
])('[N15] a %s field refuses %j', (inputType, value, problem) => {
  expect(() => encodeFieldValue(createField({ name: 'f', inputType, values: severity }), value)).toThrow(
    expect.objectContaining({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining(problem) }),
  );
});

test.each([1.5, 1e300, 2 ** 53])('[N15] a number field refuses %d by its own code', (value) => {
  expect(() => encodeFieldValue(createField({ name: 'accounts', inputType: 'number' }), value)).toThrow(
    expect.objectContaining({
      code: 'SOAR_NUMBER_NOT_INTEGER',
      message: expect.stringContaining(`field "accounts" (number): it got ${value}`),
    }),
  );
});

test.each([
  ['select', 'Hihg', 'field "f" (select): the text "Hihg" is none of its values; it has: Low, Medium, High'],
  ['select', 99, 'the number 99 is none of its values'],
  ['select', '4', 'the text "4" is none of its values'],
  ['multiselect', ['High', 'Huge'], 'field "f" (multiselect): the text "Huge" is none of its values'],
])('[N16] a %s field refuses %j and lists its labels', (inputType, value, problem) => {
  expect(() => encodeFieldValue(createField({ name: 'f', inputType, values: severity }), value)).toThrow(
    expect.objectContaining({ code: 'SOAR_SELECT_VALUE_UNKNOWN', message: expect.stringContaining(problem) }),
  );
});

test('[N16] a value that is switched off is refused and not listed', () => {
  const values = [...severity, { value: 7, label: 'Extreme', enabled: false }];
  expect(() => encodeFieldValue(createField({ name: 'f', inputType: 'select', values }), 'Extreme')).toThrow(
    'the text "Extreme" is its value "Extreme", which is switched off on the platform; it has: Low, Medium, High',
  );
});

test('[N16] of many labels the first ones are listed', () => {
  const values = createSelectValues(
    1,
    Array.from({ length: 32 }, (_, index) => `v${index + 1}`),
  );
  expect(() => encodeFieldValue(createField({ name: 'f', inputType: 'select', values }), 'x')).toThrow(/v29, v30 and 2 more$/);
});
