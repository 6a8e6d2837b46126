import type { CommandIo } from './command-io.ts';

/** Asks once for each e-mail: a reload must not stand still until somebody types. */
export function rememberPassword(ask: CommandIo['askPassword']): CommandIo['askPassword'] {
  if (ask === undefined) return undefined;
  const typed = new Map<string, string>();
  return async (email) => {
    const known = typed.get(email);
    if (known !== undefined) return known;
    const value = await ask(email);
    if (value !== null && value !== '') typed.set(email, value);
    return value;
  };
}
