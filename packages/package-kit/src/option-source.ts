import { WirebookError } from '@wirebook/errors';
import type { IniOption, IniSection } from './ini.ts';

/** The value of an option after its references to the environment. */
export interface ResolvedOption {
  readonly name: string;
  readonly value: string;
  /** What a message may show: the text as written, so that a value of the environment stays unseen. */
  readonly written: string;
  readonly fromEnvironment: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Replaces `$NAME` (the whole value) and each `${NAME}` by the environment. A `$` that begins no variable name is kept.
 *
 * @throws CONFIG_SECRET_UNRESOLVED, CONFIG_KEYRING_UNSUPPORTED
 */
export function resolveOption(section: string, option: IniOption, env: Environment): ResolvedOption {
  const at = `[${section}] ${option.name}`;
  const details = { section, option: option.name };
  if (option.value.startsWith('^') || /\^\{[^}]*\}/.test(option.value)) {
    throw new WirebookError(
      'CONFIG_KEYRING_UNSUPPORTED',
      `${at}: values from a keyring (^name) are not supported yet; write $NAME and set the environment variable NAME`,
      undefined,
      details,
    );
  }
  const find = (name: string): string => {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value !== undefined) return value;
    throw new WirebookError('CONFIG_SECRET_UNRESOLVED', `${at}: the environment variable ${name} is not set`, undefined, {
      ...details,
      variable: name,
    });
  };
  const value = replaceReferences(option.value, find);
  return { name: option.name, value, written: option.value, fromEnvironment: value !== option.value };
}

function replaceReferences(text: string, find: (name: string) => string): string {
  if (text.includes('${')) return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_match, name: string) => find(name));
  const name = text.slice(1);
  return text.startsWith('$') && variableName.test(name) ? find(name) : text;
}

/** The options of a section that Wirebook itself reads, resolved; empty ones count as absent. */
export function resolveSection(
  sections: readonly IniSection[],
  wanted: { name: string; served: ReadonlySet<string> },
  env: Environment,
): ReadonlyMap<string, ResolvedOption> {
  const options = sections.find(({ name }) => name === wanted.name)?.options ?? [];
  const resolved = options.filter(({ name }) => wanted.served.has(name)).map((option) => resolveOption(wanted.name, option, env));
  return new Map(resolved.filter(({ value }) => value !== '').map((option) => [option.name, option]));
}
