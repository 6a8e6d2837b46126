/** What may stand in an expression field instead of a literal. */
export type ValueSwitch =
  | { readonly $expr: string }
  | { readonly $template: string }
  | { readonly $secret: string }
  | { readonly $env: string };

const switchKeys = ['$expr', '$template', '$secret', '$env'] as const;

export type ValueSwitchKind = (typeof switchKeys)[number];

/** The kind of a value switch, or undefined when the value is a literal. Exactly one key, with a text, makes a switch. */
export function findValueSwitchKind(value: unknown): ValueSwitchKind | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.length !== 1) return undefined;
  const kind = switchKeys.find((key) => key === keys[0]);
  if (kind === undefined) return undefined;
  return typeof Reflect.get(value, kind) === 'string' ? kind : undefined;
}
