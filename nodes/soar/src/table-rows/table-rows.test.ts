import type { JsonObject, JsonValue } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarTableRows } from './descriptor.ts';
import { executeTableRows } from './execute.ts';

const node = defineNode(soarTableRows, executeTableRows);
const catalogue = {
  fields: {
    log: [
      createField({ name: 'ticket', inputType: 'text' }),
      createField({ name: 'priority', inputType: 'select', values: createSelectValues(70, ['Low', 'High']) }),
      createField({ name: 'position', inputType: 'number' }),
      createField({ name: 'teams', inputType: 'multiselect', values: createSelectValues(80, ['Network', 'Mail']) }),
      createField({ name: 'open', inputType: 'boolean' }),
    ],
  },
};
const path = '/incidents/5/table_data/log';

function row(id: number, values: JsonObject): JsonObject {
  return {
    id,
    version: 1,
    cells: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { id: name, row_id: id, value }])),
  };
}

function open(rows: readonly JsonValue[], config: JsonObject = {}) {
  const bench = testNode(node, { incidentId: 5, table: 'log', key: ['ticket'], rows: [...rows], ...config }, { catalogue });
  bench.platform.answer('GET', path, { body: { rows: [row(1, { ticket: 'SD-1', position: 1 })] } });
  bench.platform.answer('POST', `${path}/row_data`, { body: row(2, { ticket: 'SD-2' }) });
  bench.platform.answer('PUT', `${path}/row_data/1`, ({ body }) => ({ body: { id: 1, ...(body as JsonObject) } }));
  return bench;
}

const statuses = (message: JsonValue | undefined) => (message as { rows: { status: string }[] }).rows.map(({ status }) => status);

test('[N112] rows are changed by their key, added where there is none, and left alone where they have the values', async () => {
  const bench = open([{ ticket: 'SD-1', position: 2 }, { ticket: 'SD-2' }, { ticket: 'SD-1', position: 1 }]);
  await bench.send({});
  expect(statuses(bench.sent('out')[0])).toEqual(['written', 'written', 'unchanged']);
  expect(bench.sent('out')).toMatchObject([{ written: 3, failed: 0 }]);
});

test('[N113] one that fails does not keep the others from being written, and each is told by its place', async () => {
  const bench = open([{ ticket: 'SD-1', priority: 'Urgent' }, { ticket: 'SD-2' }, 'text', { tickt: 'x' }]);
  await bench.send({});
  expect(bench.sent('out')).toEqual([]);
  expect(bench.sent('partial')).toMatchObject([
    {
      written: 1,
      failed: 3,
      rows: [
        { index: 0, status: 'failed', error: { code: 'SOAR_SELECT_VALUE_UNKNOWN' } },
        { index: 1, status: 'written', row: { id: 2 } },
        { index: 2, status: 'failed', error: { code: 'NODE_INPUT_INVALID' } },
        { index: 3, status: 'failed', error: { code: 'SOAR_FIELD_UNKNOWN' } },
      ],
    },
  ]);
});

test('[N113] where none could be written the step fails with the code of the first', async () => {
  const bench = open([{ ticket: 'a', priority: 'Urgent' }, 7]);
  expect(await bench.send({})).toMatchObject({
    emitted: [],
    error: { code: 'SOAR_SELECT_VALUE_UNKNOWN', message: expect.stringContaining('none of the 2 rows') },
  });
});

test('[N112] no rows are no work; a table that is not there is an error', async () => {
  const bench = open([]);
  await bench.send({});
  expect(bench.sent('out')).toEqual([{ written: 0, failed: 0, rows: [] }]);
  expect((await open([{ ticket: 'a' }], { table: 'none' }).send({})).error?.code).toBe('SOAR_TABLE_UNKNOWN');
});

test.each([
  [{ incidentId: 5, table: 'log' }],
  [{ incidentId: 5, table: 'log', rows: {} }],
  [{ incidentId: 5, table: 'log', rows: [], mode: 'put' }],
])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.table-rows: config');
});
