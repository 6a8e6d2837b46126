import type { LastEnd } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import type { Database as SqliteDatabase } from 'better-sqlite3';

/** The starts of the engine on this file, and whether each came to an end that is explained. */
export interface BootRecord {
  /** 0 until a boot has begun: whoever only reads the file is no engine. */
  readonly currentId: number;
  /** To be called in a transaction. */
  begin(boot: { readonly atMs: number; readonly endedNatively: boolean }): LastEnd;
  setAlone(entryId: number): void;
  clearAlone(entryId: number): void;
  explainEnd(): void;
  /** Notes that an entry is in hand of this boot; counts the unclean end of the one that had it before. */
  takeUp(entryId: number): void;
}

/** Entries of boots before these are not suspected any more. */
const keptBoots = 1000;

export function prepareBootRecord(database: SqliteDatabase): BootRecord {
  const readLast = database.prepare<[], { id: number; isExplained: number; aloneEntryId: number | null }>(
    'SELECT id, is_explained AS isExplained, alone_entry_id AS aloneEntryId FROM boots ORDER BY id DESC LIMIT 1',
  );
  const insert = database.prepare<[number]>('INSERT INTO boots (started_at_ms) VALUES (?)');
  const forgetOld = database.prepare<[number]>('DELETE FROM boots WHERE id <= ?');
  const explain = database.prepare<[number]>('UPDATE boots SET is_explained = 1 WHERE id = ?');
  const blameOne = database
    .prepare<[number], string>('UPDATE entries SET crashes = crashes + 1 WHERE id = ? AND run <> 2 RETURNING message_id')
    .pluck();
  const blameInHand = database
    .prepare<[number], string>(
      'UPDATE entries SET crashes = crashes + 1 WHERE is_open = 1 AND boot_id = ? AND run <> 2 RETURNING message_id',
    )
    .pluck();
  const noteAlone = database.prepare<[number, number, number]>(
    'UPDATE boots SET alone_entry_id = ? WHERE id = ? AND EXISTS (SELECT 1 FROM entries WHERE id = ?)',
  );
  const noteOver = database.prepare<[number, number]>('UPDATE boots SET alone_entry_id = NULL WHERE id = ? AND alone_entry_id = ?');
  const takeUpEntry = database.prepare<[{ boot: number; id: number }]>(`
    UPDATE entries SET boot_id = :boot, unclean_ends = unclean_ends
      + (run <> 2 AND EXISTS (SELECT 1 FROM boots WHERE boots.id = entries.boot_id AND is_explained = 0))
    WHERE id = :id AND boot_id <> :boot`);
  let currentId = 0;

  return {
    get currentId() {
      return currentId;
    },
    begin: ({ atMs, endedNatively }) => {
      const last = readLast.get();
      const nextId = Number(insert.run(atMs).lastInsertRowid);
      forgetOld.run(nextId - keptBoots);
      currentId = nextId;
      if (last === undefined || last.isExplained === 1) return { wasUnclean: false, blamedMessageIds: [] };
      if (last.aloneEntryId !== null) return { wasUnclean: true, blamedMessageIds: blameOne.all(last.aloneEntryId) };
      if (!endedNatively) return { wasUnclean: true, blamedMessageIds: [] };
      explain.run(last.id);
      return { wasUnclean: true, blamedMessageIds: blameInHand.all(last.id) };
    },
    setAlone: (entryId) => {
      if (noteAlone.run(entryId, currentId, entryId).changes === 1) return;
      throw new WirebookError(
        'STORE_FAILED',
        `ledger change "runs-alone" does not fit entry ${entryId}: there is no such entry, or no boot has begun; nothing was written`,
      );
    },
    clearAlone: (entryId) => {
      noteOver.run(currentId, entryId);
    },
    explainEnd: () => {
      explain.run(currentId);
    },
    takeUp: (entryId) => {
      if (currentId !== 0) takeUpEntry.run({ boot: currentId, id: entryId });
    },
  };
}
