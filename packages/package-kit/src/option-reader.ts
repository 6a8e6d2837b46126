import { WirebookError } from '@wirebook/errors';
import type { ResolvedOption } from './option-source.ts';
import { Secret } from './secret.ts';

interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
}

/** Typed access to the options of one section. Rejects with CONFIG_OPTION_INVALID or CONFIG_OPTION_MISSING. */
export interface OptionReader {
  has(name: string): boolean;
  findText(name: string): string | null;
  readText(name: string): string;
  findSecret(name: string): Secret | null;
  readInteger(name: string, range: NumberRange): number;
  /** Decimals allowed. */
  readNumber(name: string, range: NumberRange): number;
  /** The entry of `choices` whose key is the value in lower case. */
  readChoice<Choice>(name: string, choices: { readonly allowed: Readonly<Record<string, Choice>>; readonly fallback: Choice }): Choice;
  refuse(name: string, allowed: string): WirebookError;
}

export function createOptionReader(section: string, options: ReadonlyMap<string, ResolvedOption>): OptionReader {
  function refuse(name: string, allowed: string): WirebookError {
    const written = options.get(name)?.written ?? '';
    const got = looksSecret(name) ? 'a value that is not shown' : `"${written}"`;
    const text = `[${section}] ${name}: got ${got}; allowed is ${allowed}`;
    return new WirebookError('CONFIG_OPTION_INVALID', text, undefined, { section, option: name, allowed });
  }

  function readMatching(name: string, range: NumberRange, { pattern, kind }: { pattern: RegExp; kind: string }): number {
    const text = options.get(name)?.value;
    if (text === undefined) return range.fallback;
    const value = Number(text);
    if (pattern.test(text) && value >= range.min && value <= range.max) return value;
    throw refuse(name, range.max === Number.MAX_SAFE_INTEGER ? `${kind} from ${range.min}` : `${kind} from ${range.min} to ${range.max}`);
  }

  return {
    has: (name) => options.has(name),
    findText: (name) => options.get(name)?.value ?? null,
    readText(name) {
      const value = options.get(name)?.value;
      if (value !== undefined) return value;
      throw new WirebookError('CONFIG_OPTION_MISSING', `[${section}] ${name} is missing`, undefined, { section, option: name });
    },
    findSecret(name) {
      const value = options.get(name)?.value;
      return value === undefined ? null : new Secret(value);
    },
    readInteger: (name, range) => readMatching(name, range, { pattern: /^[+-]?\d+$/, kind: 'a whole number' }),
    readNumber: (name, range) => readMatching(name, range, { pattern: /^[+-]?\d+(\.\d+)?$/, kind: 'a number' }),
    readChoice(name, { allowed, fallback }) {
      const key = options.get(name)?.value.toLowerCase();
      if (key === undefined) return fallback;
      const choice = Object.entries(allowed).find(([text]) => text === key);
      if (choice !== undefined) return choice[1];
      throw refuse(name, `one of ${Object.keys(allowed).join(', ')}`);
    },
    refuse,
  };
}

/** Whether the value of an option is a secret, by its name: passwords, tokens, keys and alike. */
export function looksSecret(name: string): boolean {
  return /pass|secret|token|key|credential|jwt|auth|private|(^|_)(pin|pwd)($|_)/.test(name);
}
