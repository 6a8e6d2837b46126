import { randomBytes } from 'node:crypto';
import type { IdSource } from '@wirebook/node-kit';

const bytesInStock = 4096;
const bytesInId = 16;

/** Random ids of 22 url-safe characters; the random bytes are drawn in stocks because a system call an id is dear. */
export function createSystemIds(): IdSource {
  let stock = Buffer.alloc(0);
  let used = 0;
  return {
    nextId: () => {
      if (used + bytesInId > stock.length) {
        stock = randomBytes(bytesInStock);
        used = 0;
      }
      const id = stock.toString('base64url', used, used + bytesInId);
      used += bytesInId;
      return id;
    },
  };
}
