import type { JsonObject, JsonValue } from '../json-value.ts';
import { encodeFieldValue } from './field-value.ts';
import type { HandleFormat } from './handle-format.ts';
import type { ObjectType } from './object-type.ts';
import type { Incident, Organisation, TableRow } from './organisation.ts';

export interface RowPlace {
  readonly org: Organisation;
  readonly incident: Incident;
  readonly table: ObjectType;
}

/** A row; cells are keyed by column id as text, or by API name with `names`. An empty cell has no `value`. */
export function toRowDto(row: TableRow, { org, incident, table }: RowPlace, format: HandleFormat): JsonObject {
  const cells: JsonObject = {};
  for (const column of table.fields.values()) {
    const handle = format === 'ids' ? String(column.id) : column.name;
    const cell: JsonObject = { id: handle, row_id: row.id };
    const kept = row.cells.get(column.name) ?? null;
    const value: JsonValue = kept === null && column.inputType === 'multiselect' ? [] : kept;
    if (value !== null) cell.value = encodeFieldValue(column, value, format, org.optionsOf);
    cells[handle] = cell;
  }
  return {
    id: row.id,
    cells,
    actions: [],
    playbooks: [],
    type_id: table.id,
    table_name: table.displayName,
    inc_id: incident.id,
    inc_name: incident.state.name ?? null,
    inc_owner: ownerOf(incident, org),
    version: row.version,
  };
}

function ownerOf(incident: Incident, org: Organisation): JsonValue {
  const ownerId = incident.state.owner_id;
  return typeof ownerId === 'number' ? (org.users.get(ownerId)?.email ?? ownerId) : null;
}
