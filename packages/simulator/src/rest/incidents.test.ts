import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../json-value.ts';
import { createPlatformCaller, objectOf, type PlatformCaller } from '../platform-caller.stand-in.ts';
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

async function createIncident(body: JsonObject = {}): Promise<JsonObject> {
  const answer = await caller.org('POST', '/incidents', { name: 'Probe', discovered_date: 1_700_000_000_000, ...body });
  expect(answer.status).toBe(200);
  return objectOf(answer.body);
}

test('[R14] a new incident is answered whole, with vers 2 and the writer as its creator', async () => {
  const incident = await createIncident({ properties: { branch_name: 'North' } });
  expect(incident).toMatchObject({
    name: 'Probe',
    vers: 2,
    org_id: 201,
    plan_status: 'A',
    properties: { branch_name: 'North', affected_systems: [] },
  });
  expect(incident).toMatchObject({ creator_principal: { type: 'apikey', name: simulator.apiKeyId } });
});

test.each([
  ['discovered_date', { name: 'x' }],
  ['name', { discovered_date: 1 }],
  ['name', { name: '', discovered_date: 1 }],
])('[R14] without %s the answer is 400 and names it', async (field, body) => {
  const answer = await caller.org('POST', '/incidents', body);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    success: false,
    title: null,
    message: `Field ${field} is required.`,
    hints: ['field_defs'],
    error_code: 'generic',
  });
});

test('[R15] reads follow handle_format of the query or the header; writes take ids, labels and objects', async () => {
  const incident = await createIncident({
    severity_code: 'High',
    incident_type_ids: [22, 'Malware'],
    properties: { containment_stage: 'Cleaned' },
  });
  expect(incident).toMatchObject({ severity_code: 52, incident_type_ids: [22, 19], plan_status: 'A' });
  const names = await caller.org('GET', `/incidents/${incident.id}?handle_format=names`);
  expect(names.body).toMatchObject({
    severity_code: 'High',
    incident_type_ids: ['Phishing', 'Malware'],
    plan_status: 'Active',
    properties: { containment_stage: 'Cleaned' },
  });
  const objects = await caller.call('GET', `/orgs/201/incidents/${incident.id}`, {
    headers: { ...caller.basic, handle_format: 'objects' },
  });
  expect(objects.body).toMatchObject({ severity_code: { id: 52, name: 'High' } });
  const copy = await createIncident(objectOf(names.body));
  expect(copy).toMatchObject({ severity_code: 52, incident_type_ids: [22, 19] });
  expect((await caller.org('GET', `/incidents/${incident.id}?handle_format=emoji`)).status).toBe(400);
});

test.each([
  ['affected_accounts', { affected_accounts: 1.5 }, 'a whole number'],
  ['affected_accounts', { affected_accounts: '3' }, 'a whole number'],
  ['members_informed', { members_informed: 'yes' }, 'true or false'],
  ['containment_stage', { containment_stage: 'Unheard of' }, 'one of: Not begun'],
  ['affected_systems', { affected_systems: 'Mail' }, 'a list'],
  ['next_review_date', { next_review_date: '2026-01-01' }, 'whole milliseconds'],
])('[R16] a value that %s cannot hold is refused: %j', async (field, properties, wanted) => {
  const answer = await caller.org('POST', '/incidents', { name: 'x', discovered_date: 1, properties });
  expect(answer.status).toBe(400);
  expect(answer.at('message')).toContain(`Field ${field} takes ${wanted}`);
});

test('[R17] a PUT with the current vers replaces the incident, any other is 409 and changes nothing', async () => {
  const read = await createIncident();
  const path = `/incidents/${read.id}`;
  const changed = await caller.org('PUT', path, { ...read, name: 'Second' });
  expect(changed.body).toMatchObject({ name: 'Second', vers: 3 });
  const stale = await caller.org('PUT', path, { ...read, name: 'Third' });
  expect(stale.status).toBe(409);
  expect(stale.body).toMatchObject({ success: false, title: null, hints: [], error_code: 'generic' });
  expect((await caller.org('PUT', path, { name: 'No vers', discovered_date: 1 })).status).toBe(409);
  expect((await caller.org('GET', path)).body).toEqual(changed.body);
});

test('[R18] a writable field left out of a PUT is cleared, what the platform keeps itself stays', async () => {
  const read = await createIncident({ city: 'Westhaven', properties: { branch_name: 'North', affected_accounts: 3 } });
  const changed = await caller.org('PUT', `/incidents/${read.id}`, {
    vers: read.vers,
    name: 'Short',
    discovered_date: 5,
    create_date: 1,
    properties: { affected_accounts: 4 },
  });
  expect(changed.body).toMatchObject({ name: 'Short', city: null, create_date: read.create_date, creator: read.creator });
  expect(changed.at('properties')).toMatchObject({ branch_name: null, affected_accounts: 4 });
});

test('[R19] closing needs the fields required on close, and dates the end', async () => {
  const read = await createIncident();
  const path = `/incidents/${read.id}`;
  const refused = await caller.org('PUT', path, { ...read, plan_status: 'C' });
  expect(refused.status).toBe(400);
  expect(refused.at('message')).toBe('Field resolution_id is required.');
  const closed = await caller.org('PUT', path, { ...read, plan_status: 'Closed', resolution_id: 'Resolved', resolution_summary: 'done' });
  expect(closed.body).toMatchObject({ plan_status: 'C', resolution_id: 56, end_date: expect.any(Number) });
});

function change(field: string, oldValue: unknown, newValue: unknown) {
  return { field, old_value: { object: oldValue }, new_value: { object: newValue } };
}

test('[R20] a PATCH with the current version changes its fields, also custom ones by bare name', async () => {
  const read = await createIncident({ properties: { branch_name: 'North' } });
  const path = `/incidents/${read.id}`;
  const changes = [change('name', 'not looked at', 'Patched'), change('branch_name', null, 'South'), change('severity_code', null, 'Low')];
  const answer = await caller.org('PATCH', path, { changes, version: read.vers });
  expect(answer.body).toEqual({ success: true, title: null, message: null, hints: [] });
  expect((await caller.org('GET', path)).body).toMatchObject({
    name: 'Patched',
    vers: 3,
    severity_code: 50,
    properties: { branch_name: 'South' },
  });
});

test('[R20] a conflicting PATCH is answered 200 with the failed fields, and changes nothing', async () => {
  const read = await createIncident();
  const path = `/incidents/${read.id}`;
  const changes = [change('name', 'the wrong value', 'x'), change('properties.branch_name', null, 'South')];
  const answer = await caller.org('PATCH', path, { changes, version: Number(read.vers) - 1 });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    success: false,
    message: expect.stringMatching(/conflicting edit by another user\. {2}The following field\(s\) were in conflict: {2}name\.$/),
    field_failures: [{ field: 'name', your_original_value: 'the wrong value', actual_current_value: 'Probe' }],
  });
  expect((await caller.org('GET', path)).body).toEqual(read);
  const retried = await caller.org('PATCH', path, { changes: [change('name', 'Probe', 'x'), ...changes.slice(1)] });
  expect(retried.body).toMatchObject({ success: true });
});

test('[R20] many incidents are patched at once, with objects for fields', async () => {
  const [first, second] = [await createIncident(), await createIncident()];
  const patch = (oldText: string) => ({
    changes: [{ field: { name: 'zip' }, old_value: { text: oldText }, new_value: { text: '14294' } }],
    version: 1,
  });
  const answer = await caller.org('PUT', '/incidents/patch', {
    patches: { [String(first.id)]: patch(''), [String(second.id)]: patch('no') },
  });
  expect(Object.keys(objectOf(answer.at('failures')))).toEqual([String(second.id)]);
  expect((await caller.org('GET', `/incidents/${first.id}`)).at('zip')).toBe('14294');
});

test('[R21] a query filters by conditions, sorts and pages', async () => {
  for (const [name, accounts] of [
    ['Query a', 3],
    ['Query b', 1],
    ['Query c', 2],
  ] as const)
    await createIncident({ name, properties: { affected_accounts: accounts } });
  const query = (body: unknown) => caller.org('POST', '/incidents/query_paged?return_level=full', body);
  const named = { field_name: 'name', method: 'contains', value: 'query' };
  const sorts = [{ field_name: 'properties.affected_accounts', type: 'desc' }];
  const page = await query({ filters: [{ conditions: [named] }], sorts, start: 1, length: 1 });
  expect(page.body).toMatchObject({ recordsFiltered: 3, data: [{ name: 'Query c' }] });
  expect(Number(page.at('recordsTotal'))).toBeGreaterThan(5);
  const few = await query({
    filters: [
      { conditions: [named, { field_name: 'properties.affected_accounts', method: 'lt', value: 2 }] },
      { conditions: [named, { field_name: 'properties.affected_accounts', method: 'gt', value: 2 }], logic_type: 'all' },
    ],
    sorts,
  });
  expect(few.body).toMatchObject({ recordsFiltered: 2, data: [{ name: 'Query a' }, { name: 'Query b' }] });
  const active = await query({ filters: [{ conditions: [{ field_name: 'plan_status', method: 'equals', value: 'A' }, named] }] });
  expect(active.at('recordsFiltered')).toBe(3);
  const empty = await query({
    filters: [{ conditions: [named, { field_name: 'properties.branch_name', method: 'does_not_have_a_value' }] }],
  });
  expect(empty.at('recordsFiltered')).toBe(3);
  const list = await caller.org('POST', '/incidents/query', { filters: [{ conditions: [named] }] });
  expect(Array.isArray(list.body) ? list.body.length : 0).toBe(3);
});

test.each([
  [{ field_name: 'colour', method: 'equals', value: 1 }, /no incident field colour/],
  [{ field_name: 'name', method: 'sounds_like', value: 1 }, /method sounds_like is not known/],
])('[R21] a condition that means nothing is refused: %j', async (condition, message) => {
  const answer = await caller.org('POST', '/incidents/query_paged', { filters: [{ conditions: [condition] }] });
  expect(answer.status).toBe(400);
  expect(answer.at('message')).toMatch(message);
});

test('[R22] a deleted incident is gone', async () => {
  const { id } = await createIncident();
  expect((await caller.org('DELETE', `/incidents/${id}`)).body).toMatchObject({ success: true, hints: [] });
  expect((await caller.org('GET', `/incidents/${id}`)).status).toBe(404);
  expect((await caller.org('DELETE', `/incidents/${id}`)).status).toBe(404);
});

test('[R28] of concurrent PUTs that read the same vers exactly one succeeds', async () => {
  const read = await createIncident();
  const writes = ['a', 'b', 'c', 'd', 'e'].map((name) => caller.org('PUT', `/incidents/${read.id}`, { ...read, name }));
  const statuses = (await Promise.all(writes)).map((answer) => answer.status);
  expect(statuses.sort()).toEqual([200, 409, 409, 409, 409]);
});
