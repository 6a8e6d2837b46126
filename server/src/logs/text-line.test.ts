import { expect, test } from 'vitest';
import { toTextLine } from './text-line.ts';

test('[K3] a line of JSON becomes one line of text with time, level, text and facts', () => {
  expect(toTextLine('{"level":40,"time":"2026-11-24T12:00:00.000Z","code":"X","msg":"two\\nlines"}')).toBe(
    '2026-11-24T12:00:00.000Z WARNING two \\n lines {"code":"X"}',
  );
  expect(toTextLine('{"level":30,"time":"T","from":"server","msg":"m"}')).toBe('T INFO [server] m');
});

test('[K3] what is no JSON stays as it is', () => {
  expect(['plain', '{broken'].map(toTextLine)).toEqual(['plain', '{broken']);
});
