import { type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { FieldDefinition, PlatformCalls } from '@wirebook/node-kit';
import { encodeFieldValue } from './encode-field-value.ts';
import { getField } from './find-field.ts';
import { findCellValue } from './parse-rows.ts';
import { isSameFieldValue } from './same-field-value.ts';

/** A row that is to be written. */
export interface RowToWrite {
  readonly incidentId: number;
  /** API name. */
  readonly table: string;
  readonly mode: 'add' | 'update' | 'upsert';
  /** Columns that find the row. */
  readonly key: readonly string[];
  readonly cells: readonly { readonly column: string; readonly value: JsonValue }[];
}

/** A cell as it is written. */
export interface CellChange {
  readonly column: FieldDefinition;
  readonly value: JsonValue;
}

export function toTablePath({ incidentId, table }: Pick<RowToWrite, 'incidentId' | 'table'>): string {
  return `/incidents/${incidentId}/table_data/${encodeURIComponent(table)}`;
}

export function hasCells(row: JsonObject, cells: readonly CellChange[]): boolean {
  return cells.every(({ column, value }) => isSameFieldValue(column, findCellValue(row, column.name), value));
}

/** @throws SOAR_TABLE_UNKNOWN */
export async function listColumns(platform: PlatformCalls, table: string): Promise<readonly FieldDefinition[]> {
  const columns = await platform.catalogue.listFields(table);
  if (columns !== undefined) return columns;
  throw new WirebookError('SOAR_TABLE_UNKNOWN', `table "${table}" does not exist; give the API name of a data table, not its label`);
}

/** @throws SOAR_TABLE_UNKNOWN, SOAR_FIELD_UNKNOWN, SOAR_SELECT_VALUE_UNKNOWN, SOAR_NUMBER_NOT_INTEGER, NODE_INPUT_INVALID */
export async function encodeCells(platform: PlatformCalls, config: RowToWrite): Promise<readonly CellChange[]> {
  const columns = await listColumns(platform, config.table);
  const cells = config.cells.map(({ column: name, value }) => {
    const column = getField(columns, name, `table "${config.table}"`);
    return { column, value: encodeFieldValue(column, value) };
  });
  const names = cells.map(({ column }) => column.name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new WirebookError('NODE_INPUT_INVALID', `column "${twice}" is set twice; keep one of the two`);
  if (config.mode !== 'add') assertKey(config, names);
  return cells;
}

function assertKey({ key, mode }: RowToWrite, cellNames: readonly string[]): void {
  if (key.length === 0)
    throw new WirebookError('NODE_INPUT_INVALID', `field "key": mode ${mode} needs at least one column that finds the row`);
  const missing = key.find((name) => !cellNames.includes(name));
  if (missing === undefined) return;
  throw new WirebookError(
    'NODE_INPUT_INVALID',
    `field "key": column "${missing}" has no value among the cells (${cellNames.join(', ')}); add it there`,
  );
}
