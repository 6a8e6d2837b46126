import { createHash } from 'node:crypto';

/** What is kept of a token: whoever reads the file cannot sign in with it. Tokens are random, so that no salt is needed. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
