import { expect, test } from 'vitest';
import { toPlainText } from './plain-text.ts';

test.each([
  ['a<br>b<br/>c</p><p>d', 'a b c d'],
  ['&lt;b&gt; &amp;amp; &quot;x&apos; &#65;&#x42;&nbsp;c', `<b> &amp; "x' AB c`],
  ['&unknown; &#9999999; & <', '&unknown; &#9999999; & <'],
  ['  a \n\t b ', 'a b'],
])('[N28] %j reads as %j', (html, plain) => {
  expect(toPlainText(html)).toBe(plain);
});

// Matching that tries one way after another would not end here before the time limit of a test.
test.each(['<', '&', '<p', '&#', 'a'])('[N28] %j many times over stays as it is', (sign) => {
  const text = sign.repeat(500_000);
  expect(toPlainText(text) === text).toBe(true);
});
