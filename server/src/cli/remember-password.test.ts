import { expect, test } from 'vitest';
import { rememberPassword } from './remember-password.ts';

test('[B29] a password is asked for once, and again only when nothing was typed or for another e-mail', async () => {
  const answers = ['', 'typed', 'other'];
  const asked: string[] = [];
  const ask = rememberPassword(async (email) => {
    asked.push(email);
    return answers.shift() ?? null;
  });
  const given = [await ask?.('a'), await ask?.('a'), await ask?.('a'), await ask?.('b'), await ask?.('c')];
  expect(given).toEqual(['', 'typed', 'typed', 'other', null]);
  expect(asked).toEqual(['a', 'a', 'b', 'c']);
});

test('[B29] without a terminal nothing is asked', () => {
  expect(rememberPassword(undefined)).toBeUndefined();
});
