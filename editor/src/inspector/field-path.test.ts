import { expect, test } from 'vitest';
import { type FieldPath, findAtFieldPath, parseFieldText, toFieldText } from './field-path.ts';

const config = {
  url: 'a',
  cases: [{ port: 'x' }, { port: 'y', when: { $expr: 'a' } }],
  headers: { 'x.y': 'dots', x: 'short', 'a[0].b': 'brackets', '7': 'digits' },
};

test.each<[string, FieldPath]>([
  ['url', ['url']],
  ['cases[1].when', ['cases', 1, 'when']],
  ['cases[5].port', ['cases', 5, 'port']],
  ['headers.x.y', ['headers', 'x.y']],
  ['headers.x', ['headers', 'x']],
  ['headers.a[0].b', ['headers', 'a[0].b']],
  ['headers[7]', ['headers', '7']],
  ['not.there[2]', ['not', 'there', 2]],
  ['', []],
  ['..', ['..']],
])('[I3] %j leads to %j', (text, path) => {
  expect(parseFieldText(text, config)).toEqual(path);
});

test('[I3] a path is written as problems write it', () => {
  expect(toFieldText(['cases', 1, 'when'])).toBe('cases[1].when');
  expect(toFieldText(['headers', 'x.y'])).toBe('headers.x.y');
  expect(findAtFieldPath(config, ['cases', 1, 'port'])).toBe('y');
  expect(findAtFieldPath(config, ['url', 'length'])).toBeUndefined();
  expect(findAtFieldPath(config, ['constructor'])).toBeUndefined();
});
