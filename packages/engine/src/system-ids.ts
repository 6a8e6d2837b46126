import { randomBytes } from 'node:crypto';
import type { IdSource } from '@wirebook/node-kit';

const bytesInStock = 4096;
/** 84 bits and more. */
const bytesInId = 11;
const digitsOfTime = 9;
const randomCharacters = 14;

/**
 * Ids of 23 url-safe characters: nine for the millisecond, so that ids of one time lie together in an index, and 14 random ones. The
 * random bytes are drawn in stocks because a system call an id is dear.
 */
export function createSystemIds(): IdSource {
  let stock = Buffer.alloc(0);
  let used = 0;
  return {
    nextId: () => {
      if (used + bytesInId > stock.length) {
        stock = randomBytes(bytesInStock);
        used = 0;
      }
      const id = `${Date.now().toString(36).padStart(digitsOfTime, '0')}${stock.toString('base64url', used, used + bytesInId).slice(0, randomCharacters)}`;
      used += bytesInId;
      return id;
    },
  };
}
