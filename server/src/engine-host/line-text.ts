import type { JsonValue } from '@wirebook/errors';

/** What a line of the debug panel shows of a value. */
export interface LineText {
  readonly text: string;
  /** Of the whole value, as JSON; of a text, without its quotes. */
  readonly sizeBytes: number;
}

const longestBytes = 4096;

/** An excerpt of at most 4 KB. Secrets are taken out before it is cut: a part of one would not be recognised. */
export function toLineText(value: JsonValue, redactJson: (json: string) => string): LineText {
  const redacted = redactJson(JSON.stringify(value));
  const whole = typeof value === 'string' ? readText(redacted) : redacted;
  const bytes = Buffer.from(whole, 'utf8');
  if (bytes.length <= longestBytes) return { text: whole, sizeBytes: bytes.length };
  // The last character may have been cut in two.
  const text = bytes.toString('utf8', 0, longestBytes).replace(/\uFFFD+$/, '');
  return { text, sizeBytes: bytes.length };
}

function readText(json: string): string {
  const parsed: unknown = JSON.parse(json);
  return typeof parsed === 'string' ? parsed : json;
}
