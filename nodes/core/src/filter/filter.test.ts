import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreFilter } from './descriptor.ts';
import { executeFilter } from './execute.ts';

const node = defineNode(coreFilter, executeFilter);

test('[N20] the message leaves unchanged, through out when the condition is true, else through rejected', async () => {
  const message = { id: 7 };
  for (const [when, port] of [
    [true, 'out'],
    [false, 'rejected'],
  ] as const) {
    expect((await testNode(node, { when }).send(message)).emitted).toEqual([{ port, message }]);
  }
});

test.each([[0], ['yes'], [null], [[]], [{}]])('[N20] a condition that gives %j is an error, and nothing leaves', async (when) => {
  const { emitted, error } = await testNode(node, { when }).send({ id: 7 });
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining('it must give true or false') });
  expect(emitted).toEqual([]);
});
