import { expect, test } from 'vitest';
import { dropHandlers } from './drop-handlers.ts';

test.each([
  ['<img src="x" onerror="go()">', '<img src="x" >'],
  ["<svg/onload='a > b'><b>x</b></svg>", '<svg/><b>x</b></svg>'],
  ['<p ONCLICK = go() title="a onb=1 > c">x', '<p  title="a onb=1 > c">x'],
  ['<a href=/on/only=1 onfocus>y</a>', '<a href=/on/only=1 >y</a>'],
  ['<b\nonmouseover\n=\n"x"\n>', '<b\n\n>'],
])('[N6] handlers are taken out of %s', (html, without) => {
  expect(dropHandlers(html)).toBe(without);
});

test.each([
  ['turned on = yes, once="twice" and 1 < 2'],
  ['<b>on = off</b> <i title="onload=1">x</i>'],
  ['</p onx>'],
  ['<a href="?onwards=1">z</a>'],
])('[N6] the rest stays as it is: %s', (html) => {
  expect(dropHandlers(html)).toBe(html);
});

test('[N6] a long text without an end is read in time that grows with its length only', () => {
  for (const part of ['<a "', "<a '", '<a on=', '<a x ', '<a   ']) expect(dropHandlers(part.repeat(50_000)).length).toBeGreaterThan(0);
});
