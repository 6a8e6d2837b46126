/**
 * The first byte at which the bytes stop being UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
 *
 * @returns undefined when all is well.
 * @see RFC 3629, section 4
 */
export function findInvalidUtf8(bytes: Uint8Array): number | undefined {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] as number;
    if (first < 0x80) {
      at += 1;
      continue;
    }
    const shape = sequenceShape(first);
    if (shape === undefined) return at;
    const second = bytes[at + 1];
    if (second === undefined || second < shape.lowest || second > shape.highest) return at;
    for (let following = 2; following < shape.length; following += 1) {
      const byte = bytes[at + following];
      if (byte === undefined || byte < 0x80 || byte > 0xbf) return at;
    }
    at += shape.length;
  }
  return undefined;
}

/** How long the sequence is that a byte opens, and between what its second byte must lie. */
function sequenceShape(first: number): { length: number; lowest: number; highest: number } | undefined {
  if (first >= 0xc2 && first <= 0xdf) return { length: 2, lowest: 0x80, highest: 0xbf };
  if (first === 0xe0) return { length: 3, lowest: 0xa0, highest: 0xbf };
  if (first === 0xed) return { length: 3, lowest: 0x80, highest: 0x9f };
  if (first >= 0xe1 && first <= 0xef) return { length: 3, lowest: 0x80, highest: 0xbf };
  if (first === 0xf0) return { length: 4, lowest: 0x90, highest: 0xbf };
  if (first >= 0xf1 && first <= 0xf3) return { length: 4, lowest: 0x80, highest: 0xbf };
  if (first === 0xf4) return { length: 4, lowest: 0x80, highest: 0x8f };
  return undefined;
}
