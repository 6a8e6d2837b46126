import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';

/** A row as the platform answered it: `dto` has its cells by column API name. */
export interface TableRow {
  readonly id: number;
  readonly dto: JsonObject;
}

/** @throws SOAR_RESPONSE_INVALID when it is no `{"rows": […]}` of objects with id and cells. */
export function parseRows(body: JsonValue, path: string): readonly TableRow[] {
  const rows = isJsonObject(body) ? body.rows : undefined;
  if (!Array.isArray(rows)) throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer has no list "rows"`);
  return rows.map((row: JsonValue) => {
    if (isJsonObject(row) && typeof row.id === 'number' && isJsonObject(row.cells)) return { id: row.id, dto: row };
    throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: a row has no id or no cells`);
  });
}

export function getCells(row: JsonObject): JsonObject {
  return isJsonObject(row.cells) ? row.cells : {};
}

/** The value of a cell; an empty cell has none. */
export function findCellValue(row: JsonObject, columnName: string): JsonValue | undefined {
  const cells = getCells(row);
  const cell = Object.hasOwn(cells, columnName) ? cells[columnName] : undefined;
  return isJsonObject(cell) ? cell.value : undefined;
}
