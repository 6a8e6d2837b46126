import { expect, test } from 'vitest';
import { fromBase64, toHexText, toPlainText } from './hex-text.ts';

test('[A6] bytes are shown with their offset, in hexadecimal and as far as they are printable', () => {
  const bytes = fromBase64(btoa('{"function": oops\u0000ÿ'));
  expect(toHexText(bytes).split('\n')).toEqual([
    '00000000  7b 22 66 75 6e 63 74 69 6f 6e 22 3a 20 6f 6f 70  {"function": oop',
    '00000010  73 00 ff                                         s..',
  ]);
  expect(toHexText(new Uint8Array())).toBe('');
});

test('[A6] bytes that are no UTF-8 are shown as text with marks in their place', () => {
  expect(toPlainText(Uint8Array.from([0x61, 0xff, 0x62]))).toBe('a\uFFFDb');
});
