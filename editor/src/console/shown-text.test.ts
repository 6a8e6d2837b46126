import { expect, test } from 'vitest';
import { toShownText } from './shown-text.ts';

test('[N4] moments are shown in the zone of the product, days and what is no moment as they came', () => {
  const show = (inputType: string, text: string) => toShownText({ inputType, text }, 'Europe/Dublin');
  expect(show('datetimepicker', '2026-01-22T22:43:57Z')).toBe('2026-01-22 22:43:57 GMT');
  expect(show('datetimepicker', '2026-07-22T22:43:57Z')).toMatch(/^2026-07-22 23:43:57 /);
  expect(show('datepicker', '2026-07-22')).toBe('2026-07-22');
  expect(show('datetimepicker', '')).toBe('');
  expect(show('text', '2026-07-22T22:43:57Z')).toBe('2026-07-22T22:43:57Z');
});
