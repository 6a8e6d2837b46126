import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import { createFakeClock } from '@wirebook/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findFlowVariable } from '../process-environment.ts';
import { createKeystore, openKeystores } from './keystore.ts';
import { createOsKeystore } from './os-keystore.ts';
import type { WritableKeystore } from './writable-keystore.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-keystore-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const entry = { service: '_', account: 'pw' };

/** In place of the keystore of the system, which is an edge. */
function createKept(read: WritableKeystore['read']): WritableKeystore {
  const refuse = async () => {
    throw new Error('not written to');
  };
  return { name: 'kept', read, write: refuse, remove: refuse };
}

function openWith(read: WritableKeystore['read'], variables: Record<string, string> = {}) {
  const keystores = openKeystores({ variables: { WIREBOOK_KEYSTORE: 'vault', ...variables }, homeDir: folder, workingDir: folder });
  return { ...keystores, system: createKept(read) };
}

const passphrase = { WIREBOOK_VAULT_KEY: 'a long passphrase' };

const unavailable = async () => {
  throw new WirebookError('CONFIG_KEYSTORE_UNAVAILABLE', 'no session');
};

test('[C5] the keystore of the system comes first, and the vault has what is not there', async () => {
  const keystores = openWith(async ({ account }) => (account === 'pw' ? 'of the system' : null), passphrase);
  await keystores.vault.write(entry, 'of the vault');
  await keystores.vault.write({ ...entry, account: 'more' }, 'more of the vault');
  const keystore = createKeystore(keystores);
  expect(await keystore.read(entry)).toBe('of the system');
  expect(await keystore.read({ ...entry, account: 'more' })).toBe('more of the vault');
  expect(await keystore.read({ ...entry, account: 'nowhere' })).toBeNull();
});

test('[C5] where the system has none it is asked once, and the vault takes its place', async () => {
  let count = 0;
  const keystores = openWith(() => {
    count += 1;
    return unavailable();
  }, passphrase);
  await keystores.vault.write(entry, 'of the vault');
  const keystore = createKeystore(keystores);
  expect([await keystore.read(entry), await keystore.read({ ...entry, account: 'nowhere' }), count]).toEqual(['of the vault', null, 1]);
});

test('[C5] with neither of them both reasons are told', async () => {
  const read = createKeystore(openWith(unavailable)).read(entry);
  await expect(read).rejects.toMatchObject({
    code: 'CONFIG_KEYSTORE_UNAVAILABLE',
    message: 'no session; nor is there a passphrase for the vault (WIREBOOK_VAULT_KEY)',
  });
});

test('[C6] the passphrase may stand in a file, with a line break behind it', async () => {
  await openWith(unavailable, passphrase).vault.write(entry, 'kept');
  writeFileSync(join(folder, 'key'), 'a long passphrase\n');
  expect(await createKeystore(openWith(unavailable, { WIREBOOK_VAULT_KEY_FILE: 'key' })).read(entry)).toBe('kept');
  await expect(createKeystore(openWith(unavailable, { WIREBOOK_VAULT_KEY_FILE: 'nowhere' })).read(entry)).rejects.toMatchObject({
    code: 'CONFIG_KEYSTORE_UNAVAILABLE',
    message: expect.stringContaining('WIREBOOK_VAULT_KEY_FILE'),
  });
});

test('[C6] the vault may lie elsewhere', async () => {
  const variables = { ...passphrase, WIREBOOK_VAULT_FILE: 'sub/secrets.json' };
  await openWith(unavailable, variables).vault.write(entry, 'kept');
  expect(await createKeystore(openWith(unavailable, variables)).read(entry)).toBe('kept');
  expect(await createKeystore(openWith(unavailable, passphrase)).read(entry)).toBeNull();
});

test('[C7] a binding that cannot be loaded counts as no keystore', async () => {
  const keystore = createOsKeystore({ clock: createFakeClock(), load: () => Promise.reject(new Error('no binding for this system')) });
  for (const call of [keystore.read(entry), keystore.write(entry, 'x'), keystore.remove(entry)]) {
    await expect(call).rejects.toMatchObject({
      code: 'CONFIG_KEYSTORE_UNAVAILABLE',
      message: 'the keystore of the system cannot be used: no binding for this system',
    });
  }
});

test('[C7] a keystore that does not answer, as it waits to be unlocked, is given up after 30 seconds', async () => {
  const clock = createFakeClock();
  class Silent {
    getPassword = () => new Promise<never>(() => undefined);
  }
  const load = async () => ({ AsyncEntry: Silent }) as unknown as typeof import('@napi-rs/keyring');
  const read = createOsKeystore({ clock, load }).read(entry);
  const refused = expect(read).rejects.toMatchObject({
    message: expect.stringContaining('no answer within 30 s; it may wait to be unlocked'),
  });
  await clock.advance(30_000);
  await refused;
});

test('[C8] a flow reads neither the passphrase of the vault nor a secret as a variable', () => {
  const variables = { WIREBOOK_VAULT_KEY: 'p', WIREBOOK_VAULT_KEY_FILE: '/f', WIREBOOK_SECRET_JIRA: 's', PLAIN: 'v' };
  const find = (name: string) => findFlowVariable({ variables, homeDir: folder, workingDir: folder }, name);
  expect([...Object.keys(variables), 'wirebook_secret_jira', 'toString'].map(find)).toEqual([
    undefined,
    undefined,
    undefined,
    'v',
    undefined,
    undefined,
  ]);
});
