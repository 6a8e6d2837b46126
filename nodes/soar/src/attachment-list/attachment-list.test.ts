import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarAttachmentList } from './descriptor.ts';
import { executeAttachmentList } from './execute.ts';

const node = defineNode(soarAttachmentList, executeAttachmentList);
const files = [
  { id: 3, name: 'a.txt' },
  { id: 4, name: 'b.txt' },
];

test.each([
  ['incident', '/incidents/5/attachments'],
  ['task', '/tasks/5/attachments'],
])('[N80] the attachments of an %s go on as a list', async (at, path) => {
  const bench = testNode(node, { at, objectId: 5 });
  bench.platform.answer('GET', path, { body: files });
  await bench.send({});
  expect(bench.sent('out')).toEqual([files]);
});

test('[N80] each goes on by itself', async () => {
  const bench = testNode(node, { objectId: 5, output: 'each' });
  bench.platform.answer('GET', '/incidents/5/attachments', { body: files });
  await bench.send({});
  expect(bench.sent('each')).toEqual(files);
});

test('[N80] an answer that is no list is an error', async () => {
  const bench = testNode(node, { objectId: 5 });
  bench.platform.answer('GET', '/incidents/5/attachments', { body: {} });
  expect((await bench.send({})).error?.code).toBe('SOAR_RESPONSE_INVALID');
});

test.each([[{}], [{ objectId: '5' }], [{ objectId: 5, at: 'note' }]])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.attachment-list: config');
});
