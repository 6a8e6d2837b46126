const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** The types of a schema in words: `text or null`. */
export function describeTypes(types: readonly unknown[]): string {
  return types.map((type) => typeWords[String(type)] ?? String(type)).join(' or ');
}

/** A value for a message, as JSON cut to a readable length. */
export function showValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The path of a field: `cases[2].when`. */
export function toFieldPath(keys: readonly string[]): string {
  return keys.map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
