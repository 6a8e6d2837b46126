import { randomBytes, randomUUID } from 'node:crypto';
import type { Ids } from './ids.ts';

/** Random ids of the operating system. */
export const systemIds: Ids = {
  uuid: () => randomUUID(),
  token: () => randomBytes(16).toString('hex'),
};
