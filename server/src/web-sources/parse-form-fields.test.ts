import { expect, test } from 'vitest';
import { parseFormFields } from './parse-form-fields.ts';

const place = 'node "Report", field "fields"';
const plan = parseFormFields(
  {
    type: 'object',
    required: ['what', 'count', 'agree', 'teams'],
    properties: {
      what: { type: 'string', title: 'What happened?', maxLength: 10, format: 'textarea' },
      count: { type: 'integer', minimum: 1, maximum: 5 },
      severity: { type: 'string', enum: ['low', 'high'], 'x-labels': ['Low', 'High'], default: 'low' },
      when: { type: 'string', format: 'date' },
      agree: { type: 'boolean' },
      urgent: { type: 'boolean' },
      teams: { type: 'array', items: { type: 'string', enum: ['net', 'mail'] }, minItems: 1 },
      mail: { type: 'string', format: 'email' },
    },
  },
  place,
);

test('[WS7] values come in their types, and what is left empty is not there', () => {
  const sent = new URLSearchParams('what=+lost+&count=3&severity=high&when=&agree=on&teams=net&teams=mail&mail=');
  const values = plan.read(sent);
  expect(values).toEqual({ what: 'lost', count: 3, severity: 'high', agree: true, urgent: false, teams: ['net', 'mail'] });
  expect(plan.check(values).size).toBe(0);
});

test('[WS7] what does not fit is told in words, each at its field', () => {
  const values = plan.read(new URLSearchParams('what=far+too+long+text&count=many&severity=worst&when=1.3.26&mail=me'));
  expect(Object.fromEntries(plan.check(values))).toEqual({
    what: 'Write at most 10 characters.',
    count: 'Write a whole number.',
    severity: 'Choose one of the list.',
    when: 'Write a date, such as 2026-03-01.',
    agree: 'Tick this box.',
    teams: 'Choose one.',
    mail: 'Write an e-mail address, such as name@example.com.',
  });
  expect(plan.check({ what: 'a', count: 9, agree: true, teams: ['net'] }).get('count')).toBe('Write 5 or less.');
  expect(plan.check({ count: 1, agree: true, teams: ['net'] }).get('what')).toBe('Fill this in.');
});

test('[WS7] fields that are not of the form are left out', () => {
  const sent = new URLSearchParams('what=a&count=1&agree=on&teams=net&extra=x&__proto__=y');
  expect(Object.keys(plan.read(sent))).toEqual(['what', 'count', 'agree', 'urgent', 'teams']);
});

test.each([
  [undefined, 'JSON Schema of an object'],
  [{ type: 'array' }, 'JSON Schema of an object'],
  [{ type: 'object', properties: {} }, '1 to 100 properties'],
  [{ type: 'object', properties: { a: { type: 'string' } }, required: ['b'] }, '"required"'],
  [{ type: 'object', properties: { 'a b': { type: 'string' } } }, 'no name for a field'],
  [{ type: 'object', properties: { a: { type: 'object' } } }, 'is not shown'],
  [{ type: 'object', properties: { a: { type: 'string', format: 'color' } } }, 'is not shown'],
  [{ type: 'object', properties: { a: { type: 'string', enum: [1] } } }, 'list of texts'],
  [{ type: 'object', properties: { a: { type: 'string', maxLength: 'x' } } }, 'no JSON Schema'],
])('[WS8] a schema that no form can be made of is refused: %j', (schema, reason) => {
  expect(() => parseFormFields(schema, place)).toThrow(
    expect.objectContaining({ code: 'FLOW_NODE_CONFIG_INVALID', message: expect.stringContaining(reason) }),
  );
});
