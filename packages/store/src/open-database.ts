import { existsSync } from 'node:fs';
import { WirebookError } from '@wirebook/errors';
import Database, { type Database as SqliteDatabase } from 'better-sqlite3';
import { toStoreError } from './store-error.ts';

/** One step of a file's schema; migrations are numbered from 1 by their place in the list and are never changed once released. */
export interface Migration {
  readonly sql: string;
}

export interface OpenDatabaseOptions {
  readonly path: string;
  readonly migrations: readonly Migration[];
  /** FULL: a commit is on the disk when it returns. NORMAL: the last commits may be lost with the machine, never with the process. */
  readonly synchronous: 'FULL' | 'NORMAL';
  /** For a new file; SQLite's default is 4096. */
  readonly pageSizeBytes?: number;
  /** Pages in the WAL at which they are carried over into the file; SQLite's default is 1000. */
  readonly checkpointPages?: number;
  /** Names the copy that is made before a migration. */
  readonly nowMs: number;
}

const cacheKibibytes = 2048;
/** A WAL that one large write made longer is cut back to this when it begins anew. */
const longestWalBytes = 16_777_216;
/** How long a writer waits for a reader's short lock. */
const busyTimeoutMs = 5000;

/**
 * Opens a SQLite file in WAL mode and brings its schema up to date; before an existing file is changed it is copied beside itself.
 *
 * @throws STORE_VERSION_NEWER when the file was written by a newer Wirebook; the file is not touched.
 * @throws STORE_FAILED for everything that SQLite refuses.
 */
export function openDatabase(options: OpenDatabaseOptions): SqliteDatabase {
  const { path, migrations } = options;
  let database: SqliteDatabase | undefined;
  try {
    database = new Database(path, { timeout: busyTimeoutMs });
    const version = readVersion(database);
    if (version > migrations.length) {
      throw new WirebookError(
        'STORE_VERSION_NEWER',
        `${path} has schema version ${version}, this Wirebook knows versions up to ${migrations.length}; the file was not changed`,
      );
    }
    if (options.pageSizeBytes !== undefined) database.pragma(`page_size = ${options.pageSizeBytes}`);
    database.pragma('journal_mode = WAL');
    if (options.checkpointPages !== undefined) database.pragma(`wal_autocheckpoint = ${options.checkpointPages}`);
    database.pragma(`journal_size_limit = ${longestWalBytes}`);
    database.pragma(`cache_size = -${cacheKibibytes}`);
    database.pragma(`synchronous = ${options.synchronous}`);
    database.pragma('foreign_keys = ON');
    migrate(database, { ...options, version });
    return database;
  } catch (thrown) {
    database?.close();
    throw toStoreError(thrown, `open ${path}`);
  }
}

function readVersion(database: SqliteDatabase): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function migrate(database: SqliteDatabase, options: OpenDatabaseOptions & { readonly version: number }): void {
  const { path, migrations, version } = options;
  if (version === migrations.length) return;
  if (version > 0) copyBefore(database, `${path}.v${version}-${options.nowMs}.bak`);
  const run = database.transaction(() => {
    for (const migration of migrations.slice(version)) database.exec(migration.sql);
    database.pragma(`user_version = ${migrations.length}`);
  });
  run.immediate();
}

/** A whole copy, what stands in the WAL included; a copy that is there already is as good. */
function copyBefore(database: SqliteDatabase, copyPath: string): void {
  if (existsSync(copyPath)) return;
  database.prepare('VACUUM INTO ?').run(copyPath);
}
