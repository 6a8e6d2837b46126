import { expect, test } from 'vitest';
import { describeValue } from './describe-value.ts';

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [false, 'false'],
  [1.5, 'the number 1.5'],
  ['say "hi"', 'the text "say \\"hi\\""'],
  ['x'.repeat(100), `the text "${'x'.repeat(60)}…"`],
  [[], 'an empty list'],
  [[1, 2], 'a list of 2'],
  [{}, 'an empty object'],
  [{ id: 1, name: 'a' }, 'an object with id, name'],
  [{ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }, 'an object with a, b, c, d, e and 2 more'],
])('an error message can say what it got: case %#', (value, words) => {
  expect(describeValue(value)).toBe(words);
});
