import { afterAll, beforeAll, expect, test } from 'vitest';
import { type JsonObject, valueAt } from '../json-value.ts';
import { createPlatformCaller, objectOf, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
let caller: PlatformCaller;
let incidentPath: string;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
  const answer = await caller.org('POST', '/incidents', { name: 'Parent', discovered_date: 1 });
  incidentPath = `/incidents/${answer.at('id')}`;
});

afterAll(async () => {
  await caller.close();
  await simulator.close();
});

test('[R23] notes are read as trees, and plain content becomes HTML', async () => {
  const first = await caller.org('POST', `${incidentPath}/comments`, { text: 'one' });
  expect(first.body).toMatchObject({ text: 'one', children: [], parent_id: null });
  const answered = await caller.org('POST', `${incidentPath}/comments`, {
    text: { format: 'text', content: 'a < b\nc' },
    parent_id: first.at('id'),
  });
  expect(answered.body).toMatchObject({ text: 'a &lt; b<br />c' });
  await caller.org('POST', `${incidentPath}/comments`, { text: { format: 'html', content: '<b>two</b>' } });
  const list = await caller.org('GET', `${incidentPath}/comments`);
  expect(list.body).toMatchObject([
    { text: 'one', children: [{ text: 'a &lt; b<br />c' }] },
    { text: '<b>two</b>', children: [] },
  ]);
  expect((await caller.org('POST', `${incidentPath}/comments`, {})).at('message')).toBe('Field text is required.');
});

test('[R24] adding an artifact answers a list, one entry for each line where the type takes several', async () => {
  const one = await caller.org('POST', `${incidentPath}/artifacts`, { type: 'String', value: 'two\nlines', description: 'd' });
  expect(one.body).toMatchObject([{ type: 29, value: 'two\nlines', description: 'd' }]);
  const several = await caller.org('POST', `${incidentPath}/artifacts?handle_format=names`, { type: 1, value: '192.0.2.1\n192.0.2.2\n' });
  expect(several.body).toMatchObject([
    { type: 'IP Address', value: '192.0.2.1' },
    { type: 'IP Address', value: '192.0.2.2' },
  ]);
  const list = await caller.org('GET', `${incidentPath}/artifacts`);
  const page = await caller.org('POST', `${incidentPath}/artifacts/query_paged`, {});
  expect(Array.isArray(list.body) ? list.body.length : 0).toBe(3);
  expect(page.at('data')).toEqual(list.body);
  expect((await caller.org('POST', `${incidentPath}/artifacts`, { type: 'Nonsense', value: 'x' })).status).toBe(400);
  expect((await caller.org('POST', `${incidentPath}/artifacts`, { type: 1 })).at('message')).toBe('Field value is required.');
});

async function addRow(cells: JsonObject): Promise<JsonObject> {
  const answer = await caller.org('POST', `${incidentPath}/table_data/ticket_log/row_data?handle_format=names`, { cells });
  expect(answer.status).toBe(200);
  return objectOf(answer.body);
}

test('[R25] rows are keyed by column name or id; an empty cell has no value, an empty multiselect an empty list', async () => {
  const row = await addRow({ ticket: { value: 'SD-1' }, priority: { value: 'High' }, is_open: { value: null } });
  expect(row).toMatchObject({ version: 1, table_name: 'Ticket Log', cells: { ticket: { id: 'ticket', row_id: row.id, value: 'SD-1' } } });
  expect(valueAt(row, 'cells.priority')).toEqual({ id: 'priority', row_id: row.id, value: 'High' });
  expect(valueAt(row, 'cells.is_open')).toEqual({ id: 'is_open', row_id: row.id });
  expect(valueAt(row, 'cells.teams')).toEqual({ id: 'teams', row_id: row.id, value: [] });
  const type = await caller.org('GET', '/types/ticket_log');
  const column = String(type.at('fields.priority.id'));
  const rows = await caller.org('GET', `${incidentPath}/table_data/${type.at('id')}`);
  expect(valueAt(rows.body, `rows.0.cells.${column}`)).toEqual({ id: column, row_id: row.id, value: expect.any(Number) });
  expect((await caller.org('GET', `${incidentPath}/table_data/no_table`)).status).toBe(404);
});

test.each([
  ['an unknown column', { ticket: { value: 'x' }, colour: { value: 1 } }, /no column colour/],
  ['a missing required column', { priority: { value: 'Low' } }, /Field ticket is required/],
  ['a fraction', { ticket: { value: 'x' }, queue_position: { value: 0.5 } }, /Field queue_position takes a whole number/],
])('[R25] a row with %s is refused', async (_name, cells, message) => {
  const answer = await caller.org('POST', `${incidentPath}/table_data/ticket_log/row_data`, { cells });
  expect(answer.status).toBe(400);
  expect(answer.at('message')).toMatch(message);
});

test('[R26] a PUT replaces all cells and raises the version; a stale one is 409', async () => {
  const row = await addRow({ ticket: { value: 'SD-2' }, queue_position: { value: 4 } });
  const path = `${incidentPath}/table_data/ticket_log/row_data/${row.id}?handle_format=names`;
  const changed = await caller.org('PUT', path, { cells: { ticket: { value: 'SD-3' } }, version: 1 });
  expect(changed.body).toMatchObject({ version: 2, cells: { ticket: { value: 'SD-3' } } });
  expect(changed.at('cells.queue_position')).not.toHaveProperty('value');
  expect((await caller.org('PUT', path, { cells: { ticket: { value: 'SD-4' } }, version: 1 })).status).toBe(409);
  expect((await caller.org('DELETE', path)).body).toMatchObject({ success: true });
  expect((await caller.org('PUT', path, { cells: { ticket: { value: 'x' } } })).status).toBe(404);
});
