import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import Database, { type Database as SqliteDatabase } from 'better-sqlite3';
import { toStoreError } from './store-error.ts';

export interface DataFolderLock {
  /** Gives the folder free; a second call does nothing. */
  close(): Promise<void>;
}

/** Ledger and traces hold what cases hold. */
const ownerOnly = 0o700;

/**
 * Keeps every other instance out of a data folder, which is made for its owner only when it is missing. The lock is one of the operating system on an
 * open file, so it ends with the process, however that ends.
 *
 * @throws ENGINE_DATA_FOLDER_LOCKED naming the folder and the process that has it.
 * @throws STORE_FAILED when the folder cannot be written.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  const pidPath = join(folder, 'lock.pid');
  let database: SqliteDatabase | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: ownerOnly });
    database = new Database(join(folder, 'lock.db'), { timeout: 0 });
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    writeFileSync(pidPath, `${process.pid}\n`);
  } catch (thrown) {
    database?.close();
    throw isBusy(thrown) ? lockedError(folder, readPid(pidPath)) : toStoreError(thrown, `lock the data folder ${folder}`);
  }
  const lock = database;
  return {
    close: async () => {
      if (!lock.open) return;
      rmSync(pidPath, { force: true });
      lock.close();
    },
  };
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Database.SqliteError && (thrown.code.startsWith('SQLITE_BUSY') || thrown.code.startsWith('SQLITE_LOCKED'));
}

function lockedError(folder: string, pid: string): WirebookError {
  return new WirebookError('ENGINE_DATA_FOLDER_LOCKED', `the data folder ${folder} is in use by another Wirebook (process ${pid})`);
}

/** The process that wrote its id last; only for the message, the lock itself decides. */
function readPid(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim() || 'unknown';
  } catch (thrown) {
    return thrown instanceof Error ? 'unknown' : String(thrown);
  }
}
