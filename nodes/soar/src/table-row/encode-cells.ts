import { type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { ConfigOf, FieldDefinition, PlatformCalls } from '@wirebook/node-kit';
import { encodeFieldValue } from '../encode-field-value.ts';
import { getField } from '../find-field.ts';
import { isSameFieldValue } from '../same-field-value.ts';
import type { soarTableRow } from './descriptor.ts';
import { findCellValue } from './parse-rows.ts';

type RowConfig = ConfigOf<typeof soarTableRow>;

/** A cell as it is written. */
export interface CellChange {
  readonly column: FieldDefinition;
  readonly value: JsonValue;
}

export function toTablePath({ incidentId, table }: RowConfig): string {
  return `/incidents/${incidentId}/table_data/${encodeURIComponent(table)}`;
}

export function hasCells(row: JsonObject, cells: readonly CellChange[]): boolean {
  return cells.every(({ column, value }) => isSameFieldValue(column, findCellValue(row, column.name), value));
}

/** @throws SOAR_TABLE_UNKNOWN, SOAR_FIELD_UNKNOWN, SOAR_SELECT_VALUE_UNKNOWN, SOAR_NUMBER_NOT_INTEGER, NODE_INPUT_INVALID */
export async function encodeCells(platform: PlatformCalls, config: RowConfig): Promise<readonly CellChange[]> {
  const columns = await platform.catalogue.listFields(config.table);
  if (columns === undefined) {
    throw new WirebookError(
      'SOAR_TABLE_UNKNOWN',
      `table "${config.table}" does not exist; give the API name of a data table, not its label`,
    );
  }
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

function assertKey({ key, mode }: RowConfig, cellNames: readonly string[]): void {
  if (key.length === 0)
    throw new WirebookError('NODE_INPUT_INVALID', `field "key": mode ${mode} needs at least one column that finds the row`);
  const missing = key.find((name) => !cellNames.includes(name));
  if (missing === undefined) return;
  throw new WirebookError(
    'NODE_INPUT_INVALID',
    `field "key": column "${missing}" has no value among the cells (${cellNames.join(', ')}); add it there`,
  );
}
