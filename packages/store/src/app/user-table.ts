import type { Database as SqliteDatabase } from 'better-sqlite3';

export interface StoredUser {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly passwordHash: string | null;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number | null;
}

export interface UserTable {
  /** In the order in which they were added. */
  list(): readonly StoredUser[];
  find(id: string): StoredUser | undefined;
  /** Upper and lower case of ASCII letters are the same. */
  findByName(name: string): StoredUser | undefined;
  /** @throws STORE_FAILED when the id or the name is taken. */
  add(user: { readonly id: string; readonly name: string; readonly role: string }): void;
  setRole(id: string, role: string): void;
  /** Null takes the password away. */
  setPasswordHash(id: string, hash: string | null): void;
  setLastSeen(id: string): void;
  /** With all sessions and links of the user. */
  remove(id: string): void;
}

const columns = 'id, name, role, password_hash AS passwordHash, created_at_ms AS createdAtMs, last_seen_at_ms AS lastSeenAtMs FROM users';

export function prepareUserTable(database: SqliteDatabase, now: () => number): UserTable {
  const list = database.prepare<[], StoredUser>(`SELECT ${columns} ORDER BY created_at_ms, rowid`);
  const find = database.prepare<[string], StoredUser>(`SELECT ${columns} WHERE id = ?`);
  const findByName = database.prepare<[string], StoredUser>(`SELECT ${columns} WHERE name = ?`);
  const add = database.prepare<[string, string, string, number]>('INSERT INTO users (id, name, role, created_at_ms) VALUES (?, ?, ?, ?)');
  const setRole = database.prepare<[string, string]>('UPDATE users SET role = ? WHERE id = ?');
  const setPasswordHash = database.prepare<[string | null, string]>('UPDATE users SET password_hash = ? WHERE id = ?');
  const setLastSeen = database.prepare<[number, string]>('UPDATE users SET last_seen_at_ms = ? WHERE id = ?');
  const remove = database.prepare<[string]>('DELETE FROM users WHERE id = ?');
  return {
    list: () => list.all(),
    find: (id) => find.get(id),
    findByName: (name) => findByName.get(name),
    add: ({ id, name, role }) => void add.run(id, name, role, now()),
    setRole: (id, role) => void setRole.run(role, id),
    setPasswordHash: (id, hash) => void setPasswordHash.run(hash, id),
    setLastSeen: (id) => void setLastSeen.run(now(), id),
    remove: (id) => void remove.run(id),
  };
}
