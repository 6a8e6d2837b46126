import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { ConfigOf, WriteCheck } from '@wirebook/node-kit';
import { type CellChange, encodeCells, hasCells, toTablePath } from '../encode-cells.ts';
import { findCellValue, parseRows, type TableRow } from '../parse-rows.ts';
import { findText, toLetters, toPlainText } from '../plain-text.ts';
import type { soarTableRow } from './descriptor.ts';

/**
 * Looks for the row that mode add would have written. Rows tell no time, so the highest row id is kept before the write: only a row
 * with a higher one can be it.
 */
export const rowCheck: WriteCheck<ConfigOf<typeof soarTableRow>, 'out'> = {
  mark: async ({ config, services }) => {
    // What cannot be written is refused before anything is read.
    await encodeCells(services.platform, config);
    const path = toTablePath(config);
    const { body } = await services.platform.request({ method: 'GET', path, handleFormat: 'names' });
    return { lastRowId: parseRows(body, path).reduce((last, { id }) => Math.max(last, id), 0) };
  },
  find: async ({ config, services }, { mark }) => {
    const lastRowId = isJsonObject(mark) ? mark.lastRowId : undefined;
    if (typeof lastRowId !== 'number') return { written: 'unknown', reason: 'it is not on record which rows were there before' };
    const cells = await encodeCells(services.platform, config);
    const path = toTablePath(config);
    const { body } = await services.platform.request({ method: 'GET', path, handleFormat: 'names' });
    const later = parseRows(body, path).filter(({ id }) => id > lastRowId);
    const same = later.filter(({ dto }) => hasCells(dto, cells));
    const [found] = same;
    if (same.length > 1) {
      return { written: 'unknown', reason: `table "${config.table}" has several such rows since then: ${listIds(same)}` };
    }
    if (found !== undefined) return { written: true, emissions: [{ port: 'out', message: found.dto }] };
    const unclear = later.filter((row) => mayHaveBeen(row, cells));
    if (unclear.length === 0) return { written: false };
    return { written: 'unknown', reason: `rows ${listIds(unclear)} of table "${config.table}" may be it, changed since they were made` };
  },
};

/** A row that was changed since it was made, or that differs only in what the platform may make of a text. */
function mayHaveBeen({ dto }: TableRow, cells: readonly CellChange[]): boolean {
  if (dto.version !== 1) return true;
  return cells.every((cell) => hasCells(dto, [cell]) || isCloseText(findCellValue(dto, cell.column.name), cell.value));
}

function isCloseText(kept: JsonValue | undefined, wanted: JsonValue): boolean {
  const keptText = findText(kept ?? '');
  const wantedText = findText(wanted ?? '');
  if (keptText === undefined || wantedText === undefined) return false;
  return toLetters(toPlainText(keptText)) === toLetters(toPlainText(wantedText));
}

function listIds(rows: readonly TableRow[]): string {
  return rows.map(({ id }) => id).join(', ');
}
