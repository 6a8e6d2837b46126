import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { rowCheck } from './check-row.ts';
import { soarTableRow } from './descriptor.ts';
import { executeTableRow } from './execute.ts';

const node = defineNode(soarTableRow, executeTableRow, rowCheck);
const path = '/incidents/2314/table_data/ticket_log';

const catalogue = {
  fields: {
    ticket_log: [
      createField({ name: 'ticket', inputType: 'text', label: 'Ticket' }),
      createField({ name: 'opened_on', inputType: 'datetimepicker' }),
      createField({ name: 'priority', inputType: 'select', values: createSelectValues(70, ['Low', 'Medium', 'High', 'Critical']) }),
      createField({ name: 'queue_position', inputType: 'number' }),
      createField({ name: 'teams', inputType: 'multiselect', values: createSelectValues(80, ['Network', 'Mail']) }),
      createField({ name: 'is_open', inputType: 'boolean' }),
    ],
  },
};

function row(id: number, values: JsonObject, version = 1): JsonObject {
  const names = ['ticket', 'opened_on', 'priority', 'queue_position', 'teams', 'is_open'];
  const cells = names.map((name) => [name, { id: name, row_id: id, ...(Object.hasOwn(values, name) ? { value: values[name] } : {}) }]);
  return { id, version, cells: Object.fromEntries(cells), type_id: 1001, actions: [] };
}

const mailRow = row(91, { ticket: 'SD-1', priority: 'High', queue_position: 1, teams: ['Mail', 'Network'], opened_on: 1607299200000 }, 3);
const cardRow = row(92, { ticket: 'SD-2', priority: 'Low', teams: [], is_open: false });

function open(config: JsonObject, rows: readonly JsonObject[] = [mailRow, cardRow]) {
  const bench = testNode(node, { incidentId: 2314, table: 'ticket_log', ...config }, { catalogue });
  bench.platform.answer('GET', path, { body: { rows } });
  bench.platform.answer('POST', `${path}/row_data`, { body: row(93, { ticket: 'SD-3' }) });
  bench.platform.answer('PUT', `${path}/row_data/91`, { body: { id: 91, version: 4, cells: {} } });
  return bench;
}

function callsOf(bench: ReturnType<typeof open>) {
  return bench.platform.requests.map(({ method, path: asked, handleFormat }) => `${method} ${asked} ${handleFormat}`);
}

const key = ['ticket'];

test('[N22] mode add writes a new row by column name, with ids for labels, and hands it on', async () => {
  const cells = [
    { column: 'ticket', value: 'SD-3' },
    { column: 'priority', value: 'Critical' },
    { column: 'teams', value: ['Mail', 80] },
    { column: 'opened_on', value: '2026-03-01T12:00:00Z' },
    { column: 'is_open', value: true },
  ];
  const bench = open({ cells });
  await bench.send({});
  expect(callsOf(bench)).toEqual([`POST ${path}/row_data names`]);
  expect(bench.platform.requests[0]?.body).toEqual({
    cells: {
      ticket: { value: 'SD-3' },
      priority: { value: 73 },
      teams: { value: [81, 80] },
      opened_on: { value: Date.UTC(2026, 2, 1, 12) },
      is_open: { value: true },
    },
  });
  expect(bench.sent('out')).toMatchObject([{ id: 93 }]);
});

test.each(['update', 'upsert'])(
  '[N23] mode %s changes the row that the key finds and sends its other cells back as they came',
  async (mode) => {
    const bench = open({
      mode,
      key,
      cells: [
        { column: 'ticket', value: 'SD-1' },
        { column: 'priority', value: 'Critical' },
        { column: 'is_open', value: true },
      ],
    });
    await bench.send({});
    expect(callsOf(bench)).toEqual([`GET ${path} names`, `PUT ${path}/row_data/91 names`]);
    expect(bench.platform.requests[1]?.body).toEqual({
      version: 3,
      cells: {
        ticket: { value: 'SD-1' },
        opened_on: { value: 1607299200000 },
        priority: { value: 73 },
        queue_position: { value: 1 },
        teams: { value: ['Mail', 'Network'] },
        is_open: { value: true },
      },
    });
    expect(bench.sent('out')).toMatchObject([{ id: 91, version: 4 }]);
  },
);

test('[N23] a key of several columns compares labels with ids, lists in any order, and empty with empty', async () => {
  const config = {
    mode: 'update',
    key: ['priority', 'teams', 'is_open'],
    cells: [
      { column: 'priority', value: 72 },
      { column: 'teams', value: ['Network', 'Mail'] },
      { column: 'is_open', value: null },
      { column: 'queue_position', value: 2 },
    ],
  };
  const bench = open(config);
  await bench.send({});
  expect(callsOf(bench).at(-1)).toBe(`PUT ${path}/row_data/91 names`);
});

test('[N23] a row that has these values already is not written', async () => {
  const bench = open({
    mode: 'upsert',
    key,
    cells: [
      { column: 'ticket', value: 'SD-1' },
      { column: 'priority', value: 'High' },
    ],
  });
  await bench.send({});
  expect(callsOf(bench)).toEqual([`GET ${path} names`]);
  expect(bench.sent('out')).toEqual([mailRow]);
  expect(bench.log.lines).toMatchObject([{ level: 'info', text: expect.stringContaining('nothing was written') }]);
});

test('[N24] after a 409 the row is read again and the cells of the other editor stay', async () => {
  const bench = open({
    mode: 'update',
    key,
    cells: [
      { column: 'ticket', value: 'SD-1' },
      { column: 'is_open', value: true },
    ],
  });
  const changed = row(91, { ticket: 'SD-1', priority: 'Low', queue_position: 5, teams: [] }, 4);
  bench.platform.answer('GET', path, { body: { rows: [mailRow] } }, { body: { rows: [changed] } });
  bench.platform.answer('PUT', `${path}/row_data/91`, { status: 409 }, { body: { id: 91 } });
  await bench.send({});
  expect(bench.platform.requests.at(-1)?.body).toEqual({
    version: 4,
    cells: {
      ticket: { value: 'SD-1' },
      priority: { value: 'Low' },
      queue_position: { value: 5 },
      teams: { value: [] },
      is_open: { value: true },
    },
  });
});

test('[N25] mode upsert adds the row when the key finds none', async () => {
  const bench = open({ mode: 'upsert', key, cells: [{ column: 'ticket', value: 'SD-3' }] });
  await bench.send({});
  expect(callsOf(bench)).toEqual([`GET ${path} names`, `POST ${path}/row_data names`]);
  expect(bench.sent('out')).toMatchObject([{ id: 93 }]);
});

test('[N25] mode update is an error when the key finds no row', async () => {
  const bench = open({ mode: 'update', key, cells: [{ column: 'ticket', value: 'SD-3' }] });
  expect(await bench.send({})).toMatchObject({
    emitted: [],
    error: {
      code: 'SOAR_ROW_NOT_FOUND',
      message: 'table "ticket_log" of incident 2314 has no row with ticket = "SD-3"; mode upsert would add it',
    },
  });
});

test.each(['update', 'upsert'])('[N25] mode %s is an error that names the rows when the key finds more than one', async (mode) => {
  const bench = open({ mode, key, cells: [{ column: 'ticket', value: 'SD-1' }] }, [mailRow, cardRow, row(95, { ticket: 'SD-1' })]);
  expect((await bench.send({})).error).toMatchObject({
    code: 'SOAR_ROW_AMBIGUOUS',
    message: 'table "ticket_log" of incident 2314 has 2 rows with ticket = "SD-1": rows 91, 95',
  });
});

test.each([
  [{ table: 'tickets', cells: [{ column: 'ticket', value: 'x' }] }, 'SOAR_TABLE_UNKNOWN', 'table "tickets" does not exist'],
  [{ table: '../../users', cells: [{ column: 'ticket', value: 'x' }] }, 'SOAR_TABLE_UNKNOWN', 'table "../../users" does not exist'],
  [
    { cells: [{ column: 'tickt', value: 'x' }] },
    'SOAR_FIELD_UNKNOWN',
    'field "tickt" does not exist in table "ticket_log"; did you mean ticket?',
  ],
  [{ cells: [{ column: '__proto__', value: 'x' }] }, 'SOAR_FIELD_UNKNOWN', 'field "__proto__"'],
  [{ cells: [{ column: 'priority', value: 'Urgent' }] }, 'SOAR_SELECT_VALUE_UNKNOWN', 'it has: Low, Medium, High, Critical'],
  [{ cells: [{ column: 'queue_position', value: 0.5 }] }, 'SOAR_NUMBER_NOT_INTEGER', 'it got 0.5'],
  [{ cells: [{ column: 'ticket', value: 1 }] }, 'NODE_INPUT_INVALID', 'give a text'],
  [
    {
      cells: [
        { column: 'ticket', value: 'a' },
        { column: 'ticket', value: 'b' },
      ],
    },
    'NODE_INPUT_INVALID',
    'column "ticket" is set twice',
  ],
  [
    { mode: 'update', cells: [{ column: 'ticket', value: 'a' }] },
    'NODE_INPUT_INVALID',
    'field "key": mode update needs at least one column',
  ],
  [
    { mode: 'upsert', key: ['priority'], cells: [{ column: 'ticket', value: 'a' }] },
    'NODE_INPUT_INVALID',
    'field "key": column "priority" has no value among the cells (ticket)',
  ],
])('[N26] nothing is read or written for %j', async (config, code, problem) => {
  const bench = open(config);
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code, message: expect.stringContaining(problem) } });
  expect(bench.platform.requests).toEqual([]);
});

test.each([[null], [{ rows: 'none' }], [{ rows: [{ id: 'a', cells: {} }] }], [{ rows: [{ id: 1 }] }]])(
  '[N26] an answer that is no list of rows is an error: %j',
  async (body) => {
    const bench = open({ mode: 'update', key, cells: [{ column: 'ticket', value: 'x' }] });
    bench.platform.answer('GET', path, { body });
    expect((await bench.send({})).error).toMatchObject({ code: 'SOAR_RESPONSE_INVALID', message: expect.stringContaining(`GET ${path}`) });
  },
);

test('[N12] a row that the platform refuses keeps its code', async () => {
  const bench = open({ cells: [{ column: 'priority', value: 'Low' }] });
  bench.platform.answer('POST', `${path}/row_data`, { status: 400, body: { message: 'Field ticket is required.' } });
  expect((await bench.send({})).error).toMatchObject({
    code: 'SOAR_BAD_REQUEST',
    message: expect.stringContaining('Field ticket is required.'),
  });
});

test.each([
  [{ incidentId: 1, table: 't' }],
  [{ incidentId: 1, cells: [{ column: 'a', value: 1 }] }],
  [{ incidentId: 1, table: 't', cells: [] }],
  [{ incidentId: 'one', table: 't', cells: [{ column: 'a', value: 1 }] }],
  [{ incidentId: 1, table: 't', mode: 'delete', cells: [{ column: 'a', value: 1 }] }],
  [{ incidentId: 1, table: 't', cells: [{ column: 'a' }] }],
])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.table-row: config');
});
