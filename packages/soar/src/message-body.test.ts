import { WirebookError } from '@wirebook/errors';
import { expect, test } from 'vitest';
import { parseMessageBody } from './message-body.ts';

const utf8 = new TextEncoder();
const parseText = (text: string) => parseMessageBody(utf8.encode(text));

function refusal(bytes: Uint8Array): { code: string; message: string } {
  try {
    parseMessageBody(bytes);
  } catch (error) {
    if (error instanceof WirebookError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('The body was taken.');
}

test('[V2] a body is a JSON object in UTF-8, with or without a byte order mark', () => {
  expect(parseText('{"a":"ล 𝄞"}')).toEqual({ a: 'ล 𝄞' });
  expect(parseMessageBody(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toEqual({});
});

test.each([
  ['nothing', '', 'The body of the message is empty; a JSON object is expected.'],
  ['a list', '[1]', 'The body of the message is a list; a JSON object is expected.'],
  ['null', 'null', 'The body of the message is null; a JSON object is expected.'],
  ['a text', '"secret"', 'The body of the message is a string; a JSON object is expected.'],
  ['garbage', 'secret', 'The body of the message is not JSON: at character 0 a value is expected.'],
  ['a missing comma', '{"a":1 "b":2}', 'The body of the message is not JSON: at character 7 a comma or } is expected.'],
  ['a missing colon', '{"a" 1}', 'The body of the message is not JSON: at character 5 a colon is expected.'],
  ['a comma too many', '{"a":1,}', 'The body of the message is not JSON: at character 7 a key in quotes is expected.'],
  ['a list cut short', '{"a":[1,2', 'The body of the message is not JSON: it ends after 9 characters where a comma or ] is expected.'],
  ['a text cut short', '{"a":"secr', 'The body of the message is not JSON: at character 5 a value is expected.'],
  ['something after the end', '{} {}', 'The body of the message is not JSON: at character 3 the end of the text is expected.'],
  ['a control character', '{"a":"\n"}', 'The body of the message is not JSON: at character 5 a value is expected.'],
  ['a number with a leading zero', '{"a":01}', 'The body of the message is not JSON: at character 6 a comma or } is expected.'],
])('[V3] %s is refused with what is wrong and where', (_name, text, message) => {
  expect(refusal(utf8.encode(text))).toEqual({ code: 'ENGINE_MESSAGE_UNREADABLE', message });
});

test('[V3] a broken text of five megabytes is refused as clearly', () => {
  const megabytes = `${'\\n'.repeat(2_000_000)}${'x'.repeat(1_000_000)}`;
  expect(refusal(utf8.encode(`{"a":"${megabytes}" 1}`)).message).toBe(
    'The body of the message is not JSON: at character 5000008 a comma or } is expected.',
  );
});

test.each([
  ['a lone continuation byte', [0x80], 6],
  ['an overlong form', [0xc0, 0xaf], 6],
  ['an overlong form of three bytes', [0xe0, 0x80, 0xaf], 6],
  ['a surrogate', [0xed, 0xa0, 0x80], 6],
  ['something above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 6],
  ['a sequence cut short', [0xc3, 0xa9, 0xe2, 0x82], 8],
])('[V3] %s is refused with its position', (_name, bytes, position) => {
  const body = Uint8Array.of(...utf8.encode('{"a":"'), ...bytes, ...utf8.encode('"}'));
  expect(refusal(body)).toEqual({
    code: 'ENGINE_MESSAGE_UNREADABLE',
    message: `The body of the message is not UTF-8: byte ${position} of ${body.length} starts no valid character.`,
  });
});

test('[V4] __proto__ keys are left out at every depth, however they are spelt', () => {
  const parsed = parseText(
    '{"a":{"__proto__":{"polluted":1},"b":[{"\\u005f_pr\\u006fto__":{"polluted":1},"c":1}]},"__proto__":{"polluted":1}}',
  );
  expect(JSON.stringify(parsed)).toBe('{"a":{"b":[{"c":1}]}}');
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('[V4] __proto__ as a value, and the words constructor and prototype as keys, are plain data', () => {
  expect(parseText('{"a":"__proto__","constructor":{"prototype":1}}')).toEqual({ a: '__proto__', constructor: { prototype: 1 } });
});

test('[V5] a body of 200 levels is taken, a deeper one is refused without ending the process', () => {
  const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  expect(Object.keys(parseText(nested(200)))).toEqual(['a']);
  const expected = { code: 'ENGINE_MESSAGE_UNREADABLE', message: 'The body of the message is nested more than 200 levels deep.' };
  expect(refusal(utf8.encode(nested(201)))).toEqual(expected);
  expect(refusal(utf8.encode(nested(1_000_000)))).toEqual(expected);
});
