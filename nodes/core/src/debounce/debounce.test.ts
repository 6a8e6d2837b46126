import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreDebounce } from './descriptor.ts';
import { executeDebounce } from './execute.ts';

const node = defineNode(coreDebounce, executeDebounce);

test('[N16] it waits until its key is quiet, and what a later one replaced leaves through skipped', async () => {
  const bench = testNode(node, { key: { host: 'a' }, quietMs: 200 });
  await bench.send({ a: 1 });
  expect(bench.waits.requests).toEqual([{ kind: 'debounce', waitMs: 200, key: '{"host":"a"}', skips: true }]);
  bench.waits.outcome = 'skipped';
  await bench.send({ a: 2 });
  expect([bench.sent('out'), bench.sent('skipped')]).toEqual([[{ a: 1 }], [{ a: 2 }]]);
});

test('[N16] with keep all none is skipped; without a key all messages belong together', async () => {
  const bench = testNode(node, { keepAll: true });
  await bench.send({ a: 1 });
  expect(bench.waits.requests).toEqual([{ kind: 'debounce', waitMs: 1000, key: 'null', skips: false }]);
});

test.each([[{ quietMs: 0 }], [{ quietMs: 604_800_001 }], [{ keepAll: 'yes' }], [{ waitMs: 1 }]])(
  '[N4] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.debounce: config');
  },
);
