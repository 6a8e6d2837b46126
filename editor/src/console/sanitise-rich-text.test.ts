// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { isLeftOut } from './sanitise-rich-text.ts';

test('[N5] the page that a text is read into is not counted as left out; scripts and pictures are', () => {
  expect(isLeftOut({ element: document.body })).toBe(false);
  expect(isLeftOut({ element: document.createElement('script') })).toBe(true);
  expect(isLeftOut({ element: document.createElement('img') })).toBe(true);
});
