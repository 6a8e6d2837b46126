import { checkExamples } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { descriptors } from './descriptors.ts';

const examples = checkExamples(new URL('.', import.meta.url), descriptors);

test('[N8] there is an example for every node', () => {
  const without = descriptors.filter(({ type }) => !examples.some(({ path }) => path.startsWith(`${type.split('.')[1]}/examples/`)));
  expect(without).toEqual([]);
});

test.each(examples)('[N8] the example $path has no problem', ({ problems }) => {
  expect(problems).toEqual([]);
});
