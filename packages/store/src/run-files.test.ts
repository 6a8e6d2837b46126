import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeIds } from '@wirebook/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRunFiles, type RunFilesLimits, type RunFilesStore } from './run-files.ts';

let parent: string;
let folder: string;
let openRuns: string[];

const ids = createFakeIds();

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'wirebook-files-'));
  folder = join(parent, 'files');
  openRuns = ['run1', 'run2'];
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

function open(limits: Partial<RunFilesLimits> = {}): RunFilesStore {
  return openRunFiles({
    folder,
    limits: { maxFileBytes: 1000, maxBytes: 10_000, maxCount: 100, ...limits },
    ids,
    listOpenRunIds: () => openRuns,
  });
}

const text = (content: string, name = 'a.txt') => ({ name, contentType: 'text/plain', content: [Buffer.from(content)] });

async function readAll(files: RunFilesStore, runId: string, handle: Parameters<RunFilesStore['open']>[1]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await files.open(runId, handle)).read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('[RF1] a file reads back byte for byte, twice, with what is known of it', async () => {
  const files = open({ maxFileBytes: 300_000, maxBytes: 300_000 });
  const parts = [Uint8Array.from({ length: 200_000 }, (_, index) => index % 251), new Uint8Array(), Uint8Array.of(7)];
  const handle = await files.save('run1', { name: 'scan.bin', contentType: 'application/x-scan; v=1', content: parts });
  expect(handle).toMatchObject({ name: 'scan.bin', contentType: 'application/x-scan; v=1', sizeBytes: 200_001 });
  expect((await files.open('run1', handle)).handle).toEqual(handle);
  expect(await readAll(files, 'run1', handle)).toEqual(Buffer.concat(parts));
  expect(await readAll(files, 'run1', handle)).toHaveLength(200_001);
  const known = await files.save('run1', text('abc'));
  expect(known.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('[RF1] what is true of a file is what was found when it was saved, whatever its handle says', async () => {
  const files = open();
  const handle = await files.save('run1', text('abc'));
  const opened = await files.open('run1', { ...handle, name: '../../x', sizeBytes: 9, contentType: 'text/html' });
  expect(opened.handle).toEqual(handle);
});

test('[RF2] another run does not find it, and no handle leads anywhere else', async () => {
  const files = open();
  const handle = await files.save('run1', text('abc'));
  await files.save('run2', text('of run 2'));
  await expect(files.open('run2', handle)).rejects.toMatchObject({ code: 'FILE_UNKNOWN', message: expect.stringContaining(handle.file) });
  for (const forged of [{ ...handle, file: `../run1/${handle.file}` }, { ...handle, file: '' }, handle.file, null, { file: handle.file }]) {
    await expect(files.open('run1', forged)).rejects.toMatchObject({ code: 'NODE_INPUT_INVALID' });
  }
});

test('[RF3] a file that is too large is refused, by the limit that is the lower one, and nothing of it is left', async () => {
  const files = open();
  await expect(files.save('run1', text('x'.repeat(1001), 'big.txt'))).rejects.toMatchObject({
    code: 'FILE_TOO_LARGE',
    message: expect.stringMatching(/big\.txt.*1000 bytes, the limit file_max_bytes/),
  });
  await expect(files.save('run1', { ...text('x'.repeat(11)), maxBytes: 10 })).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  expect([files.counts(), readdirSync(join(folder, 'run1'))]).toEqual([{ files: 0, bytes: 0 }, []]);
});

test('[RF3] files of all runs together are bounded in number and bytes, those under way included', async () => {
  const files = open({ maxBytes: 25, maxCount: 3 });
  await files.save('run1', text('x'.repeat(20)));
  await expect(files.save('run2', text('x'.repeat(6)))).rejects.toMatchObject({ code: 'FILE_SPACE_FULL' });
  await files.save('run2', text('x'));
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = files.save('run2', {
    ...text(''),
    content: (async function* () {
      await held;
      yield Buffer.from('y');
    })(),
  });
  await expect(files.save('run1', text('z'))).rejects.toMatchObject({
    code: 'FILE_SPACE_FULL',
    message: expect.stringContaining('3 files of runs'),
  });
  release();
  await slow;
  expect(files.counts()).toEqual({ files: 3, bytes: 22 });
  files.drop('run2');
  await files.save('run1', text('z'));
});

test('[RF3] a content that fails ends the saving with its own error, and nothing of the file is left', async () => {
  const files = open();
  const broken = async function* () {
    yield Buffer.from('half');
    throw new RangeError('the line broke');
  };
  await expect(files.save('run1', { ...text(''), content: broken() })).rejects.toThrow('the line broke');
  expect([files.counts(), readdirSync(join(folder, 'run1'))]).toEqual([{ files: 0, bytes: 0 }, []]);
});

test('[RF4] opened again, whole files of open runs are there and count; parts, and files of other runs, are gone', async () => {
  const before = open();
  const kept = await before.save('run1', text('kept'));
  await before.save('run2', text('over'));
  for (const left of ['half.part', 'alone.data', 'alone2.json', 'late.json.part']) writeFileSync(join(folder, 'run1', left), 'x');
  mkdirSync(join(folder, 'run3'));
  openRuns = ['run1', 'run9'];
  const files = open();
  expect(await readAll(files, 'run1', kept)).toEqual(Buffer.from('kept'));
  expect(files.counts()).toEqual({ files: 1, bytes: 4 });
  expect([readdirSync(folder), readdirSync(join(folder, 'run1')).length]).toEqual([['run1'], 2]);
});

test('[RF5] the files of a run go with it, and pruning takes those of runs that are over', async () => {
  const files = open();
  const first = await files.save('run1', text('a'));
  await files.save('run2', text('b'));
  files.drop('run1');
  files.drop('run1');
  files.drop('never');
  await expect(files.open('run1', first)).rejects.toMatchObject({ code: 'FILE_UNKNOWN' });
  expect([readdirSync(folder), files.counts()]).toEqual([['run2'], { files: 1, bytes: 1 }]);
  files.prune();
  expect(files.counts().files).toBe(1);
  openRuns = [];
  files.prune();
  expect([readdirSync(folder), files.counts()]).toEqual([[], { files: 0, bytes: 0 }]);
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\a.exe', 'a.exe'],
  ['a\u0000b\u202etxt.exe\n', 'abtxt.exe'],
  ['..', 'file'],
  ['', 'file'],
  [`${'n'.repeat(300)}.pcap`, `${'n'.repeat(195)}.pcap`],
])('[RF6] the name %j is kept as %j', async (given, kept) => {
  expect((await open().save('run1', text('x', given))).name).toBe(kept);
});

test('[RF6] a type that could not be sent as a header is application/octet-stream', async () => {
  const files = open();
  for (const contentType of ['text/html\r\nx: y', 'nonsense', '']) {
    expect((await files.save('run1', { ...text('x'), contentType })).contentType).toBe('application/octet-stream');
  }
});

test('[RF7] folders and files are readable by their owner only', async () => {
  const files = open();
  const { file } = await files.save('run1', text('x'));
  const modeOf = (...path: readonly string[]) => statSync(join(folder, ...path)).mode & 0o777;
  expect([modeOf(), modeOf('run1'), modeOf('run1', `${file}.data`), modeOf('run1', `${file}.json`)]).toEqual([0o700, 0o700, 0o600, 0o600]);
});

test('[RF3] what the disk refuses is STORE_FAILED', async () => {
  const files = open();
  await files.save('run1', text('x'));
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'a file in its place');
  await expect(files.save('run1', text('y'))).rejects.toMatchObject({ code: 'STORE_FAILED' });
  expect(existsSync(join(folder, 'run1'))).toBe(false);
  expect(() =>
    openRunFiles({ folder: join(folder, 'below'), limits: { maxFileBytes: 1, maxBytes: 1, maxCount: 1 }, ids, listOpenRunIds: () => [] }),
  ).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
});
