import type { JsonObject, JsonValue } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { rowCheck } from './check-row.ts';
import { soarTableRow } from './descriptor.ts';
import { executeTableRow } from './execute.ts';

const node = defineNode(soarTableRow, executeTableRow, rowCheck);
const path = '/incidents/5/table_data/ticket_log';
const catalogue = {
  fields: {
    ticket_log: [
      createField({ name: 'ticket', inputType: 'text' }),
      createField({ name: 'about', inputType: 'textarea' }),
      createField({ name: 'priority', inputType: 'select', values: createSelectValues(70, ['Low', 'High']) }),
    ],
  },
};
const written = { ticket: 'SD-3', about: 'a < b', priority: 'High' };

function row(id: number, values: JsonObject = written, version = 1): JsonObject {
  return { id, version, cells: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { id: name, value }])) };
}

function open(rows: JsonValue, config: JsonObject = {}) {
  const cells = [
    { column: 'ticket', value: 'SD-3' },
    { column: 'about', value: 'a < b' },
    { column: 'priority', value: 'High' },
  ];
  const bench = testNode(node, { incidentId: 5, table: 'ticket_log', cells, ...config }, { catalogue });
  bench.platform.answer('GET', path, { body: { rows } });
  return { ...bench, find: (mark: JsonValue = { lastRowId: 92 }) => bench.check({ intendedAtMs: 5, mark }) };
}

test('[N29] the highest row id is kept before the write, 0 for an empty table', async () => {
  expect(await open([row(91), row(92), row(4)]).mark()).toEqual({ lastRowId: 92 });
  expect(await open([]).mark()).toEqual({ lastRowId: 0 });
});

test('[N29] what cannot be written is refused before the table is read', async () => {
  const bench = open([], { cells: [{ column: 'tickt', value: 'x' }] });
  await expect(bench.mark()).rejects.toMatchObject({ code: 'SOAR_FIELD_UNKNOWN' });
  expect(bench.platform.requests).toEqual([]);
});

test.each([['High'], [71]])('[N29] the newer row with the cells, its select as %j, is the one of the step', async (priority) => {
  const made = row(93, { ...written, priority });
  const rows = [row(92), row(94, { ...written, ticket: 'SD-4' }), made];
  expect(await open(rows).find()).toEqual({ written: true, emissions: [{ port: 'out', message: made }] });
});

test('[N29] an equal row that was there before is not, and neither is a newer one with other cells', async () => {
  expect(await open([row(91), row(92), row(93, { ...written, priority: 'Low' })]).find()).toEqual({ written: false });
});

test.each([
  ['several such rows', [row(93), row(94)], 'has several such rows since then: 93, 94'],
  ['a newer row that was changed', [row(93, { ticket: 'SD-9' }, 2)], 'rows 93 of table "ticket_log" may be it'],
  ['a newer row whose text has another form', [row(93, { ...written, about: '<div>a &lt; b</div>' })], 'rows 93'],
])('[N29] with %s it cannot be told', async (_, rows, reason) => {
  expect(await open(rows).find()).toEqual({ written: 'unknown', reason: expect.stringContaining(reason) });
});

test('[N29] without the mark it cannot be told', async () => {
  expect(await open([]).find(null)).toMatchObject({ written: 'unknown' });
});

test('[N29] an empty text that came back as an empty cell does not hide the row', async () => {
  const config = { cells: [{ column: 'ticket', value: '' }] };
  expect(await open([row(93, {})], config).find()).toMatchObject({ written: 'unknown' });
});
