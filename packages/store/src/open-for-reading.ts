import { existsSync } from 'node:fs';
import { WirebookError } from '@wirebook/errors';
import Database, { type Database as SqliteDatabase } from 'better-sqlite3';
import type { Migration } from './open-database.ts';
import { toStoreError } from './store-error.ts';

export interface OpenForReadingOptions<Reader> {
  readonly path: string;
  readonly migrations: readonly Migration[];
  readonly prepare: (database: SqliteDatabase) => Reader;
}

/** How long a reader waits for a writer's short lock. */
const busyTimeoutMs = 5000;

/**
 * Opens a file beside its writer; nothing in it is changed, not even its schema.
 *
 * @returns undefined when there is no file yet, or none of the present schema: the writer brings it up to date when it starts.
 * @throws STORE_VERSION_NEWER, STORE_FAILED
 */
export function openForReading<Reader>({ path, migrations, prepare }: OpenForReadingOptions<Reader>): Reader | undefined {
  if (!existsSync(path)) return undefined;
  let database: SqliteDatabase | undefined;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    const version = Number(database.pragma('user_version', { simple: true }));
    if (version > migrations.length) {
      throw new WirebookError(
        'STORE_VERSION_NEWER',
        `${path} has schema version ${version}, this Wirebook knows versions up to ${migrations.length}`,
      );
    }
    if (version === migrations.length) return prepare(database);
    database.close();
    return undefined;
  } catch (thrown) {
    database?.close();
    // It went between the look and the opening.
    if (thrown instanceof Database.SqliteError && thrown.code === 'SQLITE_CANTOPEN') return undefined;
    throw toStoreError(thrown, `read ${path}`);
  }
}
