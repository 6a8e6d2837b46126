import type { FoundPoison, MessageKey, PoisonSource } from '@wirebook/engine';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { ledgerMigrations } from './ledger-migrations.ts';
import { getReplyState, getRunState, type PoisonRow, parseHeaders, toPoisonMessage } from './ledger-rows.ts';
import { openForReading } from './open-for-reading.ts';
import { toStoreError } from './store-error.ts';

/** A message of the tray without its bytes. */
export interface PoisonSummaryRow extends Omit<FoundPoison, 'message'> {
  readonly id: number;
  readonly destination: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly code: string;
  readonly reason: string;
  readonly atMs: number;
  /** Of the body. */
  readonly sizeBytes: number;
}

/** Reads the poison tray of a ledger that an engine, in this process or another, may have open. */
export interface PoisonReader extends PoisonSource {
  /** Newest first, those before an id. */
  list(options: { readonly limit: number; readonly beforeId?: number | undefined }): readonly PoisonSummaryRow[];
  /** What the ledger knows of a message, in the tray or not. */
  findEntry(key: MessageKey): FoundPoison['entry'];
  counts(): { readonly messages: number; readonly dropped: number };
  close(): void;
}

interface EntryColumns {
  readonly entry_id: number | null;
  readonly run_id: string | null;
  readonly flow_id: string | null;
  readonly entry_reply: number | null;
  readonly entry_run: number | null;
  readonly is_settled: number | null;
}

type SummaryColumns = EntryColumns & Omit<PoisonRow, 'body' | 'reply_body'> & { readonly body_bytes: number };

const withEntry = `LEFT JOIN queues q ON q.broker_host = p.broker_host AND q.destination = p.destination
  LEFT JOIN entries e ON e.queue_id = q.id AND e.message_id = p.message_id`;
const entryColumns = `e.id AS entry_id, e.run_id, e.flow_id, e.reply AS entry_reply, e.run AS entry_run,
  e.settled_at_ms IS NOT NULL AS is_settled`;

/**
 * Opens the ledger for reading only.
 *
 * @returns undefined when there is none yet, or none of the present schema: the engine brings it up to date when it starts.
 * @throws STORE_VERSION_NEWER, STORE_FAILED
 */
export function openPoisonReader({ path }: { readonly path: string }): PoisonReader | undefined {
  return openForReading({ path, migrations: ledgerMigrations, prepare: (database) => prepare(database, path) });
}

function prepare(database: SqliteDatabase, path: string): PoisonReader {
  const list = database.prepare<[number, number], SummaryColumns>(`
    SELECT p.id, p.broker_host, p.destination, p.message_id, p.headers, length(p.body) AS body_bytes, p.code, p.reason, p.at_ms,
      p.reply_destination, p.reply_headers, ${entryColumns}
    FROM poison p ${withEntry} WHERE p.id < ? ORDER BY p.id DESC LIMIT ?`);
  const find = database.prepare<[number], PoisonRow & EntryColumns>(
    `SELECT p.*, ${entryColumns} FROM poison p ${withEntry} WHERE p.id = ?`,
  );
  const findEntry = database.prepare<[string, string, string], EntryColumns>(
    `SELECT ${entryColumns} FROM entries e JOIN queues q ON q.id = e.queue_id
     WHERE q.broker_host = ? AND q.destination = ? AND e.message_id = ?`,
  );
  const count = database.prepare<[], { messages: number; dropped: number }>('SELECT messages, dropped FROM tray');

  function attempt<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (thrown) {
      throw toStoreError(thrown, `read the poison tray in ${path}`);
    }
  }

  return {
    list: ({ limit, beforeId = Number.MAX_SAFE_INTEGER }) =>
      attempt(() =>
        list.all(beforeId, limit).map((row) => ({
          id: row.id,
          destination: row.destination,
          messageId: row.message_id,
          headers: parseHeaders(row.headers),
          code: row.code,
          reason: row.reason,
          atMs: row.at_ms,
          sizeBytes: row.body_bytes,
          entry: toEntry(row),
        })),
      ),
    find: (id) =>
      attempt(() => {
        const row = find.get(id);
        return row === undefined ? null : { message: toPoisonMessage(row), entry: toEntry(row) };
      }),
    findEntry: ({ brokerHost, destination, messageId }) =>
      attempt(() => {
        const row = findEntry.get(brokerHost, destination, messageId);
        return row === undefined ? null : toEntry(row);
      }),
    counts: () => attempt(() => count.get() ?? { messages: 0, dropped: 0 }),
    close: () => {
      database.close();
    },
  };
}

function toEntry(row: EntryColumns): FoundPoison['entry'] {
  if (row.entry_id === null) return null;
  return {
    id: row.entry_id,
    runId: row.run_id ?? '',
    flowId: row.flow_id,
    reply: getReplyState(row.entry_reply ?? 0),
    run: getRunState(row.entry_run ?? 0),
    isSettled: row.is_settled === 1,
  };
}
