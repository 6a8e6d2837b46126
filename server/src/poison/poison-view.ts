import type { PoisonDetail, PoisonSummary } from '@wirebook/api';
import { type FoundPoison, findPoisonChoices } from '@wirebook/engine';
import { getErrorEntry, isErrorCode } from '@wirebook/errors';
import type { PoisonSummaryRow } from '@wirebook/store';

/** Of a body that is shown; all of it is in the file. */
const mostShownBytes = 65_536;

export function toPoisonSummary(row: PoisonSummaryRow): PoisonSummary {
  const { id, destination, messageId, entry, code, reason, atMs, sizeBytes, headers } = row;
  const hint = isErrorCode(code) ? getErrorEntry(code).hint : '';
  return {
    id,
    destination,
    messageId,
    runId: entry?.runId ?? null,
    code,
    reason,
    hint,
    atMs,
    sizeBytes,
    ...findPoisonChoices({ entry, code, headers }),
  };
}

export function toPoisonDetail({ message, entry }: FoundPoison): PoisonDetail {
  const { id, key, raw, code, reason, atMs } = message;
  const row = { id, destination: key.destination, messageId: key.messageId, headers: raw.headers, code, reason, atMs };
  const shown = Buffer.from(raw.body.subarray(0, mostShownBytes));
  return {
    ...toPoisonSummary({ ...row, sizeBytes: raw.body.byteLength, entry }),
    headers: maskHeaders(raw.headers),
    bodyBase64: shown.toString('base64'),
    isBodyCut: raw.body.byteLength > mostShownBytes,
  };
}

/** Who has the context token may act in the name of the message. */
export function maskHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, /token|password|secret/i.test(name) ? '***' : value]));
}
