import { addRow, removeChild, replaceRow } from '../platform/child-writes.ts';
import { requireObject } from '../platform/incident-state.ts';
import { isTable } from '../platform/object-type.ts';
import { findTypeByHandle, getIncident, type TableRow } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { type RowPlace, toRowDto } from '../platform/table-row-dto.ts';
import { deleted, idParam, type OrgRequest, type OrgRoute, ok } from './rest-route.ts';

/** `/incidents/{id}/table_data/{table}`, the table by API name or id. */
export const tableDataRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/incidents/:incident/table_data/:table',
    handle(request) {
      const place = requestedTable(request);
      const rows = [...place.incident.rows.values()].filter((row) => row.tableName === place.table.name);
      return ok({ rows: rows.map((row) => toRowDto(row, place, request.format)) });
    },
  },
  {
    method: 'post',
    path: '/incidents/:incident/table_data/:table/row_data',
    handle(request) {
      const place = requestedTable(request);
      const row = addRow(request.place, place.incident, { table: place.table, body: requireObject(request.body) });
      return ok(toRowDto(row, place, request.format));
    },
  },
  {
    method: 'put',
    path: '/incidents/:incident/table_data/:table/row_data/:row',
    handle(request) {
      const place = requestedTable(request);
      const target = { table: place.table, row: requestedRow(request, place), body: requireObject(request.body) };
      return ok(toRowDto(replaceRow(request.place, place.incident, target), place, request.format));
    },
  },
  {
    method: 'delete',
    path: '/incidents/:incident/table_data/:table/row_data/:row',
    handle(request) {
      const place = requestedTable(request);
      removeChild(request.place, place.incident, { kind: 'rows', id: requestedRow(request, place).id });
      return deleted();
    },
  },
];

function requestedTable(request: OrgRequest): RowPlace {
  const { org, params } = request;
  const incident = getIncident(org, idParam(request, 'incident'));
  const table = findTypeByHandle(org, params.table ?? '');
  if (table === undefined || !isTable(table)) throw refusal(404, `Unable to find the table ${params.table}.`);
  return { org, incident, table };
}

function requestedRow(request: OrgRequest, { incident, table }: RowPlace): TableRow {
  const row = incident.rows.get(idParam(request, 'row'));
  if (row === undefined || row.tableName !== table.name) throw refusal(404, `Unable to find object with ID ${request.params.row}.`);
  return row;
}
