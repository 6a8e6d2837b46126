import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarIncidentSearch } from './descriptor.ts';
import { executeIncidentSearch } from './execute.ts';

const node = defineNode(soarIncidentSearch, executeIncidentSearch);
const catalogue = {
  fields: {
    incident: [
      createField({ name: 'create_date', inputType: 'datetimepicker' }),
      createField({ name: 'description', inputType: 'textarea' }),
      createField({ name: 'severity_code', inputType: 'select', values: createSelectValues(4, ['Low', 'Medium', 'High']) }),
      createField({ name: 'incident_type_ids', inputType: 'multiselect', values: createSelectValues(20, ['Malware', 'Phishing']) }),
      createField({ name: 'affected_accounts', inputType: 'number', prefix: 'properties' }),
    ],
  },
};

/** A platform with so many incidents, which it gives by pages. */
function open(config: JsonObject, count = 2) {
  const bench = testNode(node, config, { catalogue });
  bench.platform.answer('POST', '/incidents/query_paged', ({ body }) => {
    const { start, length } = isJsonObject(body ?? null) ? (body as JsonObject) : {};
    const data = Array.from({ length: count }, (_, index) => ({ id: index })).slice(Number(start), Number(start) + Number(length));
    return { body: { recordsTotal: 999, recordsFiltered: count, data } };
  });
  return bench;
}

const bodyOf = (bench: ReturnType<typeof open>): JsonValue | undefined => bench.platform.requests[0]?.body;

test('[N36] conditions reach the platform with ids for labels and names with their prefix, sorted as wanted', async () => {
  const bench = open({
    conditions: [
      { field: 'severity_code', method: 'in', value: ['High', 4] },
      { field: 'incident_type_ids', method: 'contains', value: 'Phishing' },
      { field: 'affected_accounts', method: 'gt', value: 3 },
      { field: 'description', method: 'contains', value: 'mail' },
      { field: 'create_date', method: 'gte', value: '2026-03-01' },
      { field: 'description', method: 'has_a_value', value: 'of no use' },
    ],
    logic: 'any',
    sortBy: 'properties.affected_accounts',
    direction: 'asc',
    handles: 'ids',
    fieldsRead: 'full',
  });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([{ query: { return_level: 'full' }, handleFormat: 'ids', repeatable: true }]);
  expect(bodyOf(bench)).toEqual({
    filters: [
      {
        conditions: [
          { field_name: 'severity_code', method: 'in', value: [6, 4] },
          { field_name: 'incident_type_ids', method: 'contains', value: 21 },
          { field_name: 'properties.affected_accounts', method: 'gt', value: 3 },
          { field_name: 'description', method: 'contains', value: 'mail' },
          { field_name: 'create_date', method: 'gte', value: Date.UTC(2026, 2, 1) },
          { field_name: 'description', method: 'has_a_value', value: null },
        ],
        logic_type: 'any',
      },
    ],
    sorts: [{ field_name: 'properties.affected_accounts', type: 'asc' }],
    start: 0,
    length: 100,
  });
});

test('[N36] without conditions all are found', async () => {
  const bench = open({});
  await bench.send({});
  expect(bodyOf(bench)).toMatchObject({ filters: [], sorts: [{ field_name: 'create_date', type: 'desc' }] });
  expect(bench.sent('out')).toEqual([[{ id: 0 }, { id: 1 }]]);
});

test('[N37] they are read by pages up to the limit, and the log says that there are more', async () => {
  const bench = open({ limit: 250 }, 1000);
  await bench.send({});
  expect(bench.platform.requests.map(({ body }) => body)).toMatchObject([
    { start: 0, length: 100 },
    { start: 100, length: 100 },
    { start: 200, length: 50 },
  ]);
  expect(bench.sent('out')[0]).toHaveLength(250);
  expect(bench.log.lines.map(({ text }) => text)).toEqual(['1000 incidents match, of which the first 250 go on']);
});

test('[N37] each on its own way leaves through its port, in order; with none nothing leaves', async () => {
  const bench = open({ output: 'each' }, 3);
  await bench.send({});
  expect(bench.sent('each')).toEqual([{ id: 0 }, { id: 1 }, { id: 2 }]);
  expect((await open({ output: 'each' }, 0).send({})).emitted).toEqual([]);
});

test.each([
  [{ conditions: [{ field: 'colour', method: 'equals', value: 1 }] }, 'SOAR_FIELD_UNKNOWN', 'colour'],
  [{ conditions: [{ field: 'severity_code', method: 'equals', value: 'Huge' }] }, 'SOAR_SELECT_VALUE_UNKNOWN', 'Huge'],
  [{ conditions: [{ field: 'severity_code', method: 'equals' }] }, 'NODE_INPUT_INVALID', 'needs a value'],
  [{ conditions: [{ field: 'description', method: 'contains', value: 5 }] }, 'NODE_INPUT_INVALID', 'give a text'],
  [{ sortBy: 'colour' }, 'SOAR_FIELD_UNKNOWN', 'colour'],
])('[N38] %j is refused before anything is asked', async (config, code, text) => {
  const bench = open(config);
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code, message: expect.stringContaining(text) } });
  expect(bench.platform.requests).toEqual([]);
});

test('[N38] an answer without a list is an error that says what was asked', async () => {
  const bench = testNode(node, {}, { catalogue });
  bench.platform.answer('POST', '/incidents/query_paged', { body: [] });
  expect(await bench.send({})).toMatchObject({
    error: { code: 'SOAR_RESPONSE_INVALID', message: expect.stringContaining('/incidents/query_paged') },
  });
});

test.each([[{ limit: 0 }], [{ limit: 10_001 }], [{ conditions: [{ field: 'x', method: 'like' }] }], [{ output: 'all' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.incident-search: config');
  },
);
