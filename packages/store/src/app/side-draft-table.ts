import type { Database as SqliteDatabase } from 'better-sqlite3';

/** What a writer made who came too late. */
export interface StoredSideDraft {
  readonly id: string;
  readonly flowId: string;
  readonly userName: string;
  readonly baseRevision: number;
  readonly document: string;
  readonly createdAtMs: number;
}

export interface SideDraftTable {
  /** Beyond {@link keptSideDrafts} of a flow the oldest goes. */
  add(draft: Omit<StoredSideDraft, 'createdAtMs'>): StoredSideDraft;
  find(flowId: string, id: string): StoredSideDraft | undefined;
  /** Newest first. */
  list(flowId: string): readonly StoredSideDraft[];
  /** False when there is none. */
  remove(flowId: string, id: string): boolean;
}

export const keptSideDrafts = 100;

const columns =
  'id, flow_id AS flowId, user_name AS userName, base_revision AS baseRevision, document, created_at_ms AS createdAtMs FROM side_drafts';

export function prepareSideDraftTable(database: SqliteDatabase, now: () => number): SideDraftTable {
  const insert = database.prepare<[string, string, string, number, string, number]>(
    'INSERT INTO side_drafts (id, flow_id, user_name, base_revision, document, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const forget = database.prepare<[string, string, number]>(`
    DELETE FROM side_drafts WHERE flow_id = ? AND rowid NOT IN (
      SELECT rowid FROM side_drafts WHERE flow_id = ? ORDER BY created_at_ms DESC, rowid DESC LIMIT ?)`);
  const find = database.prepare<[string, string], StoredSideDraft>(`SELECT ${columns} WHERE flow_id = ? AND id = ?`);
  const list = database.prepare<[string], StoredSideDraft>(`SELECT ${columns} WHERE flow_id = ? ORDER BY created_at_ms DESC, rowid DESC`);
  const remove = database.prepare<[string, string]>('DELETE FROM side_drafts WHERE flow_id = ? AND id = ?');
  const add = database.transaction((draft: StoredSideDraft) => {
    insert.run(draft.id, draft.flowId, draft.userName, draft.baseRevision, draft.document, draft.createdAtMs);
    forget.run(draft.flowId, draft.flowId, keptSideDrafts);
  });
  return {
    add: (draft) => {
      const stored = { ...draft, createdAtMs: now() };
      add.immediate(stored);
      return stored;
    },
    find: (flowId, id) => find.get(flowId, id),
    list: (flowId) => list.all(flowId),
    remove: (flowId, id) => remove.run(flowId, id).changes > 0,
  };
}
