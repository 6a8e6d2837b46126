import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarError } from './descriptor.ts';
import { executeError } from './execute.ts';

const node = defineNode(soarError, executeError);

test('[N8] the action is completed with the error text, and the message passes on', async () => {
  const bench = testNode(node, { text: 'model x1 is unknown' });
  await bench.send({ model_id: 'x1' });
  expect(bench.replies.completion).toEqual({ kind: 'error', text: 'model x1 is unknown' });
  expect(bench.sent('out')).toEqual([{ model_id: 'x1' }]);
});

test('[N4] a second completion is refused', async () => {
  const bench = testNode(node, { text: 'a' });
  await bench.send({});
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code: 'ENGINE_REPLY_ALREADY_COMPLETED' } });
});

test.each([[{}], [{ text: '' }], [{ text: null }], [{ text: 'a', code: 'X' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.error: config');
  },
);
