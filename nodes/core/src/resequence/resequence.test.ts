import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreResequence } from './descriptor.ts';
import { executeResequence } from './execute.ts';

const node = defineNode(coreResequence, executeResequence);

test('[N52] a message goes on at its turn, or as one that is late', async () => {
  const bench = testNode(node, { number: 4, key: 'a', first: 1, waitMs: 500 });
  expect((await bench.send('x')).emitted).toEqual([{ port: 'out', message: 'x' }]);
  bench.waits.outcome = 'skipped';
  expect((await bench.send('x')).emitted).toEqual([{ port: 'late', message: 'x' }]);
  expect(bench.waits.turns[0]).toEqual({ key: '"a"', number: 4, first: 1, waitMs: 500, keptMs: 86_400_000 });
});

test.each([['4'], [1.5], [null]])('[N52] %j is no number, and is refused', async (number) => {
  const bench = testNode(node, { number });
  expect((await bench.send('x')).error?.code).toBe('NODE_INPUT_INVALID');
  expect(bench.waits.turns).toEqual([]);
});

test.each([[{}], [{ number: 1, first: 'a' }], [{ number: 1, waitMs: 0 }]])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('core.resequence: config');
});
