import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { WirebookError } from '@wirebook/errors';
import type { KeystoreEntry } from '@wirebook/package-kit';
import type { SecretSource } from '../auth/system-random.ts';
import {
  createDerivation,
  deriveKey,
  type KeyDerivation,
  nonceBytes,
  openText,
  type SealedText,
  type SealOptions,
  sealText,
} from './vault-seal.ts';
import type { WritableKeystore } from './writable-keystore.ts';

export interface VaultOptions {
  readonly secrets: SecretSource;
  /** The file; it need not be there. */
  readonly path: string;
  /** @returns the passphrase. @throws CONFIG_KEYSTORE_UNAVAILABLE when there is none. */
  readonly findPassphrase: () => Promise<string>;
}

interface VaultFile {
  readonly version: 1;
  readonly derivation: KeyDerivation;
  /** Opens with the right passphrase only, so that a wrong one is told before it seals anything. */
  readonly check: SealedText;
  /** By service and account. */
  readonly entries: Readonly<Record<string, Readonly<Record<string, SealedText>>>>;
}

interface OpenVault {
  readonly file: VaultFile;
  readonly key: Buffer;
}

const checkLabel = 'wirebook vault 1';
const checkText = 'wirebook';
const shortestPassphrase = 12;

/**
 * The encrypted file that takes the place of a keystore on machines without a session: each value sealed by itself, the key made of a
 * passphrase, names readable.
 *
 * @throws CONFIG_VAULT_INVALID when the file cannot be read, or with another passphrase; CONFIG_KEYSTORE_UNAVAILABLE without a passphrase.
 */
export function createVault({ path, findPassphrase, secrets }: VaultOptions): WritableKeystore {
  /** The key that opened the file last: deriving one is slow on purpose. */
  let lastKey: { readonly derivation: KeyDerivation; readonly passphrase: string; readonly key: Buffer } | undefined;

  async function openVault(): Promise<OpenVault | null> {
    const file = await readVaultFile(path);
    if (file === null) return null;
    const key = await findKey(file, await findPassphrase());
    return { file, key };
  }

  async function findKey({ derivation, check }: VaultFile, passphrase: string): Promise<Buffer> {
    const isKnown = lastKey?.passphrase === passphrase && isDeepStrictEqual(lastKey.derivation, derivation);
    try {
      const key = isKnown && lastKey !== undefined ? lastKey.key : await deriveKey(passphrase, derivation);
      openText(check, { key, label: checkLabel });
      lastKey = { derivation, passphrase, key };
      return key;
    } catch (thrown) {
      throw invalid(path, 'it does not open with this passphrase', thrown);
    }
  }

  async function createNew(): Promise<OpenVault> {
    const passphrase = await findPassphrase();
    if (passphrase.length < shortestPassphrase) {
      throw invalid(path, `the passphrase of a new vault needs at least ${shortestPassphrase} characters`);
    }
    const derivation = createDerivation(secrets.nextSalt());
    const key = await deriveKey(passphrase, derivation);
    return { key, file: { version: 1, derivation, check: seal(checkText, { key, label: checkLabel }), entries: {} } };
  }

  function seal(text: string, options: SealOptions): SealedText {
    return sealText(text, options, secrets.nextSalt().subarray(0, nonceBytes));
  }

  return {
    name: `the vault ${path}`,

    async read(entry) {
      const vault = await openVault();
      const sealed = vault === null ? undefined : findSealed(vault.file, entry);
      if (vault === null || sealed === undefined) return null;
      try {
        return openText(sealed, { key: vault.key, label: labelOf(entry) });
      } catch (thrown) {
        throw invalid(path, `its entry "${entry.account}" of service "${entry.service}" was changed by somebody else`, thrown);
      }
    },

    async write(entry, value) {
      const { file, key } = (await openVault()) ?? (await createNew());
      const sealed = seal(value, { key, label: labelOf(entry) });
      const entries = { ...file.entries, [entry.service]: { ...findOwn(file.entries, entry.service), [entry.account]: sealed } };
      await writeVaultFile(path, { ...file, entries }, secrets.nextToken());
    },

    async remove(entry) {
      const vault = await openVault();
      if (vault === null || findSealed(vault.file, entry) === undefined) return false;
      const { [entry.account]: _removed, ...rest } = vault.file.entries[entry.service] ?? {};
      await writeVaultFile(path, { ...vault.file, entries: { ...vault.file.entries, [entry.service]: rest } }, secrets.nextToken());
      return true;
    },
  };
}

function labelOf({ service, account }: KeystoreEntry): string {
  return JSON.stringify([checkLabel, service, account]);
}

function findSealed({ entries }: VaultFile, { service, account }: KeystoreEntry): SealedText | undefined {
  return findOwn(findOwn(entries, service) ?? {}, account);
}

function findOwn<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

async function readVaultFile(path: string): Promise<VaultFile | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw invalid(path, thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
  const read = parseJson(text);
  if (isVaultFile(read)) return read;
  throw invalid(path, 'it is no vault, or one of a newer version');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isVaultFile(value: unknown): value is VaultFile {
  if (!isRecord(value)) return false;
  const { version, derivation, check, entries } = value;
  return (
    version === 1 &&
    isRecord(derivation) &&
    derivation.name === 'scrypt' &&
    typeof derivation.salt === 'string' &&
    [derivation.cost, derivation.blockSize, derivation.parallelization].every(Number.isSafeInteger) &&
    isSealed(check) &&
    isRecord(entries) &&
    Object.values(entries).every((accounts) => isRecord(accounts) && Object.values(accounts).every(isSealed))
  );
}

function isSealed(value: unknown): value is SealedText {
  return isRecord(value) && [value.nonce, value.tag, value.data].every((part) => typeof part === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The file is whole at every instant, and readable by its owner only. */
async function writeVaultFile(path: string, file: VaultFile, mark: string): Promise<void> {
  const draft = `${path}.${mark}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true });
    throw invalid(path, `it cannot be written: ${thrown instanceof Error ? thrown.message : String(thrown)}`, thrown);
  }
}

function invalid(path: string, reason: string, cause?: unknown): WirebookError {
  return new WirebookError('CONFIG_VAULT_INVALID', `the vault ${path}: ${reason}`, cause, { path });
}
