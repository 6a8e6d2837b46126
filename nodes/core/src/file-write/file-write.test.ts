import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreFileWrite } from './descriptor.ts';
import { executeFileWrite } from './execute.ts';

const node = defineNode(coreFileWrite, executeFileWrite);

test('[N32] a text becomes a file for later nodes', async () => {
  const bench = testNode(node, { name: 'report.csv', content: 'é,1' });
  await bench.send({});
  expect(bench.sent('out')).toMatchObject([{ file: 'file1', name: 'report.csv', contentType: 'text/csv', sizeBytes: 4 }]);
  expect(bench.files.handles.map((handle) => bench.files.text(handle))).toEqual(['é,1']);
});

test('[N32] any other value, and the message without one, is written as JSON', async () => {
  const bench = testNode(node, { name: 'message.json' });
  await bench.send({ a: [1] });
  expect(bench.files.handles.map((handle) => bench.files.text(handle))).toEqual(['{\n  "a": [\n    1\n  ]\n}']);
});

test('[N32] into a folder goes a text, or a file of an earlier node', async () => {
  const bench = testNode(node, { to: 'folder', folder: 'exports', name: 'copy.bin', content: { file: 'file1', sizeBytes: 3 } });
  await bench.files.put('a.bin', 'abc');
  await bench.send({});
  expect(bench.sent('out')).toEqual([
    {
      folder: 'exports',
      name: 'copy.bin',
      contentType: 'application/octet-stream',
      sizeBytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    },
  ]);
  expect(bench.folders.contents.get('exports/copy.bin')?.toString()).toBe('abc');
});

test('[N32] a name that is taken is replaced, or an error when that is wanted', async () => {
  const config = { to: 'folder', folder: 'exports', name: 'a.txt', content: 'new' };
  const bench = testNode(node, { ...config, whenExists: 'fail' });
  bench.folders.contents.set('exports/a.txt', Buffer.from('old'));
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code: 'FILE_EXISTS' } });
  const replacing = testNode(node, config);
  replacing.folders.contents.set('exports/a.txt', Buffer.from('old'));
  await replacing.send({});
  expect(replacing.folders.contents.get('exports/a.txt')?.toString()).toBe('new');
});

test.each([
  ['a folder that is not named', { to: 'folder', folder: 'etc', name: 'a' }, 'FILE_FOLDER_UNKNOWN'],
  ['no folder', { to: 'folder', name: 'a' }, 'NODE_INPUT_INVALID'],
  ['a path for a name', { to: 'folder', folder: 'exports', name: '/etc/passwd' }, 'FILE_NAME_INVALID'],
  ['a file of another run', { name: 'a', content: { file: 'x', sizeBytes: 1 } }, 'FILE_UNKNOWN'],
  ['a content that is too large', { name: 'a', content: 'x'.repeat(10_000_001) }, 'FILE_TOO_LARGE'],
] satisfies [string, JsonObject, string][])('[N33] %s is a coded error, and nothing is written', async (_, config, code) => {
  const bench = testNode(node, config);
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code } });
  expect(bench.folders.contents.size).toBe(0);
});

test.each([[{}], [{ name: '' }], [{ name: 'a', to: 'disk' }], [{ name: 'a', whenExists: 'append' }]])(
  '[N4] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.file-write: config');
  },
);
