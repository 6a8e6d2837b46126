import { expect, test } from 'vitest';
import { findAnchorShift } from './scroll-anchor.ts';

test('[T7] rows that come above move the list by so many rows', () => {
  expect(findAnchorShift(['a', 'b', 'c'], 1, ['x', 'y', 'a', 'b', 'c'])).toBe(2);
});

test('[T7] a row at the top that went is replaced by the next one that is still there', () => {
  expect(findAnchorShift(['a', 'b', 'c'], 1, ['x', 'a', 'c'])).toBe(0);
  expect(findAnchorShift(['a', 'b', 'c'], 0, ['x', 'y', 'c'])).toBe(0);
  expect(findAnchorShift(['a', 'b', 'c'], 0, ['x', 'b', 'c'])).toBe(0);
});

test('[T7] rows that come below, and another list, move nothing', () => {
  expect(findAnchorShift(['a', 'b'], 0, ['a', 'b', 'c'])).toBe(0);
  expect(findAnchorShift(['a', 'b'], 0, ['x', 'y'])).toBe(0);
  expect(findAnchorShift([], 0, ['x'])).toBe(0);
});
