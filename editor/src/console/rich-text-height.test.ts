import { expect, test } from 'vitest';
import { estimateHeight } from './rich-text-height.ts';

test('[N3] the frame of a rich text is as high as its text, within bounds', () => {
  expect(estimateHeight(['Short'], 700)).toBe(44);
  expect(estimateHeight(['x'.repeat(500)], 700)).toBeGreaterThan(estimateHeight(['x'.repeat(500)], 1400));
  expect(estimateHeight(['a\nb\nc'], 700)).toBe(84);
  expect(estimateHeight([], 700)).toBe(36);
  expect(
    estimateHeight(
      Array.from({ length: 500 }, () => 'x'),
      700,
    ),
  ).toBe(420);
});
