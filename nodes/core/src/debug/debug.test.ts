import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreDebug } from './descriptor.ts';
import { executeDebug } from './execute.ts';

const node = defineNode(coreDebug, executeDebug);

test('[N9] the message is shown under the label and passes unchanged', async () => {
  const bench = testNode(node, { label: 'before the call' });
  await bench.send({ id: 1 });
  expect(bench.log.prints).toEqual([{ label: 'before the call', value: { id: 1 } }]);
  expect(bench.sent('out')).toEqual([{ id: 1 }]);
});

test.each([['part'], [null], [0]])('[N9] a value of %j is shown instead of the message', async (value) => {
  const bench = testNode(node, { value });
  await bench.send({ id: 1 });
  expect(bench.log.prints).toEqual([{ label: 'debug', value }]);
  expect(bench.sent('out')).toEqual([{ id: 1 }]);
});

test('[N9] switched off it shows nothing and passes the message', async () => {
  const bench = testNode(node, { enabled: false });
  await bench.send('x');
  expect(bench.log.prints).toEqual([]);
  expect(bench.sent('out')).toEqual(['x']);
});

test.each([[{ label: 1 }], [{ enabled: 'no' }], [{ lable: 'x' }]])('[N4] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('core.debug: config');
});
