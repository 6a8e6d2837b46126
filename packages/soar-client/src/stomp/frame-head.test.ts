import { expect, test } from 'vitest';
import { parseFrameHead } from './frame-head.ts';

test('[S5] header values and names are unescaped in one pass, and spaces stay', () => {
  expect(parseFrameHead('MESSAGE\nmessage-id:ID\\chost-1\\c2\na\\cb: x \nback:\\\\n\\n\\r\\t')).toEqual({
    command: 'MESSAGE',
    headers: { 'message-id': 'ID:host-1:2', 'a:b': ' x ', back: '\\n\n\r\\t' },
  });
});

test('[S5] of repeated headers the first one counts, lines may end with CR LF, values may be empty or hold colons', () => {
  expect(parseFrameHead('MESSAGE\r\na:1\r\na:2\r\nempty:\r\nurl:http://x:1')).toEqual({
    command: 'MESSAGE',
    headers: { a: '1', empty: '', url: 'http://x:1' },
  });
});

test('[S5] a header __proto__ pollutes nothing', () => {
  const { headers } = parseFrameHead('MESSAGE\n__proto__:x\nconstructor:y');
  expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
  expect(Object.entries(headers)).toEqual([['constructor', 'y']]);
});
