import { expect, test } from 'vitest';
import { describeJsonKind, readJsonText, showJsonText } from './json-text.ts';
import { readNumberText, showNumberText } from './number-text.ts';

test.each([
  ['', undefined],
  ['  ', undefined],
  ['open', 'open'],
  ['two words', 'two words'],
  ['"5"', '5'],
  ['5', 5],
  ['-1.5e3', -1500],
  ['05', '05'],
  ['true', true],
  ['null', null],
  ['{"a": [1]}', { a: [1] }],
])('[I6] %j is read as %j', (text, value) => {
  expect(readJsonText(text)).toEqual({ kind: 'value', value });
});

test.each(['{', '{"a": }', '[1,', '"open'])('[I6] %j is no value yet, and says so', (text) => {
  expect(readJsonText(text)).toEqual({ kind: 'invalid', reason: expect.stringMatching(/^This is no JSON yet: .+/) });
});

test.each([[undefined], ['open'], ['5'], ['true'], ['{a'], ['"'], [' blanks '], [''], [5], [false], [null], [{ a: 1 }], [['x']]])(
  '[I6] %j comes back from its own text',
  (value) => {
    expect(readJsonText(showJsonText(value))).toEqual({ kind: 'value', value });
  },
);

test('[I6] the kind of a value is told in words', () => {
  expect([undefined, null, 'a', 1, true, {}, [1], []].map(describeJsonKind)).toEqual([
    '',
    'null',
    'text',
    'number',
    'true or false',
    'object',
    'list of 1',
    'list of 0',
  ]);
});

test.each([
  ['', undefined],
  ['12', 12],
  ['-0.5', -0.5],
  ['1e3', 1000],
  ['12a', '12a'],
  ['-', '-'],
  ['1.', '1.'],
  ['0x10', '0x10'],
  ['1e999', '1e999'],
])('[I6] a field for numbers keeps %j as %j', (text, value) => {
  expect(readNumberText(text)).toBe(value);
  if (typeof value === 'string') expect(showNumberText(value)).toBe(text);
});
