import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarStatus } from './descriptor.ts';
import { executeStatus } from './execute.ts';

const node = defineNode(soarStatus, executeStatus);

test('[N3] the text is sent as a status, the action is not completed, and the message passes', async () => {
  const bench = testNode(node, { text: 'Asking the model register' });
  await bench.send({ model_id: 'x1' });
  expect(bench.replies.statuses).toEqual(['Asking the model register']);
  expect(bench.replies.completion).toBeUndefined();
  expect(bench.sent('out')).toEqual([{ model_id: 'x1' }]);
});

test('[N4] where no reply is possible the step fails and nothing passes', async () => {
  const outcome = await testNode(node, { text: 'hello' }, { replies: { possible: 'never' } }).send({});
  expect(outcome).toMatchObject({ emitted: [], error: { code: 'ENGINE_REPLY_NOT_POSSIBLE' } });
});

test.each([[{}], [{ text: '' }], [{ text: 7 }], [{ text: 'a', complete: true }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.status: config');
  },
);
