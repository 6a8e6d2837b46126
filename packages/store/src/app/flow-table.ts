import type { Database as SqliteDatabase } from 'better-sqlite3';

/** A flow with its draft; the document is JSON text. */
export interface StoredFlow {
  readonly id: string;
  readonly createdAtMs: number;
  readonly createdBy: string;
  /** 0 for a new one; grows by one with each save. */
  readonly revision: number;
  readonly document: string;
  readonly savedAtMs: number;
  readonly savedBy: string;
}

export interface FlowTable {
  /** By id. */
  list(): readonly StoredFlow[];
  find(id: string): StoredFlow | undefined;
  has(id: string): boolean;
  /** @throws STORE_FAILED when the id is taken. */
  add(flow: { readonly id: string; readonly document: string; readonly by: string }): StoredFlow;
  /**
   * Puts a document in place of the draft that has the revision given, and keeps that one as a past draft. Undefined, and nothing
   * done, when the draft has another revision by now, or the flow is gone.
   */
  save(draft: {
    readonly id: string;
    readonly baseRevision: number;
    readonly document: string;
    readonly by: string;
  }): StoredFlow | undefined;
  /** The document of a revision, while it is among the present one and the {@link keptPastDrafts} before. */
  findDocument(id: string, revision: number): string | undefined;
  /** With its past drafts, side drafts, versions and the record of its deployments. */
  remove(id: string): void;
}

/** Past drafts that are kept of a flow, in number and in bytes; the newest stay. */
export const keptPastDrafts = 50;
const keptPastBytes = 8 * 1024 * 1024;

const columns =
  'id, created_at_ms AS createdAtMs, created_by AS createdBy, revision, document, saved_at_ms AS savedAtMs, saved_by AS savedBy';

export function prepareFlowTable(database: SqliteDatabase, now: () => number): FlowTable {
  const list = database.prepare<[], StoredFlow>(`SELECT ${columns} FROM flows ORDER BY id`);
  const find = database.prepare<[string], StoredFlow>(`SELECT ${columns} FROM flows WHERE id = ?`);
  const has = database.prepare<[string], number>('SELECT 1 FROM flows WHERE id = ?').pluck();
  const add = database.prepare<{ id: string; document: string; by: string; nowMs: number }, StoredFlow>(`
    INSERT INTO flows (id, created_at_ms, created_by, revision, document, saved_at_ms, saved_by)
    VALUES (@id, @nowMs, @by, 0, @document, @nowMs, @by) RETURNING ${columns}`);
  const keep = database.prepare<[string, number]>(
    'INSERT INTO past_drafts (flow_id, revision, document) SELECT id, revision, document FROM flows WHERE id = ? AND revision = ?',
  );
  const replace = database.prepare<{ id: string; document: string; by: string; nowMs: number }, StoredFlow>(`
    UPDATE flows SET revision = revision + 1, document = @document, saved_at_ms = @nowMs, saved_by = @by
    WHERE id = @id RETURNING ${columns}`);
  const forget = database.prepare<{ id: string; lastKept: number; keptBytes: number }>(`
    DELETE FROM past_drafts WHERE flow_id = @id AND (revision < @lastKept OR revision <= (
      SELECT max(revision) FROM (
        SELECT revision, sum(length(document)) OVER (ORDER BY revision DESC) AS bytes FROM past_drafts WHERE flow_id = @id
      ) WHERE bytes > @keptBytes))`);
  const findPast = database
    .prepare<[string, number], string>('SELECT document FROM past_drafts WHERE flow_id = ? AND revision = ?')
    .pluck();
  const remove = database.prepare<[string]>('DELETE FROM flows WHERE id = ?');

  const save = database.transaction((id: string, baseRevision: number, document: string, by: string) => {
    if (keep.run(id, baseRevision).changes === 0) return undefined;
    const saved = replace.get({ id, document, by, nowMs: now() });
    forget.run({ id, lastKept: baseRevision + 1 - keptPastDrafts, keptBytes: keptPastBytes });
    return saved;
  });

  return {
    list: () => list.all(),
    find: (id) => find.get(id),
    has: (id) => has.get(id) !== undefined,
    add: ({ id, document, by }) => {
      const added = add.get({ id, document, by, nowMs: now() });
      if (added === undefined) throw new Error(`SQLite gave no row for the new flow ${id}`);
      return added;
    },
    save: ({ id, baseRevision, document, by }) => save.immediate(id, baseRevision, document, by),
    findDocument: (id, revision) => {
      const present = find.get(id);
      return present?.revision === revision ? present.document : findPast.get(id, revision);
    },
    remove: (id) => void remove.run(id),
  };
}
