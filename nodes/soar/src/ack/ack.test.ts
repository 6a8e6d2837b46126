import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarAck } from './descriptor.ts';
import { executeAck } from './execute.ts';

const node = defineNode(soarAck, executeAck);

test('[N9] the action is completed with the text, and the message passes on', async () => {
  const bench = testNode(node, { text: 'Ticket SD-1 opened' });
  await bench.send({ id: 1 });
  expect(bench.replies.completion).toEqual({ kind: 'acknowledge', text: 'Ticket SD-1 opened' });
  expect(bench.replies.statuses).toEqual([]);
  expect(bench.sent('out')).toEqual([{ id: 1 }]);
});

test('[N9] without a text it says "Completed"', async () => {
  const bench = testNode(node);
  await bench.send({});
  expect(bench.replies.completion).toEqual({ kind: 'acknowledge', text: 'Completed' });
});

test('[N9] with complete off the text is a status and the action stays pending', async () => {
  const bench = testNode(node, { text: 'Half way', complete: false });
  await bench.send({});
  expect(bench.replies.statuses).toEqual(['Half way']);
  expect(bench.replies.completion).toBeUndefined();
});

test('[N4] where no reply is possible the step fails', async () => {
  for (const complete of [true, false]) {
    const bench = testNode(node, { complete }, { replies: { possible: 'never' } });
    expect((await bench.send({})).error?.code).toBe('ENGINE_REPLY_NOT_POSSIBLE');
  }
});

test.each([[{ text: '' }], [{ text: 7 }], [{ complete: 'yes' }], [{ status: 'a' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.ack: config');
  },
);
