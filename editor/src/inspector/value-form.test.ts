import { expect, test } from 'vitest';
import { type FormTexts, formOf, readEqualsSign, switchForm, type ValueForm, valueForms, writeValue } from './value-form.ts';

test('[I2] the form of a value is read from its one key', () => {
  expect(formOf({ $expr: 'a' })).toBe('expression');
  expect(formOf({ $env: 'A' })).toBe('environment');
  expect(formOf({ $expr: 'a', more: 1 })).toBe('literal');
  expect(formOf({ $expr: 5 })).toBe('literal');
  expect(formOf(undefined)).toBe('literal');
});

test.each<[unknown, ValueForm, unknown]>([
  ['High', 'expression', { $expr: '"High"' }],
  [5, 'expression', { $expr: '5' }],
  [undefined, 'expression', { $expr: '' }],
  ['Ticket', 'template', { $template: 'Ticket' }],
  [undefined, 'template', { $template: '' }],
  [{ $expr: ' id ' }, 'template', { $template: '{{ id }}' }],
  [{ $template: '{{ id }}' }, 'expression', { $expr: 'id' }],
  [{ $template: 'no {{ id }}' }, 'expression', { $expr: '"no {{ id }}"' }],
  [{ $template: 'plain' }, 'literal', 'plain'],
  [{ $expr: 'id' }, 'literal', undefined],
  ['x', 'secret', { $secret: '' }],
])('[I2] %j as %s begins as %j', (value, form, wanted) => {
  expect(switchForm(value, {}, form).value).toEqual(wanted);
});

test('[I2] what was typed in any form is back when it is chosen again, in every order', () => {
  const typed: Readonly<Record<ValueForm, unknown>> = {
    literal: 7,
    expression: { $expr: 'a.b' },
    template: { $template: 'x {{ y }}' },
    secret: { $secret: 'key' },
    environment: { $env: 'HOME' },
  };
  for (const first of valueForms) {
    for (const second of valueForms) {
      let value: unknown = typed[first];
      let texts: FormTexts = {};
      ({ value, texts } = switchForm(value, texts, second));
      value = typed[second];
      for (const other of valueForms) ({ value, texts } = switchForm(value, texts, other));
      expect(switchForm(value, texts, first).value, `${first}, ${second}`).toEqual(typed[first]);
      expect(switchForm(value, texts, second).value, `${first}, ${second}`).toEqual(typed[second]);
    }
  }
});

test('[I2] an emptied literal comes back empty', () => {
  const { value, texts } = switchForm(undefined, {}, 'template');
  expect(value).toEqual(writeValue('template', ''));
  expect(switchForm(writeValue('template', 'text'), texts, 'literal').value).toBeUndefined();
});

test('[I2] an equals sign at the head of an empty field begins an expression', () => {
  expect(readEqualsSign(undefined, '=')).toBe('');
  expect(readEqualsSign('', '=incident.id')).toBe('incident.id');
  expect(readEqualsSign('a', '=a')).toBeUndefined();
  expect(readEqualsSign('', 'a=')).toBeUndefined();
});
