import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSystemSecrets } from '../auth/system-random.ts';
import { createVault } from './vault.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-vault-'));
  path = join(folder, 'kept', 'vault.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

const open = (passphrase = 'a long passphrase') =>
  createVault({ path, findPassphrase: async () => passphrase, secrets: createSystemSecrets() });
const entry = { service: 'fn_app', account: 'token' };

test('[C1] what was written is read again, by another process too, and nothing else', async () => {
  expect(await open().read(entry)).toBeNull();
  await open().write(entry, 'first');
  await open().write({ service: '_', account: 'toString' }, 'ünïcode €');
  await open().write(entry, 'second');
  expect(await open().read(entry)).toBe('second');
  expect(await open().read({ service: '_', account: 'toString' })).toBe('ünïcode €');
  for (const other of [
    { service: '_', account: 'token' },
    { service: 'constructor', account: 'name' },
  ]) {
    expect(await open().read(other)).toBeNull();
  }
});

test('[C1] a removed value is gone, and its neighbours stay', async () => {
  await open().write(entry, 'one');
  await open().write({ ...entry, account: 'other' }, 'two');
  expect(await open().remove(entry)).toBe(true);
  expect(await open().remove(entry)).toBe(false);
  expect([await open().read(entry), await open().read({ ...entry, account: 'other' })]).toEqual([null, 'two']);
});

test('[C2] the file shows no value, is for its owner only, and nothing is left beside it', async () => {
  await open().write(entry, 'first value');
  await open().write({ ...entry, account: 'twin' }, 'first value');
  expect(readFileSync(path, 'utf8')).not.toContain('first value');
  const { entries } = JSON.parse(readFileSync(path, 'utf8')) as { entries: Record<string, Record<string, { data: string }>> };
  expect(entries.fn_app?.token?.data).not.toBe(entries.fn_app?.twin?.data);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'kept'))).toEqual(['vault.json']);
});

test('[C3] another passphrase is told as such, and seals nothing', async () => {
  await open().write(entry, 'one');
  const before = readFileSync(path, 'utf8');
  const refused = { code: 'CONFIG_VAULT_INVALID', message: expect.stringContaining('does not open with this passphrase') };
  await expect(open('another passphrase').read(entry)).rejects.toMatchObject(refused);
  await expect(open('another passphrase').write(entry, 'two')).rejects.toMatchObject(refused);
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('[C3] a new vault wants a passphrase of at least 12 characters', async () => {
  await expect(open('elevenchars').write(entry, 'one')).rejects.toMatchObject({ code: 'CONFIG_VAULT_INVALID' });
  expect(readdirSync(folder)).toEqual([]);
});

test('[C4] a value that somebody changed, or moved to another name, is refused by its name', async () => {
  await open().write(entry, 'one');
  await open().write({ service: '_', account: 'token' }, 'two');
  const file = JSON.parse(readFileSync(path, 'utf8')) as { entries: Record<string, Record<string, unknown>> };
  writeFileSync(path, JSON.stringify({ ...file, entries: { ...file.entries, fn_app: file.entries._ } }));
  await expect(open().read(entry)).rejects.toMatchObject({
    code: 'CONFIG_VAULT_INVALID',
    message: expect.stringContaining('"token" of service "fn_app"'),
  });
  expect(await open().read({ service: '_', account: 'token' })).toBe('two');
});

test.each([
  ['no JSON', 'nonsense'],
  ['another version', '{"version": 2}'],
  ['a list', '[]'],
  ['a derivation that would take for ever', null],
])('[C4] a file with %s is refused, and stays as it is', async (_what, text) => {
  await open().write(entry, 'one');
  const file = JSON.parse(readFileSync(path, 'utf8')) as { derivation: object };
  const damaged = text ?? JSON.stringify({ ...file, derivation: { ...file.derivation, cost: 2 ** 30 } });
  writeFileSync(path, damaged);
  await expect(open().read(entry)).rejects.toMatchObject({ code: 'CONFIG_VAULT_INVALID' });
  await expect(open().write(entry, 'two')).rejects.toMatchObject({ code: 'CONFIG_VAULT_INVALID' });
  expect(readFileSync(path, 'utf8')).toBe(damaged);
});
