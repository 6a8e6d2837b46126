import { scrypt, timingSafeEqual } from 'node:crypto';
import { WirebookError } from '@wirebook/errors';

/** Cost of one guess; memory is 128 * cost * blockSize bytes: 32 MB. */
const parameters = { cost: 2 ** 15, blockSize: 8, parallelization: 1 } as const;
const keyBytes = 32;
const maxMemoryBytes = 64 * 1024 * 1024;
/** Compared with when there is no password, so that an unknown name takes as long as a wrong password. */
const nobody = encode(new Uint8Array(16), new Uint8Array(keyBytes));

/** For example `scrypt$32768$8$1$<salt>$<key>`: the cost stands in it, so that it can be raised later. */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  return encode(salt, await derive(password, salt));
}

/** Takes the same time whether there is a hash or not. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const { salt, key } = decode(hash ?? nobody);
  const derived = await derive(password, salt);
  return timingSafeEqual(derived, key) && hash !== null;
}

/** One text for each password, however its characters were typed. */
function derive(password: string, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, { ...parameters, maxmem: maxMemoryBytes }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function encode(salt: Uint8Array, key: Uint8Array): string {
  const { cost, blockSize, parallelization } = parameters;
  return ['scrypt', cost, blockSize, parallelization, toText(salt), toText(key)].join('$');
}

function decode(hash: string): { salt: Uint8Array; key: Uint8Array } {
  const [name, cost, blockSize, parallelization, salt = '', key = ''] = hash.split('$');
  const isKnown =
    name === 'scrypt' &&
    Number(cost) === parameters.cost &&
    Number(blockSize) === parameters.blockSize &&
    Number(parallelization) === parameters.parallelization;
  const bytes = Buffer.from(key, 'base64url');
  if (!isKnown || bytes.length !== keyBytes) {
    throw new WirebookError('STORE_FAILED', 'the hash of a password in app.db is of a kind that this Wirebook does not know');
  }
  return { salt: Buffer.from(salt, 'base64url'), key: bytes };
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
