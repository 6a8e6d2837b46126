import { isJsonObject, type JsonValue } from '@wirebook/errors';

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const lastCodePoint = 0x10ffff;

/** What a reader sees of rich text: without markup, references resolved, runs of blanks and line ends as one blank. */
export function toPlainText(html: string): string {
  const withoutMarkup = html.replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^<>]*>/gi, ' ').replaceAll(/<[^<>]*>/g, '');
  return joinBlanks(withoutMarkup.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, resolveReference));
}

export function joinBlanks(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Texts that are equal by this differ only in signs, blanks, case or markup. */
export function toLetters(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** The text of a field, which may come as an object with its content; undefined for what is no text. */
export function findText(value: JsonValue | undefined): string | undefined {
  const text = isJsonObject(value) ? value.content : value;
  return typeof text === 'string' ? text : undefined;
}

function resolveReference(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  const codePoint = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return codePoint <= lastCodePoint ? String.fromCodePoint(codePoint) : whole;
}
