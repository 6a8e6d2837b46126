import type { Database as SqliteDatabase } from 'better-sqlite3';
import { hashToken } from './token-hash.ts';

export interface StoredSession {
  readonly id: string;
  readonly userId: string;
  readonly isByLink: boolean;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface SessionTable {
  add(session: {
    readonly id: string;
    readonly token: string;
    readonly userId: string;
    readonly isByLink: boolean;
    readonly expiresAtMs: number;
  }): void;
  /** Undefined when there is none or when it is over. */
  findByToken(token: string): StoredSession | undefined;
  /** Ids of the sessions that are not over. */
  listIds(): readonly string[];
  setEnd(id: string, expiresAtMs: number): void;
  remove(id: string): void;
  /** All of a user but one; gives the ids of those removed. */
  removeOfUser(userId: string, exceptId?: string): readonly string[];
  /** Those that are over. */
  prune(): void;
}

type Row = Omit<StoredSession, 'isByLink'> & { readonly isByLink: number };

export function prepareSessionTable(database: SqliteDatabase, now: () => number): SessionTable {
  const add = database.prepare<[string, Buffer, string, number, number, number]>(
    'INSERT INTO sessions (id, token_hash, user_id, is_by_link, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const find = database.prepare<[Buffer, number], Row>(`
    SELECT id, user_id AS userId, is_by_link AS isByLink, created_at_ms AS createdAtMs, expires_at_ms AS expiresAtMs
    FROM sessions WHERE token_hash = ? AND expires_at_ms > ?`);
  const listIds = database.prepare<[number], string>('SELECT id FROM sessions WHERE expires_at_ms > ?').pluck();
  const setEnd = database.prepare<[number, string]>('UPDATE sessions SET expires_at_ms = ? WHERE id = ?');
  const remove = database.prepare<[string]>('DELETE FROM sessions WHERE id = ?');
  const removeOfUser = database
    .prepare<[string, string], string>('DELETE FROM sessions WHERE user_id = ? AND id <> ? RETURNING id')
    .pluck();
  const prune = database.prepare<[number]>('DELETE FROM sessions WHERE expires_at_ms <= ?');
  return {
    add: ({ id, token, userId, isByLink, expiresAtMs }) => void add.run(id, hashToken(token), userId, isByLink ? 1 : 0, now(), expiresAtMs),
    findByToken: (token) => {
      const row = find.get(hashToken(token), now());
      return row === undefined ? undefined : { ...row, isByLink: row.isByLink === 1 };
    },
    listIds: () => listIds.all(now()),
    setEnd: (id, expiresAtMs) => void setEnd.run(expiresAtMs, id),
    remove: (id) => void remove.run(id),
    removeOfUser: (userId, exceptId = '') => removeOfUser.all(userId, exceptId),
    prune: () => void prune.run(now()),
  };
}
