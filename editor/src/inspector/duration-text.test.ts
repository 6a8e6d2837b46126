import { expect, test } from 'vitest';
import { readDurationText, showDurationText } from './duration-text.ts';

test.each([
  [0, '0 s'],
  [250, '250 ms'],
  [1000, '1 s'],
  [1500, '1.5 s'],
  [10_000, '10 s'],
  [90_000, '1 min 30 s'],
  [300_000, '5 min'],
  [86_400_000, '1 d'],
  [5_400_001, '1 h 30 min 1 ms'],
])('[I17] %d ms are shown as %s', (ms, text) => {
  expect(showDurationText(ms)).toBe(text);
});

test.each([
  ['10s', 10_000],
  ['0,5 s', 500],
  ['0.1 s', 100],
  ['2 Min', 120_000],
  ['1h30m', 5_400_000],
  ['250', 250],
  ['  ', undefined],
  ['soon', 'soon'],
  ['10 parsecs', '10 parsecs'],
  ['0.0001 s', '0.0001 s'],
  ['-5 s', '-5 s'],
  ['5 constructor', '5 constructor'],
])('[I17] %j is read as %j', (text, value) => {
  expect(readDurationText(text)).toBe(value);
});

test('[I17] what is shown reads back as the same number', () => {
  // Steps that are no multiple of any unit.
  const numbers = Array.from({ length: 5000 }, (_, index) => (index * 139_987) % 700_000_000);
  expect(numbers.filter((ms) => readDurationText(showDurationText(ms)) !== ms)).toEqual([]);
});
