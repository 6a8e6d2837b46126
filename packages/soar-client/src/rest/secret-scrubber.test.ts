import { expect, test } from 'vitest';
import { createSecretScrubber } from './secret-scrubber.ts';

test('[R35] a secret is taken out as it is, inside JSON, inside a URL and in base64, longer ones first', () => {
  const scrubber = createSecretScrubber();
  for (const secret of ['pass"wörd', 'abcd', 'abcdef']) scrubber.add(secret);
  const spellings = [
    'pass"wörd',
    'pass\\"wörd',
    encodeURIComponent('pass"wörd'),
    Buffer.from('pass"wörd').toString('base64'),
    'abcdef',
    'abcd',
  ];
  expect(scrubber.scrub(spellings.join(' | '))).toBe('*** | *** | *** | *** | *** | ***');
});

test('[R35] what an outer scrubber knows is taken out as well, what an inner one knows only inside', () => {
  const outer = createSecretScrubber();
  const inner = createSecretScrubber(outer);
  outer.add('login-secret');
  inner.add('token-of-run');
  expect([inner.scrub('login-secret token-of-run'), outer.scrub('login-secret token-of-run')]).toEqual(['*** ***', '*** token-of-run']);
});

test('[R35] a text of less than four characters is no secret that could be taken out', () => {
  const scrubber = createSecretScrubber();
  for (const secret of ['', 't', 'abc', '\uD800']) scrubber.add(secret);
  expect(scrubber.scrub('at abc')).toBe('at abc');
});
