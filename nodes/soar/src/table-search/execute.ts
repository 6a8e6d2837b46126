import type { Execute } from '@wirebook/node-kit';
import { listColumns, toTablePath } from '../encode-cells.ts';
import { encodeConditionValue } from '../encode-condition-value.ts';
import { getField } from '../find-field.ts';
import { findCellValue, parseRows } from '../parse-rows.ts';
import type { soarTableSearch } from './descriptor.ts';
import { meetsCondition } from './row-condition.ts';

export const executeTableSearch: Execute<typeof soarTableSearch> = async ({ config, services, log, emit }) => {
  const { platform } = services;
  const columns = await listColumns(platform, config.table);
  const conditions = config.conditions.map(({ column: name, method, value }) => {
    const column = getField(columns, name, `table "${config.table}"`);
    return { column, method, value: encodeConditionValue(column, method, value) };
  });
  const path = toTablePath(config);
  const { body } = await platform.request({ method: 'GET', path, handleFormat: 'names' });
  const rows = parseRows(body, path);
  const found = rows
    .filter(({ dto }) => {
      const holds = conditions.map((condition) => meetsCondition(condition, findCellValue(dto, condition.column.name)));
      return config.logic === 'any' && holds.length > 0 ? holds.includes(true) : !holds.includes(false);
    })
    .map(({ id, dto }) => ({
      id,
      values: Object.fromEntries(columns.map(({ name }) => [name, findCellValue(dto, name) ?? null])),
      row: dto,
    }));
  log.info(`table "${config.table}" of incident ${config.incidentId} has ${rows.length} rows, of which ${found.length} are meant`);
  if (config.output === 'list') emit('out', found);
  else for (const each of found) emit('each', each);
};
