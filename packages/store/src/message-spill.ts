import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageSpill } from '@wirebook/engine';
import { toStoreError } from './store-error.ts';

/** Messages hold what cases hold. */
const ownerOnlyFolder = 0o700;
const ownerOnlyFile = 0o600;

/**
 * Keeps each body in a file of its own below the folder, which is emptied first: what an earlier process left there is delivered again.
 *
 * @throws STORE_FAILED
 */
export function openMessageSpill(folder: string): MessageSpill {
  const toPath = (entryId: number) => join(folder, `${entryId}.body`);
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: ownerOnlyFolder });
  } catch (thrown) {
    throw toStoreError(thrown, `empty the folder ${folder}`);
  }
  return {
    write: (entryId, body) => {
      try {
        writeFileSync(toPath(entryId), body, { mode: ownerOnlyFile });
      } catch (thrown) {
        rmSync(toPath(entryId), { force: true });
        throw toStoreError(thrown, `write ${toPath(entryId)}`);
      }
    },
    read: (entryId) => {
      try {
        return readFileSync(toPath(entryId));
      } catch (thrown) {
        throw toStoreError(thrown, `read ${toPath(entryId)}`);
      }
    },
    remove: (entryId) => {
      rmSync(toPath(entryId), { force: true });
    },
  };
}
