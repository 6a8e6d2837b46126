import { defineNode } from '@wirebook/node-kit';
import { createFunctionTrigger, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarFunction } from './descriptor.ts';
import { executeFunction } from './execute.ts';

const node = defineNode(soarFunction, executeFunction);

test('[N1] the inputs of the function are the message', async () => {
  const bench = testNode(node, { function: 'lookup_model_by_id' });
  const inputs = { model_id: 'x1', report_tags: ['Fraud'] };
  await bench.send(inputs, { trigger: createFunctionTrigger(inputs) });
  expect(bench.sent('out')).toEqual([inputs]);
});

test.each([[{}], [{ function: '' }], [{ function: 7 }], [{ function: 'a', completion: 'never' }], [{ function: 'a', destination: 'b' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.function: config');
  },
);
