import { afterAll, beforeAll, expect, test } from 'vitest';
import { valueAt } from '../json-value.ts';
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

test('[R7] the organisation says that its action module is on', async () => {
  const answer = await caller.org('GET', '');
  expect(answer.body).toMatchObject({ id: 201, actions_framework_enabled: true, users: { '1': { email: simulator.email } } });
});

test('[R8] const names version, input types and the enumerations of the action module', async () => {
  const answer = await caller.call('GET', '/const', { headers: caller.basic });
  expect(answer.body).toMatchObject({
    server_version: { major: 51 },
    input_types: { boolean: { supported_methods: expect.arrayContaining(['changed_to']) } },
    actions_framework: {
      action_invocation_statuses: { '0': 'Complete', '1': 'Pending', '2': 'Error', '3': 'Timed Out' },
      action_invocation_message_types: { '0': 'Information', '1': 'Error', '2': 'Warning' },
    },
    max_page_size: 100,
  });
});

test('[R9] types are shown by name and by id, and a table has an id of its own', async () => {
  const all = await caller.org('GET', '/types');
  expect(all.body).toMatchObject({
    incident: { id: 0, type_id: 0 },
    artifact: { id: 4 },
    ticket_log: { type_id: 8, parent_types: ['incident'] },
  });
  const tableId = all.at('ticket_log.id');
  expect(tableId).toBeGreaterThanOrEqual(1001);
  expect((await caller.org('GET', `/types/${tableId}`)).at('type_name')).toBe('ticket_log');
  expect((await caller.org('GET', '/types/nothing')).status).toBe(404);
});

test('[R9] the fields of a type are a list whose select values are a list', async () => {
  const answer = await caller.org('GET', '/types/incident/fields');
  expect(Array.isArray(answer.body)).toBe(true);
  const fields = Array.isArray(answer.body) ? answer.body : [];
  const byName = (name: string) => fields.find((field) => valueAt(field, 'name') === name);
  expect(byName('discovered_date')).toMatchObject({ required: 'always', prefix: null, input_type: 'datetimepicker', internal: true });
  expect(byName('resolution_id')).toMatchObject({ required: 'close' });
  expect(byName('containment_stage')).toMatchObject({
    prefix: 'properties',
    internal: false,
    values: [
      { value: expect.any(Number), label: 'Not begun', enabled: true },
      { label: 'Isolated' },
      { label: 'Cleaned' },
      { label: 'Back in service' },
    ],
  });
});

test('[R10] a function is found by name or id, and its destination is an id or a name', async () => {
  const list = await caller.org('GET', '/functions');
  const id = list.at('entities.0.id');
  const byId = await caller.org('GET', `/functions/${id}`);
  const byName = await caller.org('GET', '/functions/lookup_model_by_id?handle_format=names');
  expect(byId.at('name')).toBe('lookup_model_by_id');
  expect(byId.at('destination_handle')).toBeTypeOf('number');
  expect(byName.at('destination_handle')).toBe('fn_models');
  expect((await caller.org('GET', '/functions/no_such')).status).toBe(404);
});

test('[R10] the inputs of a function are joined with the fields by uuid', async () => {
  const definition = await caller.org('GET', '/functions/lookup_model_by_id');
  const fields = await caller.org('GET', '/types/__function/fields');
  const uuid = definition.at('view_items.0.content');
  const match = (Array.isArray(fields.body) ? fields.body : []).find((field) => valueAt(field, 'uuid') === uuid);
  expect(match).toMatchObject({ name: 'model_id', type_id: 11, prefix: null, required: 'always' });
});

test('[R11] rules are listed with ids, or with names', async () => {
  const ids = await caller.org('GET', '/actions');
  expect(ids.at('entities.0')).toMatchObject({
    name: 'Lookup Model',
    type: 1,
    object_type: 4,
    timeout_seconds: 86_400,
    workflows: [expect.any(Number)],
  });
  const names = await caller.org('GET', '/actions?handle_format=names');
  expect(names.at('entities.1')).toMatchObject({ name: 'Create Ticket', object_type: 'incident', message_destinations: ['ticket_desk'] });
  expect(names.at('entities.1.view_items')).toMatchObject([
    { element: 'header' },
    { element: 'field_uuid', field_type: 'actioninvocation' },
    {},
  ]);
});

test('[R12] a destination is created, changed and deleted', async () => {
  const created = await caller.org('POST', '/message_destinations', { programmatic_name: 'new.queue', api_keys: [], users: [1] });
  expect(created.body).toMatchObject({ name: 'new.queue', expect_ack: true, destination_type: 0, users: [1], api_keys: [] });
  const path = `/message_destinations/${created.at('id')}`;
  const changed = await caller.org('PUT', path, {
    name: 'New',
    programmatic_name: 'new.queue',
    expect_ack: false,
    users: [],
    api_keys: [5],
  });
  expect(changed.body).toMatchObject({ name: 'New', expect_ack: false, users: [], api_keys: [5] });
  expect((await caller.org('GET', path)).body).toEqual(changed.body);
  expect((await caller.org('DELETE', path)).body).toMatchObject({ success: true });
  expect((await caller.org('GET', path)).status).toBe(404);
});

test('[R13] an organisation without connectors has no connector queues', async () => {
  expect((await caller.org('GET', '/connectors/queues')).body).toEqual({ queues: ['connectors.201.main'], org_id: 201 });
});
