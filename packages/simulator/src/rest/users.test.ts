import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
let caller: PlatformCaller;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
});

afterAll(async () => {
  await caller.close();
  await simulator.close();
});

test('[R124] people are read by id and found by conditions, each with the groups it is in', async () => {
  const found = await caller.org('POST', '/users/query_paged?return_level=partial', {
    filters: [{ conditions: [{ field_name: 'email', method: 'contains', value: 'analyst@' }] }],
  });
  expect(found.body).toMatchObject({
    recordsFiltered: 1,
    data: [{ fname: 'Hugo', lname: 'Almeida', email: 'analyst@harbour.example', status: 'A', org_id: 201 }],
  });
  const [group] = [found.at('data.0.group_ids.0')];
  expect((await caller.org('GET', `/users/${found.at('data.0.id')}`)).body).toEqual(found.at('data.0'));
  expect((await caller.org('GET', `/groups/${group}`)).body).toMatchObject({
    name: 'Fraud Desk',
    export_key: 'Fraud Desk',
    members: [found.at('data.0.id')],
  });
  expect((await caller.org('GET', '/groups')).body).toMatchObject([{ id: group }]);
});

test.each(['/users/999', '/groups/999', '/users/x'])('[R124] %s is not found', async (path) => {
  expect((await caller.org('GET', path)).status).toBe(404);
});
