import { randomBytes } from 'node:crypto';

/** Chance that nobody can foresee, for tokens and salts. */
export interface SecretSource {
  /** 256 bits as 43 url-safe characters. */
  nextToken(): string;
  /** 16 bytes. */
  nextSalt(): Uint8Array;
}

export function createSystemSecrets(): SecretSource {
  return { nextToken: () => randomBytes(32).toString('base64url'), nextSalt: () => randomBytes(16) };
}
