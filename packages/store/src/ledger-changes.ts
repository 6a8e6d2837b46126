import type { LedgerChange, SavedReply } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import type { BootRecord } from './boot-record.ts';
import { replyStates, runStates } from './ledger-rows.ts';
import { type PoisonDecision, preparePoisonChanges } from './poison-changes.ts';
import type { PoisonTray } from './poison-tray.ts';

/** Applies one change inside the caller's transaction; throws STORE_FAILED for a change that fits no entry. */
export type ApplyLedgerChange = (change: LedgerChange) => void;

/** What changes write to beside the entries. */
export interface LedgerRecords {
  readonly boots: BootRecord;
  readonly tray: PoisonTray;
}

type EntryChangeType = Exclude<LedgerChange['type'], 'boot-ended'>;

export function prepareLedgerChanges(database: SqliteDatabase, records: LedgerRecords): ApplyLedgerChange {
  const startRun = database.prepare<[string, number]>(
    'UPDATE entries SET run = 1, starts = starts + 1, flow_id = ? WHERE id = ? AND run <> 2',
  );
  const countCrash = database.prepare<[number]>('UPDATE entries SET crashes = crashes + 1 WHERE id = ?');
  const insertReply = database.prepare<[number, string, string, Buffer]>(
    'INSERT INTO replies (entry_id, destination, headers, body) VALUES (?, ?, ?, ?)',
  );
  const saveReply = database.prepare<[number]>('UPDATE entries SET reply = 1 WHERE id = ? AND reply IN (0, 4)');
  const saveReplyAndEndRun = database.prepare<[number]>('UPDATE entries SET reply = 1, run = 2 WHERE id = ? AND reply IN (0, 4)');
  const dropReply = database.prepare<[number]>('UPDATE entries SET reply = 4 WHERE id = ? AND reply IN (0, 4)');
  const doubtReply = database.prepare<[number]>('UPDATE entries SET reply = 2 WHERE id = ? AND reply IN (1, 2)');
  const confirmReply = database.prepare<[number]>('UPDATE entries SET reply = 3 WHERE id = ? AND reply IN (1, 2, 3)');
  const answer = database.prepare<[number, number]>('UPDATE entries SET reply = 3, settled_at_ms = ? WHERE id = ? AND reply IN (1, 2, 3)');
  const endRun = database.prepare<[number]>('UPDATE entries SET run = 2 WHERE id = ?');
  const settle = database.prepare<[number, number]>('UPDATE entries SET settled_at_ms = ? WHERE id = ?');
  const presumeSettled = database.prepare<[number, number]>(
    `UPDATE entries SET presumed_settled = 1, settled_at_ms = ?
     WHERE id = ? AND is_open = 1 AND (taken_over = 0 OR run = 2) AND NOT (taken_over = 2 AND reply IN (1, 2))`,
  );
  const takeOver = database.prepare<[number, string, number | null, number]>(
    'UPDATE entries SET taken_over = ?, flow_id = ?, due_at_ms = ? WHERE id = ? AND taken_over = 0',
  );
  const insertRaw = database.prepare<[number, string, Uint8Array]>('INSERT INTO raw_messages (entry_id, headers, body) VALUES (?, ?, ?)');
  const sendStatus = database.prepare<[string, number]>(
    'INSERT INTO statuses (entry_id, status_key) SELECT id, ? FROM entries WHERE id = ? ON CONFLICT DO NOTHING',
  );
  const intendStep = database.prepare<[string, number, string | null, number]>(`
    INSERT INTO steps (entry_id, step_key, intended_at_ms, intent) SELECT id, ?, ?, ? FROM entries WHERE id = ?
    ON CONFLICT (entry_id, step_key) DO UPDATE SET emissions = NULL WHERE emissions IS NULL`);
  const endStep = database.prepare<[string, number, string]>(
    'UPDATE steps SET emissions = ? WHERE entry_id = ? AND step_key = ? AND emissions IS NULL',
  );
  const poisonEntry = database.prepare<[number]>('UPDATE entries SET poisoned = 1 WHERE id = ?');
  const findEntry = database.prepare<[number], { reply: number; run: number; taken_over: number }>(
    'SELECT reply, run, taken_over FROM entries WHERE id = ?',
  );

  /** Each change names exactly one row; when it does not, its reason is looked up. */
  function assertApplied(result: { changes: number }, type: EntryChangeType, entryId: number): void {
    if (result.changes === 1) return;
    const found = findEntry.get(entryId);
    const reason =
      found === undefined
        ? 'there is no such entry'
        : `its reply is "${replyStates[found.reply]}", its run "${runStates[found.run]}"${found.taken_over > 0 ? ', and it is taken over' : ''}`;
    throw new WirebookError('STORE_FAILED', `ledger change "${type}" does not fit entry ${entryId}: ${reason}; nothing was written`);
  }

  const decide = preparePoisonChanges(database, records.tray);

  function applyDecision(change: PoisonDecision): void {
    const changes = decide(change);
    if (change.type !== 'poison-removed') assertApplied({ changes }, change.type, change.entryId);
  }

  function poison(change: Extract<LedgerChange, { type: 'poisoned' }>): void {
    if (change.entryId !== null) assertApplied(poisonEntry.run(change.entryId), change.type, change.entryId);
    records.tray.add(change);
  }

  return (change) => {
    switch (change.type) {
      case 'run-started':
        return assertApplied(startRun.run(change.flowId, change.entryId), change.type, change.entryId);
      case 'run-crashed':
        return assertApplied(countCrash.run(change.entryId), change.type, change.entryId);
      case 'runs-alone':
        return records.boots.setAlone(change.entryId);
      case 'alone-over':
        return records.boots.clearAlone(change.entryId);
      case 'boot-ended':
        return records.boots.explainEnd();
      case 'reply-saved':
        assertApplied((change.runDone ? saveReplyAndEndRun : saveReply).run(change.entryId), change.type, change.entryId);
        insertReply.run(change.entryId, ...replyColumns(change.reply));
        return;
      case 'reply-not-needed':
        return assertApplied(dropReply.run(change.entryId), change.type, change.entryId);
      case 'reply-in-doubt':
        return assertApplied(doubtReply.run(change.entryId), change.type, change.entryId);
      case 'reply-confirmed':
        return assertApplied(confirmReply.run(change.entryId), change.type, change.entryId);
      case 'run-done':
        return assertApplied(endRun.run(change.entryId), change.type, change.entryId);
      case 'answered':
        return assertApplied(answer.run(change.atMs, change.entryId), change.type, change.entryId);
      case 'settled':
        return assertApplied(settle.run(change.atMs, change.entryId), change.type, change.entryId);
      case 'presumed-settled':
        return assertApplied(presumeSettled.run(change.atMs, change.entryId), change.type, change.entryId);
      case 'taken-over':
        assertApplied(takeOver.run(change.owesReply ? 2 : 1, change.flowId, change.dueAtMs, change.entryId), change.type, change.entryId);
        insertRaw.run(change.entryId, JSON.stringify(change.raw.headers), change.raw.body);
        return;
      case 'status-sent':
        // A status that is on record already changes nothing: the look-up below tells it from an unknown entry.
        if (sendStatus.run(change.statusKey, change.entryId).changes === 0 && findEntry.get(change.entryId) === undefined) {
          assertApplied({ changes: 0 }, change.type, change.entryId);
        }
        return;
      case 'step-intended':
        return assertApplied(intendStep.run(change.stepKey, change.atMs, change.intentJson, change.entryId), change.type, change.entryId);
      case 'step-done':
        return assertApplied(endStep.run(change.emissionsJson, change.entryId, change.stepKey), change.type, change.entryId);
      case 'poison-removed':
      case 'poison-reopened':
      case 'poison-reply-begun':
      case 'poison-reply-refused':
        return applyDecision(change);
      case 'poisoned':
        return poison(change);
      default:
        return change satisfies never;
    }
  };
}

/** The body goes in as bytes, so that what is read later is what was sent. */
function replyColumns(reply: SavedReply): [string, string, Buffer] {
  return [reply.destination, JSON.stringify(reply.headers), Buffer.from(reply.body, 'utf8')];
}
