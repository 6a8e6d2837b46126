import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { noteCheck } from './check-note.ts';
import { soarNoteAdd } from './descriptor.ts';
import { executeNoteAdd } from './execute.ts';

const node = defineNode(soarNoteAdd, executeNoteAdd, noteCheck);

test.each(['text', 'html'])('[N13] the note is sent with its format %s, unchanged, and the answer goes on', async (format) => {
  const bench = testNode(node, { incidentId: 2314, text: 'a < b & <b>c</b>', format });
  bench.platform.answer('POST', '/incidents/2314/comments', { body: { id: 9, text: 'kept' } });
  await bench.send({});
  expect(bench.platform.requests).toEqual([
    { method: 'POST', path: '/incidents/2314/comments', body: { text: { format, content: 'a < b & <b>c</b>' } } },
  ]);
  expect(bench.sent('out')).toEqual([{ id: 9, text: 'kept' }]);
});

test('[N13] a note is plain text unless the config says html', async () => {
  const bench = testNode(node, { incidentId: 1, text: 'x' });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([{ body: { text: { format: 'text' } } }]);
});

test('[N12] an incident that is not there keeps the code of the platform', async () => {
  expect(await testNode(node, { incidentId: 1, text: 'x' }).send({})).toMatchObject({ emitted: [], error: { code: 'SOAR_NOT_FOUND' } });
});

test.each([
  [{ incidentId: 1 }],
  [{ text: 'x' }],
  [{ incidentId: '1', text: 'x' }],
  [{ incidentId: 1.5, text: 'x' }],
  [{ incidentId: 0, text: 'x' }],
  [{ incidentId: 1, text: '' }],
  [{ incidentId: 1, text: 'x', format: 'markdown' }],
])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.note-add: config');
});
