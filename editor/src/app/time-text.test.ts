import { expect, test } from 'vitest';
import { formatAge, formatDuration, formatSpan, formatTime } from './time-text.tsx';

test('[A1] a time is shown like ISO in the zone of the product, with its name', () => {
  expect(formatTime(Date.UTC(2026, 10, 24, 11, 4, 9), 'UTC')).toBe('2026-11-24 11:04:09 UTC');
  expect(formatTime(Date.UTC(2026, 10, 24, 23, 4, 9), 'Asia/Tokyo')).toMatch(/^2026-11-25 08:04:09 /);
});

test.each([
  [0, 'just now'],
  [12_000, '12 s ago'],
  [200_000, '3 min ago'],
  [5 * 3_600_000, '5 h ago'],
  [50 * 3_600_000, '2 d ago'],
  [-5000, 'just now'],
])('[A1] an age of %d ms is "%s"', (age, text) => {
  expect(formatAge(1_000_000_000 - age, 1_000_000_000)).toBe(text);
});

test('[A1] how long something lasts is said without "ago"', () => {
  expect(formatSpan(1000, 13_000)).toBe('12 s');
  expect(formatSpan(13_000, 1000)).toBe('0 s');
});

test.each([
  [0.4, '0 ms'],
  [840, '840 ms'],
  [12_400, '12.4 s'],
  [200_000, '3 min 20 s'],
])('[A1] a duration of %d ms is "%s"', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
