const toEscape = /[\\\r\n:]/g;
const escaped = /\\([\\rnc])/g;
const escapeOf: Readonly<Record<string, string>> = { '\\': '\\\\', '\r': '\\r', '\n': '\\n', ':': '\\c' };
const characterOf: Readonly<Record<string, string>> = { '\\': '\\', r: '\r', n: '\n', c: ':' };

/** @see STOMP 1.2, "Value Encoding". */
export function escapeHeader(text: string): string {
  return text.replace(toEscape, (character) => escapeOf[character] ?? character);
}

/** Undoes `escapeHeader`. An escape that STOMP 1.2 does not define stays as it is written, as ActiveMQ keeps it. */
export function unescapeHeader(text: string): string {
  return text.includes('\\') ? text.replace(escaped, (_whole, letter: string) => characterOf[letter] ?? letter) : text;
}
