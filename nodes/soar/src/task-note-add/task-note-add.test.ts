import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarTaskNoteAdd } from './descriptor.ts';
import { executeTaskNoteAdd } from './execute.ts';

const node = defineNode(soarTaskNoteAdd, executeTaskNoteAdd);

test('[N55] the note is sent to the task with its format, unchanged, and the answer goes on', async () => {
  const bench = testNode(node, { taskId: 31, text: 'a < b' });
  bench.platform.answer('POST', '/tasks/31/comments', { body: { id: 9 } });
  await bench.send({});
  expect(bench.platform.requests).toEqual([
    { method: 'POST', path: '/tasks/31/comments', body: { text: { format: 'text', content: 'a < b' } } },
  ]);
  expect(bench.sent('out')).toEqual([{ id: 9 }]);
});

test('[N55] an answer names the note that it answers', async () => {
  const bench = testNode(node, { taskId: 31, text: '<b>yes</b>', format: 'html', answers: 8 });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([{ body: { text: { format: 'html', content: '<b>yes</b>' }, parent_id: 8 } }]);
});

test.each([[{ taskId: 1 }], [{ text: 'x' }], [{ taskId: 1, text: '' }], [{ taskId: 1, text: 'x', answers: 'y' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.task-note-add: config');
  },
);
