import { WirebookError } from '@wirebook/errors';
import { type KeystoreEntry, type KeystoreReference, listKeystoreReferences, toKeystoreEntry } from '@wirebook/package-kit';
import { createKeystore, type Keystores, openKeystores } from '../keystore/keystore.ts';
import type { WritableKeystore } from '../keystore/writable-keystore.ts';
import { toConfigSource } from '../read-config-at.ts';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';

export type KeyringCommand =
  | { readonly do: 'fill'; readonly all: boolean }
  | { readonly do: 'list' }
  | { readonly do: 'set' | 'remove'; readonly section: string; readonly account: string };

export interface KeyringCommandOptions {
  readonly config: string | undefined;
  /** Into the vault, also where the system has a keystore. */
  readonly vault: boolean;
  readonly json: boolean;
}

/** `wirebook keyring …`. */
export async function runKeyringCommand(command: KeyringCommand, options: KeyringCommandOptions, io: CommandIo): Promise<number> {
  const keystores = openKeystores(io.environment);
  const context = { keystores, options, io };
  switch (command.do) {
    case 'fill':
      return await fill(command.all, context);
    case 'list':
      return await list(context);
    case 'set': {
      const value = await ask(io, `Value of ^${command.account} in [${command.section}]`);
      if (value === '') return refuseNothing(io);
      await store(toKeystoreEntry(command.section, command.account), value, context);
      return exitCodes.ok;
    }
    case 'remove':
      return await remove(toKeystoreEntry(command.section, command.account), context);
    default:
      return command satisfies never;
  }
}

interface KeyringContext {
  readonly keystores: Keystores;
  readonly options: KeyringCommandOptions;
  readonly io: CommandIo;
}

async function fill(all: boolean, context: KeyringContext): Promise<number> {
  const { keystores, options, io } = context;
  const { path, references } = await listKeystoreReferences(toConfigSource(options.config, io.environment));
  const entries = joinOptions(references);
  if (entries.length === 0) {
    io.print(`${path} refers to no keystore: no value is written as ^name or ^{name}.`);
    return exitCodes.ok;
  }
  let missingCount = 0;
  for (const entry of entries) {
    const isStored = (await findStored(entry, keystores)) !== null;
    if (isStored && !all) {
      io.print(`${describe(entry)}: stored`);
      continue;
    }
    const value = await ask(io, `${describe(entry)}${isStored ? ' (Enter leaves it as it is)' : ''}`);
    if (value !== '') await store(entry, value, context);
    else if (!isStored) missingCount += 1;
  }
  if (missingCount === 0) return exitCodes.ok;
  io.complain(`${missingCount} ${missingCount === 1 ? 'value is' : 'values are'} still missing.`);
  return exitCodes.failed;
}

async function list({ keystores, options, io }: KeyringContext): Promise<number> {
  const { references } = await listKeystoreReferences(toConfigSource(options.config, io.environment));
  const keystore = createKeystore(keystores);
  const rows = [];
  for (const { section, option, service, account } of references) {
    const isStored = (await keystore.read({ service, account })) !== null;
    rows.push({ section, option, service, account, isStored });
  }
  if (options.json) io.print(JSON.stringify(rows));
  else
    for (const { section, option, account, isStored } of rows)
      io.print(`[${section}] ${option}\t^${account}\t${isStored ? 'stored' : 'missing'}`);
  return rows.every(({ isStored }) => isStored) ? exitCodes.ok : exitCodes.failed;
}

async function store(entry: KeystoreEntry, value: string, { keystores, options, io }: KeyringContext): Promise<void> {
  const target = options.vault ? keystores.vault : await writeToSystem();
  if (target === keystores.vault) await keystores.vault.write(entry, value);
  io.print(`Stored ^${entry.account} of service "${entry.service}" in ${target.name}.`);

  /** What took it: the vault, not written to yet, where the system cannot. */
  async function writeToSystem(): Promise<WritableKeystore> {
    try {
      await keystores.system.write(entry, value);
      return keystores.system;
    } catch (thrown) {
      if (keystores.hasPassphrase) return keystores.vault;
      if (!(thrown instanceof WirebookError)) throw thrown;
      const way = 'set WIREBOOK_VAULT_KEY to a passphrase of your own to keep values in an encrypted vault instead';
      throw new WirebookError(thrown.code, `${thrown.message}; ${way}`, thrown);
    }
  }
}

async function remove(entry: KeystoreEntry, { keystores, io }: KeyringContext): Promise<number> {
  const targets = keystores.hasPassphrase ? [keystores.system, keystores.vault] : [keystores.system];
  const failures: unknown[] = [];
  let isRemoved = false;
  for (const target of targets) {
    try {
      if (!(await target.remove(entry))) continue;
      isRemoved = true;
      io.print(`Removed ^${entry.account} of service "${entry.service}" from ${target.name}.`);
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  if (isRemoved) return exitCodes.ok;
  if (failures.length === targets.length) throw failures[0];
  io.complain(`There is no entry "${entry.account}" of service "${entry.service}".`);
  return exitCodes.failed;
}

/** A keystore that cannot be read counts as one without the value: storing it will say what is wrong. */
async function findStored(entry: KeystoreEntry, keystores: Keystores): Promise<string | null> {
  try {
    return await createKeystore(keystores).read(entry);
  } catch (thrown) {
    if (thrown instanceof WirebookError && thrown.code === 'CONFIG_KEYSTORE_UNAVAILABLE') return null;
    throw thrown;
  }
}

async function ask({ askSecret }: CommandIo, question: string): Promise<string> {
  return (await askSecret?.(question)) ?? '';
}

function refuseNothing(io: CommandIo): number {
  io.complain('Nothing was typed, and nothing is stored.');
  return exitCodes.failed;
}

type KeyringEntry = KeystoreEntry & { readonly section: string; readonly options: readonly string[] };

/** An entry that several options refer to is asked for once. */
function joinOptions(references: readonly KeystoreReference[]): readonly KeyringEntry[] {
  const entries = new Map<string, KeyringEntry>();
  for (const { section, option, service, account } of references) {
    const key = JSON.stringify([service, account]);
    const options = [...(entries.get(key)?.options ?? []), option];
    entries.set(key, { section, service, account, options });
  }
  return [...entries.values()];
}

function describe({ section, options, account }: KeyringEntry): string {
  return `[${section}] ${options.join(', ')} (^${account})`;
}
