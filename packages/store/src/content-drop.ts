import type { Database as SqliteDatabase } from 'better-sqlite3';
import { inTray } from './poison-changes.ts';

/** What is large and belongs to an entry; nothing asks for it once the entry is closed. */
const contentTables = ['replies', 'raw_messages', 'steps', 'statuses'] as const;

/**
 * Forgets the contents of entries that were closed before a time, going on where the last call ended. Gives the number of entries looked
 * at, at most `limit`. Those that are presumed settled keep theirs, for their message may come yet, and so do those in the poison tray, for
 * they may be run again.
 */
export function prepareContentDrop(database: SqliteDatabase): (settledBeforeMs: number, limit: number) => number {
  const listSettled = database.prepare<[number, number, number], { id: number; settledAtMs: number; isKept: number }>(`
    SELECT id, settled_at_ms AS settledAtMs, is_open OR presumed_settled OR ${inTray('entries')} AS isKept FROM entries INDEXED BY entries_settled
    WHERE settled_at_ms IS NOT NULL AND settled_at_ms >= ? AND settled_at_ms < ? ORDER BY settled_at_ms LIMIT ?`);
  // Ids grow with the time of receipt, and what was received later was not settled sooner.
  const oldest = contentTables.map((table) =>
    database
      .prepare<[], number>(`
        SELECT e.received_at_ms FROM ${table} c JOIN entries e ON e.id = c.entry_id
        WHERE e.is_open = 0 AND e.presumed_settled = 0 ORDER BY c.entry_id LIMIT 1`)
      .pluck(),
  );
  const deletions = contentTables.map((table) => database.prepare<[number]>(`DELETE FROM ${table} WHERE entry_id = ?`));
  let droppedUntilMs: number | null = null;

  const drop = database.transaction((settledBeforeMs: number, limit: number) => {
    droppedUntilMs ??= Math.min(...oldest.map((statement) => statement.get() ?? Number.POSITIVE_INFINITY), settledBeforeMs);
    const settled = listSettled.all(droppedUntilMs, settledBeforeMs, limit);
    for (const { id, isKept } of settled) if (isKept === 0) for (const deletion of deletions) deletion.run(id);
    // Entries of the last millisecond may be more than fitted: they are looked at again, unless nothing else would be.
    const last = settled.at(-1)?.settledAtMs;
    if (last !== undefined) droppedUntilMs = last > droppedUntilMs ? last : last + 1;
    return settled.length;
  });

  return (settledBeforeMs, limit) => drop.immediate(settledBeforeMs, limit);
}
