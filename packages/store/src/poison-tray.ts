import type { LedgerChange, PoisonMessage } from '@wirebook/engine';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { type PoisonRow, toPoisonMessage } from './ledger-rows.ts';
import { type SizedRow, selectPage } from './select-page.ts';

export interface PoisonLimits {
  readonly maxMessages: number;
  /** Of headers, bodies, reasons and replies; the newest message stays whatever its size. */
  readonly maxBytes: number;
}

/** What fell out of the tray because it was full. */
export interface PoisonDrop {
  readonly count: number;
  /** Since the file was made. */
  readonly totalCount: number;
}

/** The messages that could not be read, answered or run; each stands once for each code. */
export interface PoisonTray {
  /** To be called in a transaction. */
  add(change: Extract<LedgerChange, { type: 'poisoned' }>): void;
  /** Lets the oldest go until the limits hold; to be called at the end of the same transaction. Null when nothing went. */
  dropOldest(): PoisonDrop | null;
  /** Oldest first; ends early when the page has many bytes. */
  list(limit: number, afterId: number): readonly PoisonMessage[];
  remove(id: number): void;
}

const pageBytes = 64_000_000;

export function preparePoisonTray(database: SqliteDatabase, limits: PoisonLimits): PoisonTray {
  const insert = database.prepare(`
    INSERT INTO poison (broker_host, destination, message_id, headers, body, code, reason, at_ms,
      reply_destination, reply_headers, reply_body, size_bytes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (broker_host, destination, message_id, code) DO NOTHING`);
  const readSums = database.prepare<[], { messages: number; bytes: number; dropped: number }>('SELECT messages, bytes, dropped FROM tray');
  const deleteOldest = database.prepare('DELETE FROM poison WHERE id = (SELECT min(id) FROM poison)');
  const countDrop = database.prepare<[number], { dropped: number }>('UPDATE tray SET dropped = dropped + ? RETURNING dropped');
  const listSizes = database.prepare<[number, number], SizedRow>(
    'SELECT id, size_bytes AS sizeBytes FROM poison WHERE id > ? ORDER BY id LIMIT ?',
  );
  const read = database.prepare<[number], PoisonRow>('SELECT * FROM poison WHERE id = ?');
  const remove = database.prepare<[number]>('DELETE FROM poison WHERE id = ?');
  let isGrown = false;

  function isOver(): boolean {
    const sums = readSums.get();
    return sums !== undefined && sums.messages > 1 && (sums.messages > limits.maxMessages || sums.bytes > limits.maxBytes);
  }

  return {
    add: ({ key, raw, code, reason, atMs, savedReply }) => {
      isGrown = true;
      const headers = JSON.stringify(raw.headers);
      const replyHeaders = savedReply === null ? null : JSON.stringify(savedReply.headers);
      const replyBody = savedReply === null ? null : Buffer.from(savedReply.body, 'utf8');
      const sizeBytes =
        Buffer.byteLength(headers) +
        raw.body.byteLength +
        Buffer.byteLength(reason) +
        Buffer.byteLength(replyHeaders ?? '') +
        (replyBody?.byteLength ?? 0);
      insert.run(
        ...[key.brokerHost, key.destination, key.messageId, headers, raw.body, code, reason, atMs],
        ...[savedReply?.destination ?? null, replyHeaders, replyBody, sizeBytes],
      );
    },
    dropOldest: () => {
      if (!isGrown) return null;
      isGrown = false;
      let count = 0;
      for (; isOver(); count += 1) deleteOldest.run();
      return count === 0 ? null : { count, totalCount: countDrop.get(count)?.dropped ?? count };
    },
    list: (limit, afterId) => {
      const page = selectPage(listSizes.all(afterId, limit), pageBytes);
      return page.flatMap(({ id }) => {
        const row = read.get(id);
        return row === undefined ? [] : [toPoisonMessage(row)];
      });
    },
    remove: (id) => {
      remove.run(id);
    },
  };
}
