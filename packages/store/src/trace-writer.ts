import type { TracePart } from '@wirebook/engine';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { toEventsJson } from './trace-part-json.ts';

export interface TraceWriterOptions {
  readonly maxPartLength: number;
  /** Takes secrets out of JSON text before it is stored. */
  readonly redactJson?: ((json: string) => string) | undefined;
}

/** Writes parts in one transaction; gives the number of runs that are new. */
export type WriteTraceParts = (parts: readonly TracePart[]) => number;

export function prepareTraceWriter(database: SqliteDatabase, { maxPartLength, redactJson }: TraceWriterOptions): WriteTraceParts {
  const insertRun = database.prepare(`
    INSERT INTO runs (run_id, flow_id, flow_name, flow_version, trigger_kind, destination, message_id, correlation_id, trigger_name,
      incident_id, started_at_ms, attempts, outcome, error_code, finished_at_ms, size_bytes, trigger_headers, payload_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const updateRun = database
    .prepare<unknown[], number>(`
    UPDATE runs SET attempts = max(attempts, ?), size_bytes = size_bytes + ?,
      trigger_headers = coalesce(trigger_headers, ?), payload_id = coalesce(payload_id, ?)
    WHERE run_id = ? RETURNING id`)
    .pluck();
  const endRun = database.prepare('UPDATE runs SET outcome = ?, error_code = ?, finished_at_ms = ? WHERE id = ?');
  const insertPart = database.prepare('INSERT INTO run_parts (run, attempt, events) VALUES (?, ?, ?)');
  const insertPayload = database.prepare('INSERT INTO payloads (body) VALUES (?)');

  const redact = redactJson ?? ((json: string) => json);

  function savePayload(body: Uint8Array | null): number | null {
    if (body === null) return null;
    const redacted = redactJson === undefined ? body : redactBody(body, redactJson);
    return Number(insertPayload.run(redacted).lastInsertRowid);
  }

  /** 1 when the run is new, else 0. */
  function writePart(part: TracePart): number {
    const { head, finished } = part;
    const eventsJson = redact(toEventsJson(part, maxPartLength));
    const headersJson = part.triggerHeaders === null ? null : redact(JSON.stringify(part.triggerHeaders));
    const payloadId = savePayload(part.triggerBody);
    const sizeBytes = eventsJson.length + (part.triggerBody?.length ?? 0);
    const inserted = insertRun.run(
      ...[head.runId, head.flowId, head.flowName, head.flowVersion, head.triggerKind, head.destination, head.messageId],
      ...[head.correlationId, head.triggerName, head.incidentId, head.startedAtMs, part.attempt],
      ...[finished?.outcome ?? null, finished?.errorCode ?? null, finished?.atMs ?? null, sizeBytes, headersJson, payloadId],
    );
    const isNew = inserted.changes === 1;
    const run = isNew ? inserted.lastInsertRowid : updateRun.get(part.attempt, sizeBytes, headersJson, payloadId, head.runId);
    if (!isNew && finished !== null) endRun.run(finished.outcome, finished.errorCode, finished.atMs, run);
    insertPart.run(run, part.attempt, eventsJson);
    return isNew ? 1 : 0;
  }

  const writeAll = database.transaction((parts: readonly TracePart[]) => parts.reduce((count, part) => count + writePart(part), 0));
  return (parts) => writeAll.immediate(parts);
}

/** Bytes that hold no secret stay as they came. */
function redactBody(body: Uint8Array, redactJson: (json: string) => string): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  const redacted = redactJson(text);
  return redacted === text ? body : Buffer.from(redacted, 'utf8');
}
