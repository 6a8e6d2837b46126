import type { Redactor } from '@wirebook/trace';

/** A source of secrets whose every value is known to the redactor before anybody has it. */
export function rememberReads(
  read: (name: string) => string | undefined,
  redactor: Pick<Redactor, 'add'>,
): (name: string) => string | undefined {
  return (name) => {
    const value = read(name);
    if (value !== undefined) redactor.add(value);
    return value;
  };
}
