import { existsSync, renameSync, rmSync } from 'node:fs';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { openDatabase } from './open-database.ts';
import { isCorruption } from './store-error.ts';
import { prepareTraceIndexer, type TraceIndexer } from './trace-indexer.ts';
import { traceMigrations } from './trace-migrations.ts';
import { prepareTraceReader, type TraceReader } from './trace-reader.ts';
import { type PruneTraces, prepareTraceRetention, type TraceRetention } from './trace-retention.ts';
import { prepareTraceWriter, type TraceWriterOptions, type WriteTraceParts } from './trace-writer.ts';

/** An open trace file with all its statements. */
export interface TraceFile {
  readonly reader: TraceReader;
  readonly indexer: TraceIndexer;
  readonly write: WriteTraceParts;
  readonly prune: PruneTraces;
  countRuns(): number;
  close(): void;
}

export interface OpenTraceFileOptions {
  readonly path: string;
  readonly nowMs: number;
  readonly writer: TraceWriterOptions;
  readonly retention: TraceRetention;
}

/** A run has about ten kilobytes: large pages halve the cost of writing it (100 us to 60 us of processor time a run, measured). */
const pageSizeBytes = 16_384;
/** 8 MB: more makes the pause of carrying them over longer, less makes it more frequent. */
const checkpointPages = 500;

/**
 * Opens the file; one that is no database or a broken one is moved aside to `….corrupt`, in place of an earlier one, and a new file is
 * begun.
 *
 * @throws STORE_VERSION_NEWER, STORE_FAILED
 */
export function openTraceFile(options: OpenTraceFileOptions): TraceFile {
  try {
    return openExisting(options);
  } catch (thrown) {
    if (!isCorruption(thrown)) throw thrown;
    moveAside(options.path);
    return openExisting(options);
  }
}

function openExisting({ path, nowMs, writer, retention }: OpenTraceFileOptions): TraceFile {
  const database = openDatabase({ path, migrations: traceMigrations, synchronous: 'NORMAL', nowMs, pageSizeBytes, checkpointPages });
  try {
    return prepareFile(database, writer, retention);
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function prepareFile(database: SqliteDatabase, writer: TraceWriterOptions, retention: TraceRetention): TraceFile {
  const countRuns = database.prepare<[], number>('SELECT count(*) FROM runs').pluck();
  return {
    reader: prepareTraceReader(database),
    indexer: prepareTraceIndexer(database),
    write: prepareTraceWriter(database, writer),
    prune: prepareTraceRetention(database, retention),
    countRuns: () => countRuns.get() ?? 0,
    close: () => {
      database.close();
    },
  };
}

/** Traces may be lost without harm; one broken file is kept for whoever wants to look at it. */
export function moveAside(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  if (existsSync(path)) renameSync(path, `${path}.corrupt`);
}
