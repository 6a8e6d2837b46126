import { readTraceEvents, type TraceEvent } from '@wirebook/trace';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { type HeadWords, toSearchText } from './trace-search-text.ts';

export interface TraceIndexer {
  /** Fills steps and the word index for the oldest parts that lack them; gives their number. */
  indexPending(limit: number): number;
  /** Parts that wait; those removed before their turn count too. */
  countPending(): number;
}

interface PendingRow {
  readonly id: number;
  readonly run: number;
  readonly attempt: number;
  readonly events: string;
  readonly run_id: string;
  readonly flow_id: string;
  readonly flow_name: string;
  readonly destination: string;
  readonly message_id: string;
  readonly correlation_id: string | null;
  readonly trigger_name: string | null;
  readonly incident_id: number | null;
  readonly body: Buffer | null;
}

export function prepareTraceIndexer(database: SqliteDatabase): TraceIndexer {
  const readPending = database.prepare<[number], PendingRow>(`
    SELECT p.id, p.run, p.attempt, p.events, r.run_id, r.flow_id, r.flow_name, r.destination, r.message_id, r.correlation_id,
      r.trigger_name, r.incident_id, b.body
    FROM run_parts p JOIN runs r ON r.id = p.run LEFT JOIN payloads b ON b.id = r.payload_id
    WHERE p.id > (SELECT part_id FROM indexed_until) ORDER BY p.id LIMIT ?`);
  const countPending = database
    .prepare<[], number>('SELECT coalesce(max(id), 0) - (SELECT part_id FROM indexed_until) FROM run_parts')
    .pluck();
  const moveOn = database.prepare<[number]>('UPDATE indexed_until SET part_id = ?');
  const insertText = database.prepare<[number, string]>('INSERT INTO search (rowid, text) VALUES (?, ?)');
  const insertStep = database.prepare<[number, number, number, string, number]>(`
    INSERT INTO steps (run, attempt, step_id, node_id, started_at_ms) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET node_id = excluded.node_id, started_at_ms = excluded.started_at_ms`);
  const endStep = database.prepare<[number, number, number, number, string | null]>(`
    INSERT INTO steps (run, attempt, step_id, ended_at_ms, error_code) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET ended_at_ms = excluded.ended_at_ms, error_code = excluded.error_code`);

  function indexStep(event: TraceEvent, run: number, attempt: number): void {
    if (event.type === 'step.started' || event.type === 'step.reused') insertStep.run(run, attempt, event.stepId, event.nodeId, event.atMs);
    if (event.type === 'step.finished') endStep.run(run, attempt, event.stepId, event.atMs, null);
    if (event.type === 'step.failed') endStep.run(run, attempt, event.stepId, event.atMs, event.error.code);
  }

  const indexAll = database.transaction((rows: readonly PendingRow[]) => {
    for (const row of rows) {
      const events = readTraceEvents(row.events);
      for (const event of events) indexStep(event, row.run, row.attempt);
      insertText.run(row.id, toSearchText({ head: toHeadWords(row), triggerBody: row.body, events }));
      moveOn.run(row.id);
    }
  });

  return {
    indexPending: (limit) => {
      const rows = readPending.all(limit);
      if (rows.length > 0) indexAll.immediate(rows);
      return rows.length;
    },
    countPending: () => Math.max(0, countPending.get() ?? 0),
  };
}

function toHeadWords(row: PendingRow): HeadWords {
  return {
    runId: row.run_id,
    flowId: row.flow_id,
    flowName: row.flow_name,
    destination: row.destination,
    messageId: row.message_id,
    correlationId: row.correlation_id,
    triggerName: row.trigger_name,
    incidentId: row.incident_id,
  };
}
