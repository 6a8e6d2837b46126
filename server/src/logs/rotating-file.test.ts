import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRotatingFile } from './rotating-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-log-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function open({ maxBytes = 20, backupCount = 2, onRefused = (reason: string): void => void reason } = {}) {
  return openRotatingFile({ dir: join(folder, 'logs'), name: 'app.log', maxBytes, backupCount, onRefused });
}

const read = (name: string) => readFileSync(join(folder, 'logs', name), 'utf8');
const names = () => readdirSync(join(folder, 'logs')).sort();

test('[K1] a line that would make the file too long goes into a new one; so many older ones are kept as the count says', () => {
  const file = open();
  for (const line of ['first 1234', 'second 123', 'third 1234', 'fourth 123']) file.write(line);
  file.close();
  expect(names()).toEqual(['app.log', 'app.log.1', 'app.log.2']);
  expect(['app.log', 'app.log.1', 'app.log.2'].map(read)).toEqual(['fourth 123\n', 'third 1234\n', 'second 123\n']);
});

test('[K1] a file is gone on with after a start, and lines are never cut', () => {
  const first = open();
  first.write('one');
  first.close();
  const second = open();
  second.write('two');
  second.write('a line that is longer than all of it');
  second.close();
  expect([read('app.log'), read('app.log.1')]).toEqual(['a line that is longer than all of it\n', 'one\ntwo\n']);
});

test.each([
  { maxBytes: 0, backupCount: 2 },
  { maxBytes: 20, backupCount: 0 },
])('[K1] with $maxBytes bytes and $backupCount older files it grows for ever', (limits) => {
  const file = open(limits);
  for (let line = 0; line < 10; line += 1) file.write('0123456789');
  file.close();
  expect([names(), read('app.log').length]).toEqual([['app.log'], 110]);
});

test('[K1] the file is readable by its owner only', () => {
  open().close();
  expect(statSync(join(folder, 'logs', 'app.log')).mode & 0o077).toBe(0);
});

test('[K2] a disk that refuses lines ends nothing; it is told once, and the lines are counted', () => {
  const reasons: string[] = [];
  const file = open({ maxBytes: 5, onRefused: (reason) => reasons.push(reason) });
  file.write('one');
  rmSync(join(folder, 'logs'), { recursive: true });
  writeFileSync(join(folder, 'logs'), 'a file in place of the folder');
  file.write('two');
  file.write('three');
  expect([reasons.length, file.refusedCount]).toEqual([1, 2]);
  file.close();
});

test('[K2] a file that cannot be opened is an error of the configuration', () => {
  writeFileSync(join(folder, 'logs'), 'in the way');
  expect(() => open()).toThrow(expect.objectContaining({ code: 'CONFIG_OPTION_INVALID' }));
});
