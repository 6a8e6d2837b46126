const quote = 0x22;
const backslash = 0x5c;
const openers: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closers: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** How deep lists and objects of a JSON text go into each other; told without reading the text as JSON, which recurses. */
export function findJsonDepth(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let isInText = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (isInText) {
      if (byte === backslash) index += 1;
      else if (byte === quote) isInText = false;
    } else if (byte === quote) isInText = true;
    else if (openers.has(byte)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (closers.has(byte)) depth -= 1;
  }
  return deepest;
}
