import { type RunOutcome, readTraceEvents } from '@wirebook/trace';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { openForReading } from './open-for-reading.ts';
import { isRefusalOfFile, toStoreError } from './store-error.ts';
import { traceMigrations } from './trace-migrations.ts';
import { prepareTraceReader, type RunRow, type RunSummary, type StoredRun, toRunSummary, toSearchQuery } from './trace-reader.ts';
import { toSearchText } from './trace-search-text.ts';

/** Which runs; all conditions have to hold. */
export interface FindRunsOptions {
  readonly limit: number;
  /** Only runs that come after this one in the list. */
  readonly before?: { readonly startedAtMs: number; readonly runId: string } | undefined;
  readonly flowId?: string | undefined;
  /** Runs with a step of this node. */
  readonly nodeId?: string | undefined;
  /** `running`: its end was not kept, or is not there yet. */
  readonly status?: RunOutcome | 'running' | undefined;
  readonly incidentId?: number | undefined;
  /** Every word of it, as the beginning of a word, in one part of the run. */
  readonly text?: string | undefined;
}

export interface FoundRuns {
  /** Newest first. */
  readonly runs: readonly RunSummary[];
  /** Older runs may hold the text as well: there were too many, or their parts are not indexed yet. */
  readonly isIncomplete: boolean;
}

/** Reads the traces of an engine in another process, in short reads. */
export interface ReadOnlyTraces {
  findRuns(options: FindRunsOptions): FoundRuns;
  getRun(runId: string): StoredRun | undefined;
  /** Without its events. */
  findRun(runId: string): RunSummary | undefined;
  /** The newest run of each flow that has one. */
  findLastRuns(flowIds: readonly string[]): readonly RunSummary[];
  close(): void;
}

/** Newest parts that hold the text, of those that are indexed and of those that are not. */
const mostHits = 5000;
const mostUnindexed = 1000;

/**
 * Opens the file for reading only; nothing in it is changed, not even its schema.
 *
 * @returns undefined when there is no file yet, or none of the present schema: the engine brings it up to date when it starts.
 * @throws STORE_VERSION_NEWER, STORE_FAILED
 */
export function openTraceReader({ path }: { readonly path: string }): ReadOnlyTraces | undefined {
  return openForReading({ path, migrations: traceMigrations, prepare: (database) => prepare(database, path) });
}

interface PartRow {
  readonly run: number;
  readonly events: string;
  readonly body: Buffer | null;
  readonly [column: string]: unknown;
}

function prepare(database: SqliteDatabase, path: string): ReadOnlyTraces {
  const reader = prepareTraceReader(database);
  const searchParts = database
    .prepare<[string, number], number>(
      'SELECT p.run FROM search JOIN run_parts p ON p.id = search.rowid WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT ?',
    )
    .pluck();
  const readUnindexed = database.prepare<[number], PartRow & RunRow>(`
    SELECT p.run, p.events, b.body, r.* FROM run_parts p JOIN runs r ON r.id = p.run LEFT JOIN payloads b ON b.id = r.payload_id
    WHERE p.id > (SELECT part_id FROM indexed_until) ORDER BY p.id DESC LIMIT ?`);
  const findLast = database.prepare<[string], RunRow>(
    'SELECT * FROM runs WHERE flow_id = ? ORDER BY started_at_ms DESC, run_id DESC LIMIT 1',
  );

  const findOne = database.prepare<[string], RunRow>('SELECT * FROM runs WHERE run_id = ?');

  function readFile<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (thrown) {
      if (!isRefusalOfFile(thrown)) throw thrown;
      throw toStoreError(thrown, `read ${path}`);
    }
  }

  /** Runs that hold the text, by their row ids. */
  function findText(text: string): { readonly ids: readonly number[]; readonly isIncomplete: boolean } {
    const query = toSearchQuery(text);
    if (query === undefined) return { ids: [], isIncomplete: false };
    const hits = searchParts.all(query, mostHits);
    const unindexed = readUnindexed.all(mostUnindexed);
    const words = toWords(text);
    const fresh = unindexed.filter((part) => holdsWords(part, words)).map(({ run }) => run);
    return {
      ids: [...new Set([...hits, ...fresh])],
      isIncomplete: hits.length === mostHits || unindexed.length === mostUnindexed,
    };
  }

  function findRuns(options: FindRunsOptions): FoundRuns {
    const conditions: string[] = [];
    const values: (string | number)[] = [];
    const add = (condition: string, ...given: (string | number)[]) => {
      conditions.push(condition);
      values.push(...given);
    };
    const { before, flowId, nodeId, status, incidentId, text } = options;
    const found = text === undefined || text.trim() === '' ? undefined : findText(text);
    if (found !== undefined) add('id IN (SELECT value FROM json_each(?))', JSON.stringify(found.ids));
    if (before !== undefined) add('(started_at_ms, run_id) < (?, ?)', before.startedAtMs, before.runId);
    if (flowId !== undefined) add('flow_id = ?', flowId);
    if (status === 'running') add('outcome IS NULL');
    else if (status !== undefined) add('outcome = ?', status);
    if (incidentId !== undefined) add('incident_id = ?', incidentId);
    if (nodeId !== undefined) {
      // Parts that are not indexed yet are looked through as they are; a run has few of them.
      add(
        `(EXISTS (SELECT 1 FROM steps s WHERE s.run = runs.id AND s.node_id = ?) OR EXISTS (SELECT 1 FROM run_parts p
          WHERE p.run = runs.id AND p.id > (SELECT part_id FROM indexed_until) AND instr(p.events, ?) > 0))`,
        nodeId,
        `"nodeId":${JSON.stringify(nodeId)}`,
      );
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const select = database.prepare<(string | number)[], RunRow>(
      `SELECT * FROM runs ${where} ORDER BY started_at_ms DESC, run_id DESC LIMIT ?`,
    );
    return { runs: select.all(...values, options.limit).map(toRunSummary), isIncomplete: found?.isIncomplete ?? false };
  }

  return {
    findRuns: (options) => readFile(() => findRuns(options)),
    getRun: (runId) => readFile(() => reader.getRun(runId)),
    findRun: (runId) =>
      readFile(() => {
        const row = findOne.get(runId);
        return row === undefined ? undefined : toRunSummary(row);
      }),
    findLastRuns: (flowIds) => readFile(() => flowIds.flatMap((flowId) => findLast.get(flowId) ?? []).map(toRunSummary)),
    close: () => {
      database.close();
    },
  };
}

/** As the index cuts a text: letters and digits, without case and accents. */
function toWords(text: string): readonly string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function holdsWords(row: PartRow & RunRow, words: readonly string[]): boolean {
  const { head } = toRunSummary(row);
  const there = toWords(toSearchText({ head, triggerBody: row.body, events: readTraceEvents(row.events) }));
  return words.every((word) => there.some((other) => other.startsWith(word)));
}
