import type { Migration } from '../open-database.ts';

/** Documents are JSON text: what a flow is, is no matter of the store. */
const version1 = `
CREATE TABLE facts (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL,
  password_hash TEXT,
  created_at_ms INTEGER NOT NULL,
  last_seen_at_ms INTEGER
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  is_by_link INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at_ms);

CREATE TABLE sign_in_links (
  token_hash BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);

CREATE TABLE flows (
  id TEXT PRIMARY KEY,
  created_at_ms INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  revision INTEGER NOT NULL,
  document TEXT NOT NULL,
  saved_at_ms INTEGER NOT NULL,
  saved_by TEXT NOT NULL
) STRICT;

-- The documents that the draft had before, so that changes made on one of them can still be applied to it.
CREATE TABLE past_drafts (
  flow_id TEXT NOT NULL REFERENCES flows (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (flow_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE side_drafts (
  id TEXT PRIMARY KEY,
  flow_id TEXT NOT NULL REFERENCES flows (id) ON DELETE CASCADE,
  user_name TEXT NOT NULL,
  base_revision INTEGER NOT NULL,
  document TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX side_drafts_by_flow ON side_drafts (flow_id, created_at_ms);

CREATE TABLE versions (
  flow_id TEXT NOT NULL REFERENCES flows (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  document TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (flow_id, number)
) STRICT;
CREATE INDEX versions_by_hash ON versions (flow_id, hash);
CREATE TRIGGER versions_never_change BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;

CREATE TABLE deployments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  flow_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  deployed_at_ms INTEGER NOT NULL,
  deployed_by TEXT NOT NULL,
  ended_at_ms INTEGER,
  FOREIGN KEY (flow_id, version) REFERENCES versions (flow_id, number) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX deployments_present ON deployments (flow_id) WHERE ended_at_ms IS NULL;
CREATE INDEX deployments_by_flow ON deployments (flow_id, id);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  user_name TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL
) STRICT;
`;

export const appMigrations: readonly Migration[] = [{ sql: version1 }];
