import { expect, test } from 'vitest';
import { formatDuration } from './format-duration.ts';

test.each([
  [0, '0 ms'],
  [250, '250 ms'],
  [1500, '1500 ms'],
  [10_000, '10 s'],
  [90_000, '90 s'],
  [600_000, '10 min'],
  [7_200_000, '2 h'],
  [172_800_000, '2 d'],
])('[W17] %i ms is told as %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
