import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMessageSpill } from './message-spill.ts';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'wirebook-spill-'));
  folder = join(parent, 'spill');
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

test('[B1] a body reads back byte for byte until it is removed', () => {
  const spill = openMessageSpill(folder);
  const body = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
  spill.write(7, body);
  spill.write(8, new Uint8Array());
  expect(Uint8Array.from(spill.read(7))).toEqual(body);
  expect(spill.read(8)).toHaveLength(0);
  spill.remove(7);
  spill.remove(7);
  expect(() => spill.read(7)).toThrow(expect.objectContaining({ code: 'STORE_FAILED', message: expect.stringContaining('7.body') }));
  expect(readdirSync(folder)).toEqual(['8.body']);
});

test('[B2] the folder is emptied when it is opened, and readable by its owner only', () => {
  mkdirSync(folder, { mode: 0o755 });
  writeFileSync(join(folder, 'left.body'), 'x');
  openMessageSpill(folder).write(1, new Uint8Array([1]));
  expect(readdirSync(folder)).toEqual(['1.body']);
  expect([statSync(folder).mode & 0o777, statSync(join(folder, '1.body')).mode & 0o777]).toEqual([0o700, 0o600]);
});

test('[B3] what the disk refuses is STORE_FAILED, and leaves no part of a file', () => {
  const spill = openMessageSpill(folder);
  rmSync(folder, { recursive: true });
  expect(() => spill.write(1, new Uint8Array([1]))).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
  expect(existsSync(join(folder, '1.body'))).toBe(false);
  writeFileSync(folder, 'a file in its place');
  expect(() => openMessageSpill(join(folder, 'below'))).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
});
