import { defineNode, type FileHandle } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarAttachmentDownload } from './descriptor.ts';
import { executeAttachmentDownload } from './execute.ts';

const node = defineNode(soarAttachmentDownload, executeAttachmentDownload);

function open(config = {}, facts: object = { id: 3, name: 'mail.eml', content_type: 'message/rfc822' }) {
  const bench = testNode(node, { objectId: 5, attachmentId: 3, ...config });
  bench.platform.answer('GET', '/incidents/5/attachments/3', { body: { ...facts } });
  bench.platform.answer('GET', '/incidents/5/attachments/3/contents', {
    content: { contentType: 'application/octet-stream', text: 'From: a' },
  });
  return bench;
}

test('[N81] the file goes on as a handle with the name and type that the platform tells, its content beside the run', async () => {
  const bench = open();
  await bench.send({});
  const [file] = bench.sent('out') as readonly FileHandle[];
  expect(file).toMatchObject({ name: 'mail.eml', contentType: 'message/rfc822', sizeBytes: 7 });
  expect(file === undefined ? '' : bench.files.text(file)).toBe('From: a');
});

test('[N81] without a name it has one of its id', async () => {
  const bench = open({}, { id: 3 });
  await bench.send({});
  expect(bench.sent('out')).toMatchObject([{ name: 'attachment-3' }]);
});

test('[N81] one that is larger than the limit is refused, and nothing goes on', async () => {
  const bench = open({ maxBytes: 6 });
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code: 'FILE_TOO_LARGE' } });
});

test('[N12] one that is not there keeps the code of the platform', async () => {
  const bench = open();
  bench.platform.answer('GET', '/incidents/5/attachments/3', { status: 404 });
  expect((await bench.send({})).error?.code).toBe('SOAR_NOT_FOUND');
});

test.each([[{}], [{ objectId: 5 }], [{ objectId: 5, attachmentId: 'x' }], [{ objectId: 5, attachmentId: 3, maxBytes: 0 }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.attachment-download: config');
  },
);
