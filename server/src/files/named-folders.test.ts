import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FolderService } from '@wirebook/node-kit';
import { createFakeIds } from '@wirebook/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNamedFolders } from './named-folders.ts';

let root: string;
let folders: FolderService;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wirebook-folders-'));
  mkdirSync(join(root, 'in'));
  writeFileSync(join(root, 'outside.txt'), 'secret');
  writeFileSync(join(root, 'in', 'a.txt'), 'abc');
  folders = createNamedFolders({ folders: { in: join(root, 'in'), gone: join(root, 'gone') }, maxFileBytes: 10, ids: createFakeIds() });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

async function read(folder: string, name: string, maxBytes = 100): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await folders.open({ folder, name }, { maxBytes })).read()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const write = (name: string, content: string, replaces = true) =>
  folders.write({ folder: 'in', name }, [Buffer.from(content)], { replaces });

test('[H60] a file of a named folder is read and written as a whole', async () => {
  expect(await read('in', 'a.txt')).toBe('abc');
  expect(await write('b.txt', 'abc')).toEqual({ sizeBytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' });
  expect([readFileSync(join(root, 'in', 'b.txt'), 'utf8'), readdirSync(join(root, 'in'))]).toEqual(['abc', ['a.txt', 'b.txt']]);
});

test('[H60] a name that is taken is replaced, or refused', async () => {
  await expect(write('a.txt', 'new', false)).rejects.toMatchObject({ code: 'FILE_EXISTS', message: expect.stringContaining('a.txt') });
  expect(await read('in', 'a.txt')).toBe('abc');
  await write('a.txt', 'new');
  expect(await read('in', 'a.txt')).toBe('new');
  await write('c.txt', 'c', false);
  expect(readdirSync(join(root, 'in'))).toEqual(['a.txt', 'c.txt']);
});

test.each(['../outside.txt', '/etc/passwd', 'sub/a.txt', '..', '.', '', '.hidden', 'a\u0000b', 'C:\\a', ' a.txt'])(
  '[H61] the name %j is refused, for reading and for writing',
  async (name) => {
    const refused = { code: 'FILE_NAME_INVALID', message: expect.stringContaining('field "name"') };
    await expect(read('in', name)).rejects.toMatchObject(refused);
    await expect(write(name, 'x')).rejects.toMatchObject(refused);
    expect(readFileSync(join(root, 'outside.txt'), 'utf8')).toBe('secret');
  },
);

test('[H61] links, folders and pipes are not read, and a link is replaced rather than written through', async () => {
  symlinkSync(join(root, 'outside.txt'), join(root, 'in', 'link.txt'));
  mkdirSync(join(root, 'in', 'sub'));
  execFileSync('mkfifo', [join(root, 'in', 'pipe')]);
  for (const name of ['link.txt', 'sub', 'pipe']) await expect(read('in', name)).rejects.toMatchObject({ code: 'FILE_NAME_INVALID' });
  await write('link.txt', 'x');
  expect([readFileSync(join(root, 'outside.txt'), 'utf8'), await read('in', 'link.txt')]).toEqual(['secret', 'x']);
});

test.each(['etc', '__proto__', 'constructor', ''])('[H61] the folder %j is not there; those that are, are named', async (folder) => {
  await expect(read(folder, 'a.txt')).rejects.toMatchObject({ code: 'FILE_FOLDER_UNKNOWN', message: expect.stringContaining('in, gone') });
});

test('[H61] without any folder the message says how one is named', async () => {
  folders = createNamedFolders({ folders: {}, maxFileBytes: 10, ids: createFakeIds() });
  await expect(read('in', 'a.txt')).rejects.toMatchObject({
    code: 'FILE_FOLDER_UNKNOWN',
    message: expect.stringContaining('add file_folders = name=/absolute/path'),
  });
});

test('[H62] what is not there, too large or refused by the system is told without the path of the folder', async () => {
  await expect(read('in', 'no.txt')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await expect(read('in', 'a.txt', 2)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  const failed = await read('gone', 'a.txt').catch((thrown: unknown) => thrown);
  expect(failed).toMatchObject({ code: 'FILE_ACCESS_FAILED', message: expect.stringContaining('ENOENT') });
  expect(String(failed)).not.toContain(root);
});

test('[H62] a content that is too large, or fails, leaves what was there and no part', async () => {
  await expect(write('a.txt', 'x'.repeat(11))).rejects.toMatchObject({
    code: 'FILE_TOO_LARGE',
    message: expect.stringContaining('file_max_bytes'),
  });
  const broken = async function* () {
    yield Buffer.from('half');
    throw new RangeError('the line broke');
  };
  await expect(folders.write({ folder: 'in', name: 'a.txt' }, broken(), { replaces: true })).rejects.toThrow('the line broke');
  expect([await read('in', 'a.txt'), readdirSync(join(root, 'in'))]).toEqual(['abc', ['a.txt']]);
});

test('[H62] a file that others may not read stays so for them', async () => {
  await write('new.txt', 'x');
  expect(statSync(join(root, 'in', 'new.txt')).mode & 0o007).toBe(0);
  expect(existsSync(join(root, 'in', 'new.txt'))).toBe(true);
});
