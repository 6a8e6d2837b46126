import { WirebookError } from '@wirebook/errors';
import type { IniOption, IniSection } from './ini.ts';
import { bracedReference, type FindInKeystore, findWholeAccount, toKeystoreEntry } from './keystore.ts';

/** The value of an option after its references to the environment and the keystore. */
export interface ResolvedOption {
  readonly name: string;
  readonly value: string;
  /** What a message may show: the text as written, so that a value from elsewhere stays unseen. */
  readonly written: string;
  /** Part of it comes from the environment or the keystore. */
  readonly isReferred: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the references of an option lead. */
export interface OptionSources {
  readonly env: Environment;
  readonly findInKeystore: FindInKeystore;
}

export const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Replaces `$NAME` (the whole value) and each `${NAME}` by the environment, `^name` and each `^{name}` by the keystore. A `$` that begins
 * no variable name is kept. What comes from there is not looked through again.
 *
 * @throws CONFIG_SECRET_UNRESOLVED, CONFIG_KEYSTORE_UNAVAILABLE, CONFIG_VAULT_INVALID
 */
export function resolveOption(section: string, option: IniOption, { env, findInKeystore }: OptionSources): ResolvedOption {
  const at = `[${section}] ${option.name}`;
  const details = { section, option: option.name };
  const findVariable = (variable: string): string => {
    const value = Object.hasOwn(env, variable) ? env[variable] : undefined;
    if (value !== undefined) return value;
    throw unresolved(`the environment variable ${variable} is not set`, { variable });
  };
  const findAccount = (account: string): string => {
    const entry = toKeystoreEntry(section, account);
    const value = readAccount(() => findInKeystore(entry));
    if (value !== null) return value;
    throw unresolved(`there is no entry "${account}" of service "${entry.service}" in the keystore; store it with: wirebook keyring`, {
      account,
    });
  };
  const value = replaceReferences(option.value, { findVariable, findAccount });
  return { name: option.name, value, written: option.value, isReferred: value !== option.value };

  function unresolved(reason: string, more: Readonly<Record<string, string>>): WirebookError {
    return new WirebookError('CONFIG_SECRET_UNRESOLVED', `${at}: ${reason}`, undefined, { ...details, ...more });
  }

  function readAccount(find: () => string | null): string | null {
    try {
      return find();
    } catch (thrown) {
      if (!(thrown instanceof WirebookError)) throw thrown;
      throw new WirebookError(thrown.code, `${at}: ${thrown.message}`, thrown, { ...thrown.details, ...details });
    }
  }
}

interface ReferenceFinders {
  readonly findVariable: (name: string) => string;
  readonly findAccount: (name: string) => string;
}

function replaceReferences(text: string, { findVariable, findAccount }: ReferenceFinders): string {
  if (text.search(bracedReference) !== -1) {
    return text.replace(bracedReference, (_match, variable: string | undefined, account: string | undefined) =>
      variable === undefined ? findAccount(account ?? '') : findVariable(variable),
    );
  }
  const account = findWholeAccount(text);
  if (account !== null) return findAccount(account);
  const name = text.slice(1);
  return text.startsWith('$') && variableName.test(name) ? findVariable(name) : text;
}

/** The options of a section that Wirebook itself reads, resolved; empty ones count as absent. */
export function resolveSection(
  sections: readonly IniSection[],
  wanted: { name: string; served: ReadonlySet<string> },
  sources: OptionSources,
): ReadonlyMap<string, ResolvedOption> {
  const options = sections.find(({ name }) => name === wanted.name)?.options ?? [];
  const resolved = options.filter(({ name }) => wanted.served.has(name)).map((option) => resolveOption(wanted.name, option, sources));
  return new Map(resolved.filter(({ value }) => value !== '').map((option) => [option.name, option]));
}
