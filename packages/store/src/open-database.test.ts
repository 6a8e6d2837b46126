import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';

let folder: string;
let path: string;

const first = { sql: 'CREATE TABLE a (n INTEGER)' };
const second = { sql: 'ALTER TABLE a ADD COLUMN m INTEGER' };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-database-'));
  path = join(folder, 'x.db');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function open(migrations: readonly { sql: string }[]) {
  return openDatabase({ path, migrations, synchronous: 'FULL', nowMs: 77 });
}

test('[F1] a new file gets every migration, an older one those that it lacks', () => {
  const old = open([first]);
  expect(old.pragma('user_version', { simple: true })).toBe(1);
  old.prepare('INSERT INTO a (n) VALUES (1)').run();
  old.close();
  const present = open([first, second]);
  expect(present.pragma('user_version', { simple: true })).toBe(2);
  expect(present.prepare('SELECT n, m FROM a').all()).toEqual([{ n: 1, m: null }]);
  present.close();
});

test('[F1] a migration that fails leaves the file as it was', () => {
  open([first]).close();
  expect(() => open([first, second, { sql: 'CREATE TABLE a (twice INTEGER)' }])).toThrow(
    expect.objectContaining({ code: 'STORE_FAILED', message: `could not open ${path}: table a already exists (SQLITE_ERROR)` }),
  );
  const after = open([first]);
  expect(after.prepare('SELECT * FROM a').columns()).toHaveLength(1);
  after.close();
});

test('[F2] an existing file is copied before it is migrated, its WAL included; a new one is not', () => {
  const old = open([first]);
  expect(readdirSync(folder).filter((name) => name.endsWith('.bak'))).toEqual([]);
  old.prepare('INSERT INTO a (n) VALUES (42)').run();
  old.close();
  open([first, second]).close();
  const copy = new Database(`${path}.v1-77.bak`, { readonly: true });
  expect(copy.prepare('SELECT * FROM a').all()).toEqual([{ n: 42 }]);
  expect(copy.pragma('user_version', { simple: true })).toBe(1);
  copy.close();
});

test('[F3] a file of a newer version is refused and not changed', () => {
  open([first, second]).close();
  const before = readFileSync(path);
  expect(() => open([first])).toThrow(
    expect.objectContaining({
      code: 'STORE_VERSION_NEWER',
      message: `${path} has schema version 2, this Wirebook knows versions up to 1; the file was not changed`,
    }),
  );
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('[F4] what is no database, and a folder that is missing, are STORE_FAILED naming the file', () => {
  writeFileSync(path, 'this is a text file, and long enough to be read as a header of a database file, which it is not at all');
  expect(() => open([first])).toThrow(
    expect.objectContaining({ code: 'STORE_FAILED', message: `could not open ${path}: file is not a database (SQLITE_NOTADB)` }),
  );
  path = join(folder, 'missing', 'x.db');
  expect(() => open([first])).toThrow(expect.objectContaining({ code: 'STORE_FAILED', message: expect.stringContaining(path) }));
});

test('[F5] the WAL that a large write made long is cut back', () => {
  const database = open([first]);
  database.exec('CREATE TABLE large (body BLOB)');
  database.prepare('INSERT INTO large VALUES (zeroblob(50000000))').run();
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(50_000_000);
  database.pragma('wal_checkpoint(RESTART)');
  database.prepare('INSERT INTO a (n) VALUES (1)').run();
  expect(statSync(`${path}-wal`).size).toBeLessThanOrEqual(16_777_216);
  database.close();
});
