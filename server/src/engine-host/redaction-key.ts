import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const keyBytes = 32;
/** The mask of a header is hashed for every message: hashes of short texts are kept, so many at the most. */
const longestKept = 64;
const mostKept = 1000;

/**
 * The hash that stands in traces in place of secrets. Its key is made once for a data folder, readable by its owner only: equal
 * secrets get equal marks over restarts, and nobody without the file can try out guesses.
 */
export function openRedactionKey(dataDir: string): (text: string) => string {
  const file = join(dataDir, 'redaction.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' });
  const key = readFileSync(file);
  const known = new Map<string, string>();
  return (text) => {
    const hashed = known.get(text) ?? createHmac('sha256', key).update(text).digest('hex');
    if (text.length <= longestKept && known.size < mostKept) known.set(text, hashed);
    return hashed;
  };
}
