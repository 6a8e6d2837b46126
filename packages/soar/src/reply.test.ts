import { WirebookError } from '@wirebook/errors';
import { expect, test } from 'vitest';
import { acknowledgeReply, errorReply, resultReply, statusReply } from './reply.ts';
import { assertReplySize, getUtf8SizeBytes, maxReplyBytes, toReplyJson } from './reply-json.ts';

test('[V12] the four replies in the words of the platform', () => {
  expect([
    statusReply('Working'),
    statusReply(''),
    resultReply({ results: { value: 'xyz' } }),
    resultReply({ results: null, text: 'Nothing found' }),
    errorReply('boom'),
    errorReply(''),
    acknowledgeReply('a\nb'),
    acknowledgeReply(''),
  ]).toEqual([
    '{"message_type":0,"message":"Working","complete":false}',
    '{"message_type":0,"message":"(No status)","complete":false}',
    '{"message_type":0,"message":"Completed","complete":true,"results":{"value":"xyz"}}',
    '{"message_type":0,"message":"Nothing found","complete":true,"results":null}',
    '{"message_type":1,"message":"boom","complete":true}',
    '{"message_type":1,"message":"Processing failed","complete":true}',
    '{"message_type":0,"message":"a\\nb","complete":true}',
    '{"message_type":0,"message":"Completed","complete":true}',
  ]);
});

function refusal(act: () => void): string {
  try {
    act();
  } catch (error) {
    if (error instanceof WirebookError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'taken';
}

const cyclic: { again?: unknown } = {};
cyclic.again = cyclic;

test.each([
  ['a number that is none', { a: [0, { b: Number.NaN }] }, 'The reply cannot be written as JSON: a[1].b is NaN.'],
  ['infinity', { 'a b': -Infinity }, 'The reply cannot be written as JSON: ["a b"] is -Infinity.'],
  ['undefined in a list', { a: [1, undefined] }, 'The reply cannot be written as JSON: a[1] is undefined.'],
  ['a big integer', { a: 1n }, 'The reply cannot be written as JSON: a is a bigint.'],
  ['a function', { a: () => 1 }, 'The reply cannot be written as JSON: a is a function.'],
  ['a date', { a: new Date(0) }, 'The reply cannot be written as JSON: a is a Date object.'],
  ['a value that contains itself', cyclic, 'The reply is nested more than 200 levels deep, or contains itself.'],
])('[V13] %s is refused with its path', (_name, value, message) => {
  expect(refusal(() => toReplyJson(value))).toBe(`ENGINE_REPLY_UNSERIALIZABLE: ${message}`);
});

test('[V13] an undefined property is absent, a lone surrogate is escaped, an object without prototype is plain', () => {
  expect(toReplyJson({ a: undefined, b: '\ud800', c: Object.assign(Object.create(null), { d: 1 }) })).toBe('{"b":"\\ud800","c":{"d":1}}');
});

test('[V14] the limit counts bytes, not characters', () => {
  const samples = ['abc', 'é', 'ล', '𝄞', 'a𝄞é', ''];
  expect(samples.map(getUtf8SizeBytes)).toEqual(samples.map((text) => new TextEncoder().encode(text).length));
  expect(refusal(() => assertReplySize('a'.repeat(maxReplyBytes)))).toBe('taken');
  expect(refusal(() => assertReplySize('é'.repeat(maxReplyBytes / 2)))).toBe('taken');
  expect(refusal(() => assertReplySize(`${'é'.repeat(maxReplyBytes / 2)}a`))).toBe(
    'ENGINE_REPLY_TOO_LARGE: The reply has 5000001 bytes; at most 5000000 are sent.',
  );
});
