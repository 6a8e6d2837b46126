import type { Database as SqliteDatabase } from 'better-sqlite3';
import { hashToken } from './token-hash.ts';

/** Links that sign a person in once. */
export interface LinkTable {
  /** The links that the user had before are void. */
  add(link: { readonly token: string; readonly userId: string; readonly expiresAtMs: number }): void;
  /** Gives the user and voids the link in one; undefined when it was used, is over, or never was. */
  take(token: string): string | undefined;
}

export function prepareLinkTable(database: SqliteDatabase, now: () => number): LinkTable {
  const prune = database.prepare<[number, string]>('DELETE FROM sign_in_links WHERE expires_at_ms <= ? OR user_id = ?');
  const insert = database.prepare<[Buffer, string, number, number]>(
    'INSERT INTO sign_in_links (token_hash, user_id, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?)',
  );
  const take = database
    .prepare<[Buffer, number], string>('DELETE FROM sign_in_links WHERE token_hash = ? AND expires_at_ms > ? RETURNING user_id')
    .pluck();
  const add = database.transaction((token: string, userId: string, expiresAtMs: number) => {
    prune.run(now(), userId);
    insert.run(hashToken(token), userId, now(), expiresAtMs);
  });
  return {
    add: ({ token, userId, expiresAtMs }) => add.immediate(token, userId, expiresAtMs),
    take: (token) => take.get(hashToken(token), now()),
  };
}
