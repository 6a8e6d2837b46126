import { WirebookError } from '@wirebook/errors';
import type { IniSection } from './ini.ts';

/** Under what a value is kept: as resilient-circuits keeps it, so that its own entries are found. */
export interface KeystoreEntry {
  /** `_` for [resilient], else the name of the section. */
  readonly service: string;
  /** The text after `^`. */
  readonly account: string;
}

/** Where `^name` of app.config leads. */
export interface Keystore {
  /**
   * @returns null when there is no such entry.
   * @throws CONFIG_KEYSTORE_UNAVAILABLE, CONFIG_VAULT_INVALID
   */
  read(entry: KeystoreEntry): Promise<string | null>;
}

/** A reference of app.config and where it stands. */
export interface KeystoreReference extends KeystoreEntry {
  readonly section: string;
  readonly option: string;
}

/** What was read of a keystore; throws what reading threw. */
export type FindInKeystore = (entry: KeystoreEntry) => string | null;

/** Each reference of an option: `${variable}` or `^{account}`. */
export const bracedReference = /\$\{(?<variable>[A-Za-z_][A-Za-z0-9_]*)\}|\^\{(?<account>[^}]+)\}/g;

/** The account that the whole value refers to. */
export function findWholeAccount(text: string): string | null {
  return text.startsWith('^') && text.length > 1 && text.search(bracedReference) === -1 ? text.slice(1) : null;
}

export function toKeystoreEntry(section: string, account: string): KeystoreEntry {
  return { service: section === 'resilient' ? '_' : section, account };
}

/** All references to the keystore, in the order of the file; the same entry comes once for each option. */
export function findKeystoreReferences(sections: readonly IniSection[]): readonly KeystoreReference[] {
  return sections.flatMap(({ name, options }) =>
    options.flatMap((option) =>
      findAccounts(option.value).map((account) => ({ section: name, option: option.name, ...toKeystoreEntry(name, account) })),
    ),
  );
}

function findAccounts(text: string): string[] {
  const whole = findWholeAccount(text);
  if (whole !== null) return [whole];
  return [...new Set([...text.matchAll(bracedReference)].flatMap(({ groups }) => groups?.account ?? []))];
}

/** Reads every entry that the file refers to, each once, one after the other: a keystore may ask its owner to unlock it. */
export async function readKeystore(sections: readonly IniSection[], keystore: Keystore | undefined): Promise<FindInKeystore> {
  const known = new Map<string, { readonly value: string | null } | { readonly thrown: unknown }>();
  for (const entry of findKeystoreReferences(sections)) {
    const key = keyOf(entry);
    if (!known.has(key)) known.set(key, await readEntry(entry, keystore));
  }
  return (entry) => {
    const found = known.get(keyOf(entry));
    if (found === undefined) return null;
    if ('thrown' in found) throw found.thrown;
    return found.value;
  };
}

async function readEntry(entry: KeystoreEntry, keystore: Keystore | undefined): Promise<{ value: string | null } | { thrown: unknown }> {
  try {
    if (keystore === undefined) throw new WirebookError('CONFIG_KEYSTORE_UNAVAILABLE', 'no keystore is read here');
    return { value: await keystore.read(entry) };
  } catch (thrown) {
    return { thrown };
  }
}

function keyOf({ service, account }: KeystoreEntry): string {
  return JSON.stringify([service, account]);
}
