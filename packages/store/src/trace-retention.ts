import type { RunOutcome } from '@wirebook/trace';
import type { Database as SqliteDatabase } from 'better-sqlite3';

export interface TraceRetention {
  /** Age at which successful and unfinished runs go. */
  readonly maxAgeMs: number;
  /** Age at which failed runs go. */
  readonly failureMaxAgeMs: number;
  readonly maxRuns: number;
  /** Bytes in use inside the file; room that became free is used again and not given back. */
  readonly maxBytes: number;
}

interface PruneState {
  readonly nowMs: number;
  readonly runCount: number;
  readonly limit: number;
}

/** Removes what is too much, at most `limit` runs; gives the number removed. Failed runs go last. */
export type PruneTraces = (state: PruneState) => number;

const others = ['succeeded', 'cancelled', null] as const satisfies readonly (RunOutcome | null)[];
const failures = ['failed', 'timed-out'] as const satisfies readonly RunOutcome[];
const endOfTimeMs = Number.MAX_SAFE_INTEGER;

/** Runs removed before the bytes in use are looked at again. */
const runsPerLook = 50;

export function prepareTraceRetention(database: SqliteDatabase, retention: TraceRetention): PruneTraces {
  const oldest = database
    .prepare<[string | null, number, number], number>(
      'SELECT id FROM runs WHERE outcome IS ? AND started_at_ms < ? ORDER BY started_at_ms, run_id LIMIT ?',
    )
    .pluck();
  const listPartIds = database.prepare<[number], number>('SELECT id FROM run_parts WHERE run = ?').pluck();
  const deleteText = database.prepare<[number]>('DELETE FROM search WHERE rowid = ?');
  const deleteRun = database.prepare<[number], number | null>('DELETE FROM runs WHERE id = ? RETURNING payload_id').pluck();
  const deletePayload = database.prepare<[number, number]>(
    'DELETE FROM payloads WHERE id = ? AND NOT EXISTS (SELECT 1 FROM runs WHERE payload_id = ?)',
  );

  const removeRuns = database.transaction((ids: readonly number[]) => {
    for (const id of ids) {
      for (const partId of listPartIds.all(id)) deleteText.run(partId);
      const payloadId = deleteRun.get(id) ?? null;
      if (payloadId !== null) deletePayload.run(payloadId, payloadId);
    }
    return ids.length;
  });

  function remove(outcomes: readonly (RunOutcome | null)[], beforeMs: number, limit: number): number {
    let removed = 0;
    for (const outcome of outcomes) {
      const ids = limit > removed ? oldest.all(outcome, beforeMs, limit - removed) : [];
      if (ids.length > 0) removed += removeRuns.immediate(ids);
    }
    return removed;
  }

  function countUsedBytes(): number {
    const read = (name: string) => Number(database.pragma(name, { simple: true }));
    return (read('page_count') - read('freelist_count')) * read('page_size');
  }

  return ({ nowMs, runCount, limit }) => {
    let removed = remove(others, nowMs - retention.maxAgeMs, limit);
    removed += remove(failures, nowMs - retention.failureMaxAgeMs, limit - removed);
    removed += remove([...others, ...failures], endOfTimeMs, Math.min(runCount - removed - retention.maxRuns, limit - removed));
    while (removed < limit && countUsedBytes() > retention.maxBytes) {
      const count = remove([...others, ...failures], endOfTimeMs, Math.min(runsPerLook, limit - removed));
      if (count === 0) break;
      removed += count;
    }
    return removed;
  };
}
