import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { PlatformCalls } from '@wirebook/node-kit';
import { type CellChange, encodeCells, hasCells, type RowToWrite, toTablePath } from './encode-cells.ts';
import { findCellValue, getCells, parseRows } from './parse-rows.ts';
import { isSameFieldValue } from './same-field-value.ts';

export interface WrittenRow {
  readonly row: JsonValue;
  /** False: it had these values already. */
  readonly wasWritten: boolean;
}

/** Adds the row, or changes the one that its key finds. @throws as `encodeCells`, SOAR_ROW_NOT_FOUND, SOAR_ROW_AMBIGUOUS, SOAR_* */
export async function writeRow(platform: PlatformCalls, config: RowToWrite): Promise<WrittenRow> {
  const cells = await encodeCells(platform, config);
  const path = toTablePath(config);
  const found = config.mode === 'add' ? undefined : await findAndChange({ platform, path, cells, config });
  return found ?? { row: await addRow(platform, path, cells), wasWritten: true };
}

/** The row that the key finds, changed; undefined when there is none and the mode lets one be added. */
async function findAndChange(options: {
  readonly platform: PlatformCalls;
  readonly path: string;
  readonly cells: readonly CellChange[];
  readonly config: RowToWrite;
}): Promise<{ readonly row: JsonObject; readonly wasWritten: boolean } | undefined> {
  const { platform, path, cells, config } = options;
  try {
    const { after, attempts } = await platform.readChangeWrite({
      path,
      handleFormat: 'names',
      pick: (answer) => {
        const row = pickRow(parseRows(answer, path), cells, config);
        return { current: row.dto, writePath: `${path}/row_data/${row.id}` };
      },
      apply: (row) => changeRow(row, cells),
    });
    return { row: after, wasWritten: attempts > 0 };
  } catch (thrown) {
    if (config.mode === 'upsert' && thrown instanceof WirebookError && thrown.code === 'SOAR_ROW_NOT_FOUND') return undefined;
    throw thrown;
  }
}

function pickRow(
  rows: ReturnType<typeof parseRows>,
  cells: readonly CellChange[],
  config: RowToWrite,
): ReturnType<typeof parseRows>[number] {
  const keyCells = cells.filter(({ column }) => config.key.includes(column.name));
  const matches = rows.filter(({ dto }) =>
    keyCells.every(({ column, value }) => isSameFieldValue(column, findCellValue(dto, column.name), value)),
  );
  const [row] = matches;
  if (row !== undefined && matches.length === 1) return row;
  const key = keyCells.map(({ column, value }) => `${column.name} = ${JSON.stringify(value)}`).join(' and ');
  const place = `table "${config.table}" of incident ${config.incidentId}`;
  if (row === undefined) throw new WirebookError('SOAR_ROW_NOT_FOUND', `${place} has no row with ${key}; mode upsert would add it`);
  throw new WirebookError(
    'SOAR_ROW_AMBIGUOUS',
    `${place} has ${matches.length} rows with ${key}: rows ${matches.map(({ id }) => id).join(', ')}`,
  );
}

/**
 * The body of the PUT, or undefined when the row has these values. The platform empties a cell that the body leaves out, so the cells
 * that we do not set go back as they came.
 */
function changeRow(row: JsonObject, cells: readonly CellChange[]): JsonObject | undefined {
  if (hasCells(row, cells)) return undefined;
  const kept = Object.entries(getCells(row)).flatMap(([name, cell]) =>
    isJsonObject(cell) && cell.value !== undefined ? [[name, { value: cell.value }] as const] : [],
  );
  return {
    ...(row.version === undefined ? {} : { version: row.version }),
    cells: { ...Object.fromEntries(kept), ...toCellsDto(cells) },
  };
}

async function addRow(platform: PlatformCalls, path: string, cells: readonly CellChange[]): Promise<JsonValue> {
  const body = { cells: toCellsDto(cells) };
  return (await platform.request({ method: 'POST', path: `${path}/row_data`, handleFormat: 'names', body })).body;
}

function toCellsDto(cells: readonly CellChange[]): JsonObject {
  return Object.fromEntries(cells.map(({ column, value }) => [column.name, { value }]));
}
