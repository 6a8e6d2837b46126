import { defineNode } from '@wirebook/node-kit';
import { parseConfig, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreInject } from './descriptor.ts';
import { executeInject } from './execute.ts';

const node = defineNode(coreInject, executeInject);

test('[N101] what it is started with is the message', async () => {
  const bench = testNode(node, { message: { incident: 2101 } });
  await bench.send({ incident: 2101 });
  expect(bench.sent('out')).toEqual([{ incident: 2101 }]);
});

test('[N101] the message is an empty object unless the config says otherwise', () => {
  expect(parseConfig(coreInject, {})).toEqual({ message: {} });
});

test.each([[{ message: 'text' }], [{ message: [1] }]])('[N101] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('core.inject: config');
});
