import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreDelay } from './descriptor.ts';
import { executeDelay } from './execute.ts';

const node = defineNode(coreDelay, executeDelay);

test('[N15] the message goes on unchanged when its time has come', async () => {
  const bench = testNode(node, { waitMs: 5000, jitterMs: 100 });
  await bench.send({ a: 1 });
  expect(bench.waits.requests).toEqual([{ kind: 'defer', waitMs: 5000, jitterMs: 100 }]);
  expect(bench.sent('out')).toEqual([{ a: 1 }]);
});

test.each([[{}], [{ waitMs: -1 }], [{ waitMs: 604_800_001 }], [{ waitMs: 'long' }], [{ waitMs: 1, key: 1 }]])(
  '[N4] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.delay: config');
  },
);
