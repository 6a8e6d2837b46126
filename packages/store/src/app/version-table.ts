import type { Database as SqliteDatabase } from 'better-sqlite3';

/** Without its document. */
export interface VersionRow {
  readonly flowId: string;
  /** From 1, by one. */
  readonly number: number;
  /** The same for documents that behave the same. */
  readonly hash: string;
  readonly note: string;
  readonly createdAtMs: number;
  readonly createdBy: string;
}

export interface StoredVersion extends VersionRow {
  readonly document: string;
}

export interface VersionTable {
  /** Gives it the next number of its flow. */
  add(version: Omit<StoredVersion, 'number' | 'createdAtMs'>): StoredVersion;
  /** Newest first. */
  list(flowId: string): readonly VersionRow[];
  find(flowId: string, number: number): StoredVersion | undefined;
  findLatest(flowId: string): VersionRow | undefined;
  findHash(flowId: string, number: number): string | undefined;
  /** The newest one that behaves so. */
  findNumberByHash(flowId: string, hash: string): number | undefined;
}

const columns = 'flow_id AS flowId, number, hash, note, created_at_ms AS createdAtMs, created_by AS createdBy';

export function prepareVersionTable(database: SqliteDatabase, now: () => number): VersionTable {
  const insert = database.prepare<Omit<StoredVersion, 'number'>, StoredVersion>(`
    INSERT INTO versions (flow_id, number, hash, document, note, created_at_ms, created_by)
    SELECT @flowId, coalesce(max(number), 0) + 1, @hash, @document, @note, @createdAtMs, @createdBy FROM versions WHERE flow_id = @flowId
    RETURNING ${columns}, document`);
  const list = database.prepare<[string], VersionRow>(`SELECT ${columns} FROM versions WHERE flow_id = ? ORDER BY number DESC`);
  const find = database.prepare<[string, number], StoredVersion>(
    `SELECT ${columns}, document FROM versions WHERE flow_id = ? AND number = ?`,
  );
  const findLatest = database.prepare<[string], VersionRow>(
    `SELECT ${columns} FROM versions WHERE flow_id = ? ORDER BY number DESC LIMIT 1`,
  );
  const findHash = database.prepare<[string, number], string>('SELECT hash FROM versions WHERE flow_id = ? AND number = ?').pluck();
  const findByHash = database
    .prepare<[string, string], number | null>('SELECT max(number) FROM versions WHERE flow_id = ? AND hash = ?')
    .pluck();
  return {
    add: (version) => {
      const added = insert.get({ ...version, createdAtMs: now() });
      if (added === undefined) throw new Error(`SQLite gave no row for the new version of flow ${version.flowId}`);
      return added;
    },
    list: (flowId) => list.all(flowId),
    find: (flowId, number) => find.get(flowId, number),
    findLatest: (flowId) => findLatest.get(flowId),
    findHash: (flowId, number) => findHash.get(flowId, number),
    findNumberByHash: (flowId, hash) => findByHash.get(flowId, hash) ?? undefined,
  };
}
