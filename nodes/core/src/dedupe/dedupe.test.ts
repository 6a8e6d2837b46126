import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreDedupe } from './descriptor.ts';
import { executeDedupe } from './execute.ts';

const node = defineNode(coreDedupe, executeDedupe);

test('[N18] the first of a key leaves through out, another one through repeated', async () => {
  const bench = testNode(node, { key: ['a', 1], windowMs: 60_000 });
  await bench.send({ a: 1 });
  await bench.send({ a: 2 });
  expect(bench.waits.claims[0]).toEqual({ key: '["a",1]', windowMs: 60_000 });
  expect([bench.sent('out'), bench.sent('repeated')]).toEqual([[{ a: 1 }], [{ a: 2 }]]);
});

test('[N18] without a key it is an error', async () => {
  const outcome = await testNode(node, { key: null }).send({ a: 1 });
  expect(outcome).toMatchObject({ emitted: [], error: { code: 'NODE_INPUT_INVALID' } });
});

test.each([[{}], [{ key: 1, windowMs: 0 }], [{ key: 1, windowMs: 604_800_001 }], [{ key: 1, port: 'x' }]])(
  '[N4] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.dedupe: config');
  },
);
