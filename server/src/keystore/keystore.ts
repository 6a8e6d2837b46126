import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createSystemClock } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import type { Keystore } from '@wirebook/package-kit';
import { createSystemSecrets } from '../auth/system-random.ts';
import type { ProcessEnvironment } from '../process-environment.ts';
import { createOsKeystore } from './os-keystore.ts';
import { createVault } from './vault.ts';
import type { WritableKeystore } from './writable-keystore.ts';

export interface Keystores {
  readonly system: WritableKeystore;
  readonly vault: WritableKeystore;
  /** There is a passphrase for the vault. */
  readonly hasPassphrase: boolean;
}

/**
 * Both keystores of a process; the vault's file is WIREBOOK_VAULT_FILE, else ~/.wirebook/vault.json. With
 * WIREBOOK_KEYSTORE=vault there is the vault alone.
 */
export function openKeystores({ variables, homeDir, workingDir }: ProcessEnvironment): Keystores {
  const vaultFile = variables.WIREBOOK_VAULT_FILE || join(homeDir, '.wirebook', 'vault.json');
  const passphrase = variables.WIREBOOK_VAULT_KEY || undefined;
  const passphraseFile = variables.WIREBOOK_VAULT_KEY_FILE || undefined;
  return {
    system: variables.WIREBOOK_KEYSTORE === 'vault' ? createNoKeystore() : createOsKeystore({ clock: createSystemClock() }),
    vault: createVault({ path: resolve(workingDir, vaultFile), findPassphrase, secrets: createSystemSecrets() }),
    hasPassphrase: passphrase !== undefined || passphraseFile !== undefined,
  };

  async function findPassphrase(): Promise<string> {
    const found = passphrase ?? (passphraseFile === undefined ? undefined : await readPassphrase(resolve(workingDir, passphraseFile)));
    if (found !== undefined) return found;
    throw new WirebookError(
      'CONFIG_KEYSTORE_UNAVAILABLE',
      'the vault cannot be opened: neither WIREBOOK_VAULT_KEY nor WIREBOOK_VAULT_KEY_FILE is set',
    );
  }
}

function createNoKeystore(): WritableKeystore {
  const refuse = async () => {
    throw new WirebookError('CONFIG_KEYSTORE_UNAVAILABLE', 'the keystore of the system is not asked, as WIREBOOK_KEYSTORE=vault says');
  };
  return { name: 'no keystore', read: refuse, write: refuse, remove: refuse };
}

async function readPassphrase(path: string): Promise<string> {
  try {
    // A file that a person or a container platform wrote may end with a line break, which is not meant.
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new WirebookError('CONFIG_KEYSTORE_UNAVAILABLE', `WIREBOOK_VAULT_KEY_FILE cannot be read: ${reason}`, thrown);
  }
}

/** Reads the keystore of the system, and what is not there, or all where there is no such keystore, from the vault. */
export function createKeystore({ system, vault, hasPassphrase }: Keystores): Keystore {
  /** Found once that the system has none, it is not asked again: each question may take until its time limit. */
  let unavailable: WirebookError | undefined;
  return {
    async read(entry) {
      const found = unavailable === undefined ? await readSystem() : null;
      if (found !== null) return found;
      if (hasPassphrase) return await vault.read(entry);
      if (unavailable === undefined) return null;
      const text = `${unavailable.message}; nor is there a passphrase for the vault (WIREBOOK_VAULT_KEY)`;
      throw new WirebookError('CONFIG_KEYSTORE_UNAVAILABLE', text, unavailable);

      async function readSystem(): Promise<string | null> {
        try {
          return await system.read(entry);
        } catch (thrown) {
          if (!(thrown instanceof WirebookError) || thrown.code !== 'CONFIG_KEYSTORE_UNAVAILABLE') throw thrown;
          unavailable = thrown;
          return null;
        }
      }
    },
  };
}
