const maxTextLength = 60;
const maxKeyCount = 5;

/** A value in the few words that an error message has room for, e.g. `the text "High"`, `a list of 3`, `an object with id, name`. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `the text ${JSON.stringify(shorten(value))}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return describeObject(Object.keys(value));
  return String(value);
}

function describeObject(keys: readonly string[]): string {
  if (keys.length === 0) return 'an empty object';
  const shown = keys.slice(0, maxKeyCount).map(shorten).join(', ');
  return keys.length > maxKeyCount ? `an object with ${shown} and ${keys.length - maxKeyCount} more` : `an object with ${shown}`;
}

function shorten(text: string): string {
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
}
