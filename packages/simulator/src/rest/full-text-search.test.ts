import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
let caller: PlatformCaller;
let incidentPath: string;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
  incidentPath = `/incidents/${(await caller.org('POST', '/incidents', { name: 'Zephyr at the branch', discovered_date: 1 })).at('id')}`;
});

afterAll(async () => {
  await caller.close();
  await simulator.close();
});

const find = (body: object, headers = caller.basic) => caller.call('POST', '/search_ex', { headers, body: { org_id: 201, ...body } });

test('[R126] a text is found in incidents and in what is below them, whatever its capitals, and only in the types that are wanted', async () => {
  await caller.org('POST', `${incidentPath}/comments`, { text: 'the ZEPHYR again' });
  await caller.org('POST', `${incidentPath}/artifacts`, { type: 'String', value: 'zephyr.exe', description: 'Zephyr itself' });
  const task = await caller.org('POST', `${incidentPath}/tasks`, { name: 'Look for zephyr' });
  const all = await find({ query: 'zephyr' });
  expect(all.at('results')).toHaveLength(4);
  expect(all.at('results.0')).toMatchObject({
    type_id: 'artifact',
    obj_name: 'zephyr.exe',
    org_id: 201,
    inc_name: 'Zephyr at the branch',
    match_field_name: 'value',
    match_highlights: [{ match_field_name: 'value' }, { match_field_name: 'description', match_field_value: 'Zephyr itself' }],
    result: { value: 'zephyr.exe' },
  });
  const some = await find({ query: 'Zephyr', types: ['task', 'note'] });
  expect(some.at('results')).toMatchObject([
    { type_id: 'task', obj_id: task.at('id'), task_id: task.at('id'), task_name: 'Look for zephyr' },
    { type_id: 'note', task_id: null },
  ]);
  expect((await find({ query: 'nothing like it' })).body).toEqual({ results: [] });
});

test('[R126] rows of tables are found by the name of their table', async () => {
  await caller.org('POST', `${incidentPath}/table_data/ticket_log/row_data?handle_format=names`, {
    cells: { ticket: { value: 'SD-zulu' } },
  });
  expect((await find({ query: 'sd-zulu', types: ['ticket_log'] })).at('results')).toMatchObject([
    { type_id: 'ticket_log', obj_name: 'Ticket Log' },
  ]);
});

test.each([
  [{ query: ' ' }, 400],
  [{ query: 'x', types: 'task' }, 400],
  [{ query: 'x', org_id: 'a' }, 400],
  [{ query: 'x', org_id: 202 }, 403],
])('[R126] %j is refused with %i', async (body, status) => {
  expect((await find(body)).status).toBe(status);
});

test('[R126] without a login nothing is found', async () => {
  expect((await find({ query: 'zephyr' }, { authorization: 'Basic eDp5' })).status).toBe(401);
});
