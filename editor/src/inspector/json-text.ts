/** What a person typed as a value of any type: a JSON value, or a reason why it is none yet. */
export type JsonTextReading = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Reads what was typed into a field for any JSON. Nothing is no value. Words need no quotes: what is no JSON is a text, unless it begins
 * like an object, a list or a quoted text.
 */
export function readJsonText(text: string): JsonTextReading {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'value', value: undefined };
  try {
    const value: unknown = JSON.parse(trimmed);
    return { kind: 'value', value };
  } catch (thrown) {
    if (!/^[{["]/.test(trimmed)) return { kind: 'value', value: text };
    return { kind: 'invalid', reason: describeSyntax(thrown) };
  }
}

/** The text that {@link readJsonText} reads as this value. */
export function showJsonText(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') {
    const read = readJsonText(value);
    return value !== '' && read.kind === 'value' && read.value === value ? value : JSON.stringify(value);
  }
  return JSON.stringify(value, undefined, 2);
}

/** What kind of value it is, in a word. */
export function describeJsonKind(value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 1 ? 'list of 1' : `list of ${value.length}`;
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'true or false';
    default:
      return 'object';
  }
}

function describeSyntax(thrown: unknown): string {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return `This is no JSON yet: ${reason.replace(/^JSON\.parse: /, '')}`;
}
