import { expect, test } from 'vitest';
import { findJsonSyntaxError } from './json-syntax.ts';

test.each([
  ['', 1, 1, 'expected a value, the text ends here'],
  ['{', 1, 2, 'expected a key in double quotes or "}", the text ends here'],
  ['{"a" 1}', 1, 6, 'expected ":", found "1"'],
  ['{"a": 1,}', 1, 9, 'expected a key in double quotes, found "}"'],
  ["{'a': 1}", 1, 2, 'expected a key in double quotes or "}", found "\'"'],
  ['{"a": 1 "b": 2}', 1, 9, 'expected "," or "}", found "\\""'],
  ['[1, 2\n', 2, 1, 'expected "," or "]", the text ends here'],
  ['[1,]', 1, 4, 'expected a value, found "]"'],
  ['[01]', 1, 3, 'expected "," or "]", found "1"'],
  ['\r\n  nul', 2, 3, 'expected a value, found "n"'],
  ['{"a": "b', 1, 7, 'this text in quotes has no end'],
  ['{"a": "b\n"}', 1, 7, 'this text in quotes has no end on its line'],
  ['["\\x"]', 1, 3, 'this escape is not one of JSON'],
  ['["\\u12g4"]', 1, 3, 'this escape is not one of JSON'],
  ['["a\tb"]', 1, 4, 'a control character must be written as an escape'],
  ['{} {}', 1, 4, 'expected the end of the text, found "{"'],
  ['{"a": 😀}', 1, 7, 'expected a value, found "😀"'],
  ['// c\n{}', 1, 1, 'expected a value, found "/"'],
])('[D2] %j is refused at line %i, column %i: %s', (text, line, column, reason) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(findJsonSyntaxError(text)).toEqual({ line, column, reason });
});

test('[D2] what JSON.parse takes has no error, and what it refuses has one: every cut and every changed character of a sample', () => {
  const sample = '{"a":[1,-2.5e+3,true,null,"\\u00e9\\n\u007f\u0085😀",{}],"b":{"c":[]}}';
  const changed = [...sample].flatMap((_, index) => [
    sample.slice(0, index),
    sample.slice(0, index) + sample.slice(index + 1),
    ...[...' ",:[]{}0\\e\n'].map((other) => sample.slice(0, index) + other + sample.slice(index + 1)),
  ]);
  for (const text of [sample, ...changed]) expect(findJsonSyntaxError(text) === undefined, text).toBe(isJson(text));
});

test('[D2] a text of 200000 open brackets is refused without running out of stack', () => {
  expect(findJsonSyntaxError('['.repeat(200_000))).toMatchObject({ line: 1, column: 200_001 });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (thrown) {
    return !(thrown instanceof SyntaxError);
  }
}
