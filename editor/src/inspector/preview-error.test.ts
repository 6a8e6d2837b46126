import { expect, test } from 'vitest';
import { shortenPreviewError } from './preview-error.ts';

test.each([
  ['node "A": field "value": expression "a + \\"(\\"", position 4: Expected ")"', 'Position 4: Expected ")"'],
  ['node "A "b"": field "value": expression "$steps.X": node "X" comes later', 'Node "X" comes later'],
  ['node "A": field "value": there is nothing in it', 'There is nothing in it'],
  ['The server does not answer.', 'The server does not answer.'],
])('[I8] %j is shown as %j', (message, shown) => {
  expect(shortenPreviewError(message)).toBe(shown);
});
