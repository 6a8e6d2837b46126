import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreBatch } from './descriptor.ts';
import { executeBatch } from './execute.ts';

const node = defineNode(coreBatch, executeBatch);

test('[N51] all messages of the node are gathered, so many at a time', async () => {
  const bench = testNode(node, { count: 4, waitMs: 100 });
  bench.waits.carried = [1, 2];
  expect((await bench.send(2)).emitted).toEqual([{ port: 'out', message: [1, 2] }]);
  bench.waits.carried = null;
  expect((await bench.send(3)).emitted).toEqual([{ port: 'gathered', message: 3 }]);
  expect(bench.waits.gatherings).toMatchObject([{ key: '', count: 4, waitMs: 100, completes: false, value: 2 }, { value: 3 }]);
});

test.each([[{ count: 0 }], [{ waitMs: 0 }], [{ key: 1 }]])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('core.batch: config');
});
