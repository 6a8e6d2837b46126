import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';

/** AES-256-GCM: nonce of 12 bytes, new for each value, and tag of 16, each in base64. */
export interface SealedText {
  readonly nonce: string;
  readonly tag: string;
  readonly data: string;
}

export interface KeyDerivation {
  readonly name: 'scrypt';
  /** 16 bytes in base64. */
  readonly salt: string;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

const keyBytes = 32;
export const nonceBytes = 12;
const cipher = 'aes-256-gcm';
/** scrypt needs 128 bytes x cost x block size; twice that, so that the limit is never what fails. */
const memoryFactor = 256;
/** More than this was never written by us, and would stop the process for long. */
const largestCost = 2 ** 20;

/** @param salt 16 bytes that nobody can foresee. */
export function createDerivation(salt: Uint8Array): KeyDerivation {
  return { name: 'scrypt', salt: Buffer.from(salt).toString('base64'), cost: 2 ** 15, blockSize: 8, parallelization: 1 };
}

/** @throws RangeError when the numbers are none that scrypt takes. */
export function deriveKey(passphrase: string, { salt, cost, blockSize, parallelization }: KeyDerivation): Promise<Buffer> {
  if (cost > largestCost) throw new RangeError(`cost ${cost} is over ${largestCost}`);
  const limits = { N: cost, r: blockSize, p: parallelization, maxmem: memoryFactor * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, Buffer.from(salt, 'base64'), keyBytes, limits, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

export interface SealOptions {
  readonly key: Buffer;
  /** It is not kept, and opening fails with another one: a value cannot be moved to another name. */
  readonly label: string;
}

/** @param nonce 12 bytes, never the same twice under one key. */
export function sealText(text: string, { key, label }: SealOptions, nonce: Uint8Array): SealedText {
  const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(label, 'utf8'));
  const data = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  return { nonce: Buffer.from(nonce).toString('base64'), tag: sealing.getAuthTag().toString('base64'), data: data.toString('base64') };
}

/** @throws Error when key or label are others, or the value was changed. */
export function openText({ nonce, tag, data }: SealedText, { key, label }: SealOptions): string {
  const opening = createDecipheriv(cipher, key, Buffer.from(nonce, 'base64'), { authTagLength: 16 })
    .setAAD(Buffer.from(label, 'utf8'))
    .setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([opening.update(Buffer.from(data, 'base64')), opening.final()]).toString('utf8');
}
