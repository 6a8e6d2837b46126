import { type RunHead, type RunOutcome, readTraceEvents, type TraceEvent } from '@wirebook/trace';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { parseHeaders } from './ledger-rows.ts';

/** One row of the run list. */
export interface RunSummary {
  readonly head: RunHead;
  readonly attempts: number;
  /** Null while the run goes on, or when its end was not kept. */
  readonly outcome: RunOutcome | null;
  readonly errorCode: string | null;
  readonly finishedAtMs: number | null;
  /** Of events and trigger as stored. */
  readonly sizeBytes: number;
}

export interface StoredRun extends RunSummary {
  /** Of all attempts, in their order. */
  readonly events: readonly TraceEvent[];
  /** The raw body of the trigger; null when it was not kept. */
  readonly triggerBody: Uint8Array | null;
  readonly triggerHeaders: Readonly<Record<string, string>> | null;
}

export interface ListRunsOptions {
  readonly limit: number;
  /** Only runs that started earlier; with `beforeRunId` those of the same millisecond that come after that run in the list, too. */
  readonly beforeMs?: number | undefined;
  readonly beforeRunId?: string | undefined;
  readonly flowId?: string | undefined;
  readonly outcome?: RunOutcome | undefined;
}

export interface TraceReader {
  getRun(runId: string): StoredRun | undefined;
  listRuns(options: ListRunsOptions): readonly RunSummary[];
  search(text: string, limit: number): readonly RunSummary[];
}

/** As SQLite gives it. */
export interface RunRow {
  readonly id: number;
  readonly run_id: string;
  readonly flow_id: string;
  readonly flow_name: string;
  readonly flow_version: string;
  readonly trigger_kind: RunHead['triggerKind'];
  readonly destination: string;
  readonly message_id: string;
  readonly correlation_id: string | null;
  readonly trigger_name: string | null;
  readonly incident_id: number | null;
  readonly started_at_ms: number;
  readonly attempts: number;
  readonly outcome: RunOutcome | null;
  readonly error_code: string | null;
  readonly finished_at_ms: number | null;
  readonly size_bytes: number;
  readonly trigger_headers: string | null;
  readonly payload_id: number | null;
}

/** Later than any run. */
const endOfTimeMs = Number.MAX_SAFE_INTEGER;

export function prepareTraceReader(database: SqliteDatabase): TraceReader {
  const findRun = database.prepare<[string], RunRow>('SELECT * FROM runs WHERE run_id = ?');
  const readParts = database.prepare<[number], string>('SELECT events FROM run_parts WHERE run = ? ORDER BY attempt, id').pluck();
  const readPayload = database.prepare<[number], Buffer>('SELECT body FROM payloads WHERE id = ?').pluck();
  const prepareList = (condition: string) =>
    database.prepare<(string | number)[], RunRow>(
      `SELECT * FROM runs WHERE ${condition} (started_at_ms, run_id) < (?, ?) ORDER BY started_at_ms DESC, run_id DESC LIMIT ?`,
    );
  const lists = {
    all: prepareList(''),
    flow: prepareList('flow_id = ? AND'),
    outcome: prepareList('outcome = ? AND'),
    both: prepareList('flow_id = ? AND outcome = ? AND'),
  };
  const searchRuns = database.prepare<[string, number], RunRow>(`
    SELECT * FROM runs WHERE id IN (SELECT p.run FROM search JOIN run_parts p ON p.id = search.rowid WHERE search MATCH ?)
    ORDER BY started_at_ms DESC, run_id DESC LIMIT ?`);

  function listRuns({ limit, beforeMs, beforeRunId, flowId, outcome }: ListRunsOptions): readonly RunSummary[] {
    const before = [beforeMs ?? endOfTimeMs, beforeRunId ?? ''] as const;
    if (flowId !== undefined && outcome !== undefined) return lists.both.all(flowId, outcome, ...before, limit).map(toRunSummary);
    if (flowId !== undefined) return lists.flow.all(flowId, ...before, limit).map(toRunSummary);
    if (outcome !== undefined) return lists.outcome.all(outcome, ...before, limit).map(toRunSummary);
    return lists.all.all(...before, limit).map(toRunSummary);
  }

  return {
    getRun: (runId) => {
      const row = findRun.get(runId);
      if (row === undefined) return undefined;
      return {
        ...toRunSummary(row),
        events: readParts.all(row.id).flatMap(readTraceEvents),
        triggerBody: row.payload_id === null ? null : (readPayload.get(row.payload_id) ?? null),
        triggerHeaders: row.trigger_headers === null ? null : parseHeaders(row.trigger_headers),
      };
    },
    listRuns,
    search: (text, limit) => {
      const query = toSearchQuery(text);
      return query === undefined ? [] : searchRuns.all(query, limit).map(toRunSummary);
    },
  };
}

/** Every word has to be there, each as the beginning of a word; quoted, so that nothing in it is an operator. */
export function toSearchQuery(text: string): string | undefined {
  const words = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.length === 0 ? undefined : words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' ');
}

export function toRunSummary(row: RunRow): RunSummary {
  return {
    head: {
      runId: row.run_id,
      flowId: row.flow_id,
      flowName: row.flow_name,
      flowVersion: row.flow_version,
      triggerKind: row.trigger_kind,
      destination: row.destination,
      messageId: row.message_id,
      correlationId: row.correlation_id,
      triggerName: row.trigger_name,
      incidentId: row.incident_id,
      startedAtMs: row.started_at_ms,
    },
    attempts: row.attempts,
    outcome: row.outcome,
    errorCode: row.error_code,
    finishedAtMs: row.finished_at_ms,
    sizeBytes: row.size_bytes,
  };
}
