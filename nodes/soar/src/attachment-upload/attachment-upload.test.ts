import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { attachmentCheck } from './check-attachment.ts';
import { soarAttachmentUpload } from './descriptor.ts';
import { executeAttachmentUpload } from './execute.ts';

const node = defineNode(soarAttachmentUpload, executeAttachmentUpload, attachmentCheck);
/** The first file of a bench. */
const file = { file: 'file1', name: 'forged.txt', contentType: 'x/y', sizeBytes: 1, sha256: '' };

async function open(config = {}) {
  const bench = testNode(node, { objectId: 5, file, ...config });
  await bench.files.put('report.csv', 'a;b', 'text/csv');
  bench.platform.answer('POST', '/incidents/5/attachments', { body: [{ id: 9, name: 'report.csv' }] });
  bench.platform.answer('POST', '/tasks/5/attachments', { body: { id: 10 } });
  return bench;
}

test('[N82] the file is sent with what is true of it, not with what the message says', async () => {
  const bench = await open({ description: 'made by a flow' });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([
    {
      method: 'POST',
      path: '/incidents/5/attachments',
      upload: {
        field: 'file',
        fileName: 'report.csv',
        contentType: 'text/csv',
        content: { sizeBytes: 3 },
        parts: { description: 'made by a flow' },
      },
    },
  ]);
  expect(bench.sent('out')).toEqual([{ id: 9, name: 'report.csv' }]);
});

test('[N82] it goes to a task under another name', async () => {
  const bench = await open({ at: 'task', name: '../other.csv' });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([{ path: '/tasks/5/attachments', upload: { fileName: expect.not.stringContaining('/') } }]);
  expect(bench.sent('out')).toEqual([{ id: 10 }]);
});

test.each([
  ['a text', 'report.csv', 'NODE_INPUT_INVALID'],
  ['a file of another run', { ...file, file: 'file9' }, 'FILE_UNKNOWN'],
])('[N82] %s in place of a file is refused, and nothing is sent', async (_, given, code) => {
  const bench = await open({ file: given });
  expect((await bench.send({})).error?.code).toBe(code);
  expect(bench.platform.requests).toEqual([]);
});

test('[N83] after a crash a further attachment of the name is the one of the step', async () => {
  const bench = await open({ name: 'report.csv' });
  bench.platform.answer('GET', '/incidents/5/attachments', { body: [{ id: 1, name: 'report.csv' }] });
  const mark = await bench.mark();
  bench.platform.answer('GET', '/incidents/5/attachments', {
    body: [
      { id: 1, name: 'report.csv' },
      { id: 2, name: 'report.csv' },
    ],
  });
  expect(await bench.check({ intendedAtMs: 1, mark })).toMatchObject({ written: true, emissions: [{ message: { id: 2 } }] });
});

test.each([[{ objectId: 5 }], [{ file }], [{ objectId: 5, file, at: 'note' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.attachment-upload: config');
  },
);
