import { WirebookError } from '@wirebook/errors';
import Database from 'better-sqlite3';

/** What SQLite refused, as STORE_FAILED that says what was tried; a coded error passes through. */
export function toStoreError(thrown: unknown, action: string): WirebookError {
  if (thrown instanceof WirebookError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const code = thrown instanceof Database.SqliteError ? ` (${thrown.code})` : '';
  return new WirebookError('STORE_FAILED', `could not ${action}: ${reason}${code}`, thrown);
}

/** True when the file itself is no database, or a broken one. */
export function isCorruption(thrown: unknown): boolean {
  const cause = thrown instanceof WirebookError ? thrown.cause : thrown;
  if (!(cause instanceof Database.SqliteError)) return false;
  return cause.code === 'SQLITE_NOTADB' || cause.code.startsWith('SQLITE_CORRUPT');
}

/** True when SQLite could not work with the file (full disk, rights, locks), false when the values given were at fault. */
export function isRefusalOfFile(thrown: unknown): boolean {
  const cause = thrown instanceof WirebookError ? thrown.cause : thrown;
  if (!(cause instanceof Database.SqliteError)) return thrown instanceof WirebookError && cause === undefined;
  return !/^SQLITE_(CONSTRAINT|TOOBIG|MISMATCH|RANGE)/.test(cause.code);
}
