import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreFileRead } from './descriptor.ts';
import { executeFileRead } from './execute.ts';

const node = defineNode(coreFileRead, executeFileRead);

function open(config: JsonObject, content: string | Uint8Array = 'host,seen\na,1\n') {
  const bench = testNode(node, config);
  bench.folders.contents.set('exports/list.csv', Buffer.from(content));
  return bench;
}

const inFolder = { folder: 'exports', name: 'list.csv' };

test('[N30] a file of a folder goes on as a file, with name, type and size and without its content', async () => {
  const bench = open(inFolder);
  await bench.send({});
  expect(bench.sent('out')).toEqual([
    { file: 'file1', name: 'list.csv', contentType: 'text/csv', sizeBytes: 14, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  expect(bench.files.handles.map((handle) => bench.files.text(handle))).toEqual(['host,seen\na,1\n']);
});

test('[N30] as text or JSON its content goes on', async () => {
  const bench = open({ ...inFolder, as: 'text' });
  await bench.send({});
  expect(bench.sent('out')).toEqual(['host,seen\na,1\n']);
  const json = open({ ...inFolder, as: 'json' }, '{"a": ["é"]}');
  await json.send({});
  expect(json.sent('out')).toEqual([{ a: ['é'] }]);
  expect(json.files.handles).toEqual([]);
});

test('[N30] a file that an earlier node handed on is read the same way', async () => {
  const bench = testNode(node, { from: 'message', as: 'json', file: { file: 'file1', sizeBytes: 7 } });
  await bench.files.put('a.json', '{"b":1}');
  await bench.send({});
  expect(bench.sent('out')).toEqual([{ b: 1 }]);
});

test.each([
  ['a folder that is not named', { folder: 'etc', name: 'passwd' }, 'FILE_FOLDER_UNKNOWN', 'exports'],
  ['a path for a name', { folder: 'exports', name: '../list.csv' }, 'FILE_NAME_INVALID', '../list.csv'],
  ['a file that is not there', { folder: 'exports', name: 'other.csv' }, 'FILE_NOT_FOUND', 'other.csv'],
  ['no folder', { name: 'list.csv' }, 'NODE_INPUT_INVALID', 'field "folder"'],
  ['no name', { folder: 'exports' }, 'NODE_INPUT_INVALID', 'field "name"'],
  ['a text that is too large', { ...inFolder, as: 'text', maxBytes: 13 }, 'FILE_TOO_LARGE', '13 bytes'],
  ['a text that is no JSON', { ...inFolder, as: 'json' }, 'NODE_INPUT_INVALID', 'file "list.csv" is no JSON'],
  ['no file in the message', { from: 'message' }, 'NODE_INPUT_INVALID', 'field "file": it got null'],
  ['a path in place of a file', { from: 'message', file: '/etc/passwd' }, 'NODE_INPUT_INVALID', 'the text "/etc/passwd"'],
  ['a file of another run', { from: 'message', file: { file: 'other', sizeBytes: 1 } }, 'FILE_UNKNOWN', '"other"'],
])('[N31] %s is a coded error that says what was given', async (_, config, code, text) => {
  expect(await open(config).send({})).toMatchObject({ emitted: [], error: { code, message: expect.stringContaining(text) } });
});

test('[N31] bytes that are no UTF-8 are not handed on as text', async () => {
  const { error } = await open({ ...inFolder, as: 'text' }, Uint8Array.of(0xc3, 0x28)).send({});
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining('no text in UTF-8') });
});

test.each([[{ from: 'url' }], [{ as: 'base64' }], [{ name: 7 }], [{ maxBytes: 6_000_000 }], [{ path: '/etc/passwd' }]])(
  '[N4] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.file-read: config');
  },
);
