import type { JsonValue } from '@wirebook/errors';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeTestCertificates } from './certificates.stand-in.ts';
import { type ClientUnderTest, openClient } from './client.stand-in.ts';
import { readOrganizationDefinitions } from './organization-definitions.ts';
import { type PreparedAnswer, type StandIn, startStandIn } from './platform.stand-in.ts';

let platform: StandIn;
let under: ClientUnderTest;
/** Answers by path below the organisation. */
let served: Record<string, PreparedAnswer> = {};

const input = (id: number, name: string) => ({ id, name, text: name.toUpperCase(), input_type: 'text', uuid: `uuid-${id}`, values: [] });
const column = (id: number, name: string, order: number) => ({ ...input(id, name), order });
const lists: Readonly<Record<string, JsonValue>> = {
  '/types': {
    incident: { type_id: 0, display_name: 'Incident', fields: { a: input(1, 'a') } },
    __function: { type_id: 11, display_name: 'Function', fields: { one: input(7, 'one'), two: input(8, 'two') } },
    log: { type_id: 8, display_name: 'Log', fields: { last: column(21, 'last', 1), first: column(22, 'first', 0) } },
    odd: 'no type',
  },
  '/functions': {
    entities: [
      {
        id: 3,
        name: 'look',
        display_name: 'Look',
        description: { format: 'text', content: 'Looks it up' },
        destination_handle: 9,
        view_items: [
          { element: 'field_uuid', content: 'uuid-8' },
          { element: 'header', content: 'x' },
          { element: 'field_uuid', content: 'uuid-7' },
        ],
      },
      { name: 'without id' },
    ],
  },
  '/message_destinations': {
    entities: [{ id: 9, programmatic_name: 'fn', name: 'Functions', expect_ack: false }],
  },
  '/actions': {
    entities: [
      { id: 41, name: 'Menu', type: 1, object_type: 'artifact', message_destinations: ['fn'], enabled: false },
      { id: 42, name: 'Auto', type: 0, object_type: 'incident', message_destinations: [9, 77] },
    ],
  },
};

beforeAll(async () => {
  const certificates = makeTestCertificates();
  platform = await startStandIn(certificates.valid);
  platform.answer = ({ path }) => served[path.replace('/orgs/201', '')];
  under = await openClient(platform, { caPem: certificates.caPem });
});
beforeEach(() => {
  served = Object.fromEntries(Object.entries(lists).map(([path, json]) => [path, { json }]));
});
afterAll(async () => {
  await under.client.close();
  await platform.close();
});

test('[R58] functions come with their inputs in the order of the form, tables with their columns in order, handles as names', async () => {
  const { functions, destinations, rules, types, forbidden } = await readOrganizationDefinitions(under.startRun());
  expect(functions).toMatchObject([{ name: 'look', displayName: 'Look', description: 'Looks it up', destination: 'fn' }]);
  expect(functions[0]?.inputs.map(({ name }) => name)).toEqual(['two', 'one']);
  expect(destinations).toEqual([{ id: 9, name: 'fn', label: 'Functions', expectsAck: false }]);
  expect(rules).toEqual([
    { id: 41, name: 'Menu', objectType: 'artifact', kind: 'menu-item', destinations: ['fn'], isEnabled: false },
    { id: 42, name: 'Auto', objectType: 'incident', kind: 'automatic', destinations: ['fn'], isEnabled: true },
  ]);
  expect(types.map(({ name, isTable }) => [name, isTable])).toEqual([
    ['incident', false],
    ['__function', false],
    ['log', true],
  ]);
  expect(types[2]?.fields.map(({ name }) => name)).toEqual(['first', 'last']);
  expect(forbidden).toEqual([]);
});

test('[R59] a list that the account may not read is empty and named; every other failure is one', async () => {
  served['/actions'] = { status: 403, json: { message: 'no' } };
  await expect(readOrganizationDefinitions(under.startRun())).resolves.toMatchObject({ rules: [], forbidden: ['/actions'] });
  served['/functions'] = { json: { no: 'entities' } };
  await expect(readOrganizationDefinitions(under.startRun())).rejects.toMatchObject({ code: 'SOAR_RESPONSE_INVALID' });
});
