import type { LedgerChange } from '@wirebook/engine';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import type { PoisonTray } from './poison-tray.ts';

/** What people decide about messages in the tray. */
export type PoisonDecision = Extract<
  LedgerChange,
  { type: 'poison-removed' | 'poison-reopened' | 'poison-reply-begun' | 'poison-reply-refused' }
>;

/**
 * True in SQL for an entry (by the alias or name given) of which something lies in the tray: somebody may yet decide about it, so its
 * steps and reply are needed.
 */
export function inTray(entry: string): string {
  return `(${entry}.poisoned = 1 AND EXISTS (SELECT 1 FROM poison p JOIN queues q ON q.broker_host = p.broker_host
    AND q.destination = p.destination WHERE q.id = ${entry}.queue_id AND p.message_id = ${entry}.message_id))`;
}

/** Gives the number of rows that a decision changed: 1, or 0 when it does not fit the entry. */
export function preparePoisonChanges(database: SqliteDatabase, tray: PoisonTray): (change: PoisonDecision) => number {
  // A suspect stays one: it runs alone, and two ends more bring it back. A reply that certainly never arrived is owed from here on, and
  // counts as open until it does; one that was confirmed stays, one that may have arrived is not made again.
  const reopen = database.prepare<[number, number]>(`
    UPDATE entries SET run = CASE starts WHEN 0 THEN 0 ELSE 1 END, 
      reply = CASE WHEN reply IN (0, 1) THEN 0 WHEN reply = 3 THEN 3 ELSE 4 END,
      taken_over = CASE WHEN reply IN (0, 1) THEN 2 ELSE 1 END,
      poisoned = CASE WHEN reply IN (0, 1) THEN 0 ELSE poisoned END,
      due_at_ms = NULL, flow_id = ifnull(flow_id, ''), crashes = min(crashes, 1), unclean_ends = 0, presumed_settled = 0, settled_at_ms = ?
    WHERE id = ? AND run = 2 AND settled_at_ms IS NOT NULL`);
  const dropUnsentReply = database.prepare<[number]>(
    'DELETE FROM replies WHERE entry_id = ? AND (SELECT reply FROM entries WHERE id = entry_id) <> 3',
  );
  const putRaw = database.prepare<[number, string, Uint8Array]>(
    'INSERT INTO raw_messages (entry_id, headers, body) VALUES (?, ?, ?) ON CONFLICT (entry_id) DO UPDATE SET headers = excluded.headers, body = excluded.body',
  );
  const beginReply = database.prepare<[number]>(
    'UPDATE entries SET reply = 2 WHERE id = ? AND poisoned = 1 AND run = 2 AND reply IN (0, 1, 4)',
  );
  const putReply = database.prepare<[number, string, string, Buffer]>(`
    INSERT INTO replies (entry_id, destination, headers, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (entry_id) DO UPDATE SET destination = excluded.destination, headers = excluded.headers, body = excluded.body`);
  const refuseReply = database.prepare<[number]>('UPDATE entries SET reply = 1 WHERE id = ? AND poisoned = 1 AND reply = 2');

  return (change) => {
    switch (change.type) {
      case 'poison-removed':
        tray.remove(change.poisonId);
        return 1;
      case 'poison-reopened': {
        const count = reopen.run(change.atMs, change.entryId).changes;
        if (count === 0) return 0;
        dropUnsentReply.run(change.entryId);
        putRaw.run(change.entryId, JSON.stringify(change.raw.headers), change.raw.body);
        return count;
      }
      case 'poison-reply-begun': {
        const count = beginReply.run(change.entryId).changes;
        const { destination, headers, body } = change.reply;
        if (count === 1) putReply.run(change.entryId, destination, JSON.stringify(headers), Buffer.from(body, 'utf8'));
        return count;
      }
      case 'poison-reply-refused':
        return refuseReply.run(change.entryId).changes;
      default:
        return change satisfies never;
    }
  };
}
