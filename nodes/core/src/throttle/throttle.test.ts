import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreThrottle } from './descriptor.ts';
import { executeThrottle } from './execute.ts';

const node = defineNode(coreThrottle, executeThrottle);

test('[N17] the message waits for its turn', async () => {
  const bench = testNode(node, { key: 'host', intervalMs: 500 });
  await bench.send({ a: 1 });
  expect(bench.waits.requests).toEqual([{ kind: 'throttle', waitMs: 500, key: '"host"' }]);
  expect(bench.sent('out')).toEqual([{ a: 1 }]);
});

test('[N17] with skipping, what would have to wait leaves through skipped at once', async () => {
  const bench = testNode(node, { skips: true });
  await bench.send({ a: 1 });
  await bench.send({ a: 2 });
  expect(bench.waits.claims).toEqual([
    { key: 'null', windowMs: 1000 },
    { key: 'null', windowMs: 1000 },
  ]);
  expect([bench.sent('out'), bench.sent('skipped'), bench.waits.requests]).toEqual([[{ a: 1 }], [{ a: 2 }], []]);
});

test.each([[{ intervalMs: 0 }], [{ intervalMs: 604_800_001 }], [{ skips: 1 }]])(
  '[N4] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.throttle: config');
  },
);
