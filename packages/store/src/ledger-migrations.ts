import type { Migration } from './open-database.ts';

/**
 * The row of an entry stays small, because it is rewritten at each change of state: what is large and written once (reply, raw
 * message, step outputs) has tables of its own, and broker and destination are named by a number.
 */
const version1 = `
CREATE TABLE queues (
  id INTEGER PRIMARY KEY,
  broker_host TEXT NOT NULL,
  destination TEXT NOT NULL,
  UNIQUE (broker_host, destination)
) STRICT;

CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  queue_id INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  flow_id TEXT,
  reply INTEGER NOT NULL DEFAULT 0,    -- 0 none, 1 saved, 2 in doubt, 3 confirmed, 4 not needed
  run INTEGER NOT NULL DEFAULT 0,      -- 0 none, 1 running, 2 done
  starts INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  deliveries INTEGER NOT NULL DEFAULT 1,
  taken_over INTEGER NOT NULL DEFAULT 0,
  poisoned INTEGER NOT NULL DEFAULT 0,
  received_at_ms INTEGER NOT NULL,
  settled_at_ms INTEGER,
  is_open INTEGER GENERATED ALWAYS AS (
    settled_at_ms IS NULL OR (poisoned = 0 AND (run <> 2 OR reply IN (1, 2)))
  ) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX entries_by_key ON entries (queue_id, message_id);
CREATE INDEX entries_open ON entries (taken_over, id) WHERE is_open = 1;
CREATE INDEX entries_settled ON entries (settled_at_ms) WHERE settled_at_ms IS NOT NULL;

CREATE TABLE replies (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
  destination TEXT NOT NULL,
  headers TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE raw_messages (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
  headers TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE steps (
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  step_key TEXT NOT NULL,
  emissions TEXT,
  UNIQUE (entry_id, step_key)
) STRICT;

CREATE TABLE statuses (
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  status_key TEXT NOT NULL,
  PRIMARY KEY (entry_id, status_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE poison (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  broker_host TEXT NOT NULL,
  destination TEXT NOT NULL,
  message_id TEXT NOT NULL,
  headers TEXT NOT NULL,
  body BLOB NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  reply_destination TEXT,
  reply_headers TEXT,
  reply_body BLOB
) STRICT;
`;

/** When a step was intended and what its check needs; null in rows of version 1. */
const version2 = `
ALTER TABLE steps ADD COLUMN intended_at_ms INTEGER;
ALTER TABLE steps ADD COLUMN intent TEXT;
`;

/** Which process an entry was last in hand of, and how those processes ended. */
const version3 = `
CREATE TABLE boots (
  id INTEGER PRIMARY KEY,
  started_at_ms INTEGER NOT NULL,
  is_explained INTEGER NOT NULL DEFAULT 0,  -- 1: it stopped, or its crash is on record
  alone_entry_id INTEGER
) STRICT;
ALTER TABLE entries ADD COLUMN boot_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN unclean_ends INTEGER NOT NULL DEFAULT 0;
`;

/** Entries whose message the broker no longer delivers; a run that is not done keeps its entry open, poisoned or not. */
const version4 = `
DROP INDEX entries_open;
ALTER TABLE entries DROP COLUMN is_open;
ALTER TABLE entries ADD COLUMN presumed_settled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN is_open INTEGER GENERATED ALWAYS AS (
  presumed_settled = 0 AND (settled_at_ms IS NULL OR run <> 2 OR (poisoned = 0 AND reply IN (1, 2)))
) VIRTUAL;
CREATE INDEX entries_open ON entries (taken_over, id) WHERE is_open = 1;
`;

/** The tray knows its size, and a message stands in it once for each code. */
const version5 = `
DELETE FROM poison WHERE id NOT IN (SELECT min(id) FROM poison GROUP BY broker_host, destination, message_id, code);
CREATE UNIQUE INDEX poison_by_message ON poison (broker_host, destination, message_id, code);
ALTER TABLE poison ADD COLUMN size_bytes INTEGER NOT NULL DEFAULT 0;
UPDATE poison SET size_bytes = length(CAST(headers AS BLOB)) + length(body) + length(CAST(reason AS BLOB))
  + ifnull(length(CAST(reply_headers AS BLOB)), 0) + ifnull(length(reply_body), 0);
CREATE TABLE tray (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  messages INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  dropped INTEGER NOT NULL DEFAULT 0    -- since the file was made
) STRICT;
INSERT INTO tray (id, messages, bytes) SELECT 1, count(*), ifnull(sum(size_bytes), 0) FROM poison;
CREATE TRIGGER poison_added AFTER INSERT ON poison BEGIN
  UPDATE tray SET messages = messages + 1, bytes = bytes + new.size_bytes;
END;
CREATE TRIGGER poison_removed AFTER DELETE ON poison BEGIN
  UPDATE tray SET messages = messages - 1, bytes = bytes - old.size_bytes;
END;
`;

/** Messages that wait in the ledger, by flow and with the time at which they are due; keys that were seen. */
const version6 = `
ALTER TABLE entries ADD COLUMN due_at_ms INTEGER;
CREATE INDEX entries_taken_over ON entries (flow_id, id) WHERE taken_over > 0 AND is_open = 1;
CREATE TABLE claims (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  claimant TEXT NOT NULL,
  until_ms INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_end ON claims (until_ms);
`;

export const ledgerMigrations: readonly Migration[] = [
  { sql: version1 },
  { sql: version2 },
  { sql: version3 },
  { sql: version4 },
  { sql: version5 },
  { sql: version6 },
];
