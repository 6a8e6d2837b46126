import { createHash } from 'node:crypto';
import type { KeyClaim } from '@wirebook/engine';
import type { Database as SqliteDatabase } from 'better-sqlite3';

/** Who claimed which key, and until when. */
export interface KeyClaims {
  /** The claimant that has the key now. */
  claim(claim: KeyClaim): string;
  findHolder(key: Pick<KeyClaim, 'scope' | 'key' | 'atMs'>): string | null;
  findEnd(key: Pick<KeyClaim, 'scope' | 'key' | 'atMs'>): number | null;
  /** Whoever has it. */
  take(claim: KeyClaim): void;
  /** Forgets claims that are over, at most `limit`. */
  prune(nowMs: number, limit: number): void;
}

/** Longer keys are known by their hash. */
const longestKey = 200;

function shorten(key: string): string {
  return key.length > longestKey ? `sha256:${createHash('sha256').update(key).digest('hex')}` : key;
}

export function prepareKeyClaims(database: SqliteDatabase): KeyClaims {
  const find = database
    .prepare<[string, string, number], string>('SELECT claimant FROM claims WHERE scope = ? AND key = ? AND until_ms > ?')
    .pluck();
  const put = database.prepare<[string, string, string, number]>(`
    INSERT INTO claims (scope, key, claimant, until_ms) VALUES (?, ?, ?, ?)
    ON CONFLICT (scope, key) DO UPDATE SET claimant = excluded.claimant, until_ms = excluded.until_ms`);
  const prune = database.prepare<[number, number]>(
    'DELETE FROM claims WHERE (scope, key) IN (SELECT scope, key FROM claims WHERE until_ms <= ? ORDER BY until_ms LIMIT ?)',
  );

  const findEnd = database
    .prepare<[string, string, number], number>('SELECT until_ms FROM claims WHERE scope = ? AND key = ? AND until_ms > ?')
    .pluck();

  const claim = database.transaction(({ scope, key, claimant, atMs, untilMs }: KeyClaim) => {
    const short = shorten(key);
    const holder = find.get(scope, short, atMs);
    if (holder !== undefined) return holder;
    put.run(scope, short, claimant, untilMs);
    return claimant;
  });

  return {
    claim: (wanted) => claim.immediate(wanted),
    findHolder: ({ scope, key, atMs }) => find.get(scope, shorten(key), atMs) ?? null,
    findEnd: ({ scope, key, atMs }) => findEnd.get(scope, shorten(key), atMs) ?? null,
    take: ({ scope, key, claimant, untilMs }) => {
      put.run(scope, shorten(key), claimant, untilMs);
    },
    prune: (nowMs, limit) => {
      prune.run(nowMs, limit);
    },
  };
}
