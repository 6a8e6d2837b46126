import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreFinally } from './descriptor.ts';
import { executeFinally } from './execute.ts';

const node = defineNode(coreFinally, executeFinally);
const ended = { outcome: 'succeeded', completed: true, error: null, node: null, run: { id: 'r1', attempt: 1 } };

test('[N14] how the run ended is handed on', async () => {
  const bench = testNode(node);
  await bench.send(ended);
  expect(bench.sent('out')).toEqual([ended]);
});

test.each([[null], [{}], [{ outcome: 3 }], ['succeeded']])('[N14] %j is no end of a run', async (message) => {
  const outcome = await testNode(node).send(message);
  expect(outcome).toMatchObject({ emitted: [], error: { code: 'ENGINE_INVARIANT_BROKEN' } });
});

test.each([[{ timeoutMs: 99 }], [{ timeoutMs: 600_001 }], [{ timeoutMs: 'long' }], [{ scope: 'all' }]])(
  '[N4] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.finally: config');
  },
);
