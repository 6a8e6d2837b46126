import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreAggregate } from './descriptor.ts';
import { executeAggregate } from './execute.ts';

const node = defineNode(coreAggregate, executeAggregate);

test('[N50] the list goes on with the one that carries it, and each of the others through its own port', async () => {
  const bench = testNode(node, { key: 7, count: 3, waitMs: 5000, complete: true });
  bench.waits.carried = [{ id: 1 }, { id: 2 }];
  expect((await bench.send({ id: 2 })).emitted).toEqual([{ port: 'out', message: [{ id: 1 }, { id: 2 }] }]);
  expect(bench.waits.gatherings).toEqual([{ key: '7', count: 3, waitMs: 5000, completes: true, value: { id: 2 } }]);
  bench.waits.carried = null;
  expect((await bench.send({ id: 3 })).emitted).toEqual([{ port: 'gathered', message: { id: 3 } }]);
});

test('[N50] another value than the message may stand in the list; without a key all belong together', async () => {
  const bench = testNode(node, { value: 'x' });
  await bench.send({ id: 1 });
  expect(bench.waits.gatherings).toMatchObject([{ key: 'null', value: 'x', count: 10, completes: false, waitMs: 60_000 }]);
});

test.each([[{ count: 0 }], [{ count: 1001 }], [{ waitMs: 0 }], [{ complete: 'yes' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.aggregate: config');
  },
);
