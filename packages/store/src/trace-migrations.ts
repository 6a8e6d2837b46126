import type { Migration } from './open-database.ts';

/** A run is one row; its events come in parts, each one JSON text. `steps` and `search` are filled when the process is idle. */
const version1 = `
CREATE TABLE payloads (
  id INTEGER PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL UNIQUE,
  flow_id TEXT NOT NULL,
  flow_name TEXT NOT NULL,
  flow_version TEXT NOT NULL,
  trigger_kind TEXT NOT NULL,
  destination TEXT NOT NULL,
  message_id TEXT NOT NULL,
  correlation_id TEXT,
  trigger_name TEXT,
  incident_id INTEGER,
  started_at_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  outcome TEXT,                        -- null while the run goes on
  error_code TEXT,
  finished_at_ms INTEGER,
  size_bytes INTEGER NOT NULL,         -- of events and trigger
  trigger_headers TEXT,
  payload_id INTEGER REFERENCES payloads (id)
) STRICT;
CREATE INDEX runs_by_start ON runs (started_at_ms, run_id);
CREATE INDEX runs_by_flow ON runs (flow_id, started_at_ms, run_id);
CREATE INDEX runs_by_outcome ON runs (outcome, started_at_ms, run_id);
CREATE INDEX runs_by_payload ON runs (payload_id);

CREATE TABLE run_parts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  events TEXT NOT NULL
) STRICT;
CREATE INDEX run_parts_by_run ON run_parts (run);

CREATE TABLE steps (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  step_id INTEGER NOT NULL,
  node_id TEXT,
  started_at_ms INTEGER,
  ended_at_ms INTEGER,
  error_code TEXT,
  PRIMARY KEY (run, attempt, step_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'unicode61');
CREATE TABLE indexed_until (part_id INTEGER NOT NULL) STRICT;
INSERT INTO indexed_until (part_id) VALUES (0);
`;

export const traceMigrations: readonly Migration[] = [{ sql: version1 }];
