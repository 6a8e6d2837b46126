import type { Database as SqliteDatabase } from 'better-sqlite3';

/** Who did what. */
export interface AuditLine {
  readonly atMs: number;
  readonly userName: string;
  readonly action: string;
  readonly subject: string;
}

export interface AuditTable {
  /** Beyond {@link keptAuditLines} the oldest go. */
  add(line: Omit<AuditLine, 'atMs'>): void;
  /** Newest first. */
  list(limit: number): readonly AuditLine[];
}

export const keptAuditLines = 10_000;

export function prepareAuditTable(database: SqliteDatabase, now: () => number): AuditTable {
  const insert = database.prepare<[number, string, string, string]>(
    'INSERT INTO audit (at_ms, user_name, action, subject) VALUES (?, ?, ?, ?)',
  );
  const forget = database.prepare<[number | bigint]>('DELETE FROM audit WHERE id <= ?');
  const list = database.prepare<[number], AuditLine>(
    'SELECT at_ms AS atMs, user_name AS userName, action, subject FROM audit ORDER BY id DESC LIMIT ?',
  );
  const add = database.transaction((line: Omit<AuditLine, 'atMs'>) => {
    const { lastInsertRowid } = insert.run(now(), line.userName, line.action, line.subject);
    forget.run(Number(lastInsertRowid) - keptAuditLines);
  });
  return { add: (line) => add.immediate(line), list: (limit) => list.all(limit) };
}
