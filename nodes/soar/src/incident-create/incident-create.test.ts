import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { incidentCheck } from './check-incident.ts';
import { soarIncidentCreate } from './descriptor.ts';
import { executeIncidentCreate } from './execute.ts';

const node = defineNode(soarIncidentCreate, executeIncidentCreate, incidentCheck);
const catalogue = {
  fields: {
    incident: [
      createField({ name: 'name', inputType: 'text', required: 'always' }),
      createField({ name: 'discovered_date', inputType: 'datetimepicker', required: 'always' }),
      createField({ name: 'description', inputType: 'textarea' }),
      createField({ name: 'severity_code', inputType: 'select', values: createSelectValues(4, ['Low', 'Medium', 'High']) }),
      createField({ name: 'branch_name', inputType: 'text', prefix: 'properties', label: 'Branch' }),
    ],
  },
};
const demanding = {
  fields: {
    incident: catalogue.fields.incident.map((field) => (field.name === 'branch_name' ? { ...field, required: 'always' as const } : field)),
  },
};
const kept: JsonObject = { id: 2400, name: 'Lost laptop', vers: 2 };

function open(config: JsonObject, content: typeof catalogue | typeof demanding = catalogue) {
  const bench = testNode(node, { name: 'Lost laptop', ...config }, { catalogue: content });
  bench.platform.answer('POST', '/incidents', { body: kept });
  return bench;
}

test('[N32] the fields are sent as the platform takes them, custom ones below their prefix, and the incident goes on', async () => {
  const bench = open({
    discoveredDate: '2026-03-01T12:00:00Z',
    fields: [
      { field: 'severity_code', value: 'High' },
      { field: 'branch_name', value: 'Quay' },
      { field: 'description', value: 'x < y' },
    ],
  });
  await bench.send({});
  expect(bench.platform.requests).toEqual([
    {
      method: 'POST',
      path: '/incidents',
      query: { want_full_data: 'true' },
      body: {
        name: 'Lost laptop',
        discovered_date: Date.UTC(2026, 2, 1, 12),
        severity_code: 6,
        description: { format: 'text', content: 'x < y' },
        properties: { branch_name: 'Quay' },
      },
    },
  ]);
  expect(bench.sent('out')).toEqual([kept]);
});

test('[N32] without a date it was discovered now', async () => {
  const bench = open({});
  await bench.send({});
  expect(bench.platform.requests[0]?.body).toEqual({ name: 'Lost laptop', discovered_date: bench.clock.now() });
});

test.each([[[]], [[{ field: 'branch_name', value: null }]], [[{ field: 'properties.branch_name', value: '' }]]])(
  '[N33] with %j a field that the organisation requires is named, and nothing is sent',
  async (fields) => {
    const bench = open({ fields }, demanding);
    expect(await bench.send({})).toMatchObject({
      emitted: [],
      error: { code: 'SOAR_FIELD_REQUIRED', message: expect.stringContaining('"properties.branch_name" (Branch)') },
    });
    expect(bench.platform.requests).toEqual([]);
  },
);

test.each([
  [{ fields: [{ field: 'colour', value: 1 }] }, 'SOAR_FIELD_UNKNOWN'],
  [{ fields: [{ field: 'severity_code', value: 'Huge' }] }, 'SOAR_SELECT_VALUE_UNKNOWN'],
  [{ fields: [{ field: 'name', value: 'x' }] }, 'NODE_INPUT_INVALID'],
  [{ discoveredDate: 'yesterday' }, 'NODE_INPUT_INVALID'],
])('[N33] %j is refused before anything is sent', async (config, code) => {
  const bench = open(config);
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code } });
  expect(bench.platform.requests).toEqual([]);
});

test('[N12] a refusal of the platform keeps its code', async () => {
  const bench = testNode(node, { name: 'x' }, { catalogue });
  bench.platform.answer('POST', '/incidents', { status: 403, body: { message: 'not for you' } });
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code: 'SOAR_FORBIDDEN' } });
});

test.each([[{}], [{ name: '' }], [{ name: 7 }], [{ name: 'x', fields: [{ field: 'a' }] }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.incident-create: config');
  },
);

function openCheck(found: readonly JsonObject[]) {
  const bench = open({});
  bench.platform.answer('POST', '/incidents/query_paged', { body: { recordsTotal: 9, recordsFiltered: found.length, data: found } });
  bench.platform.answer('GET', '/incidents/2400', { body: kept });
  return bench;
}

const doubt = { intendedAtMs: 0, mark: { idsBefore: [2100] } };

test('[N34] those of the name that are there before the write are kept, and a further one is the one of the step', async () => {
  const bench = openCheck([{ id: 2400 }, { id: 2100 }]);
  expect(await bench.mark()).toEqual({ idsBefore: [2400, 2100] });
  expect(bench.platform.requests.at(-1)?.body).toMatchObject({
    filters: [{ conditions: [{ field_name: 'name', method: 'equals', value: 'Lost laptop' }] }],
  });
  expect(await bench.check(doubt)).toEqual({ written: true, emissions: [{ port: 'out', message: kept }] });
});

test('[N34] without a further one nothing was written; with several, or without the mark, it cannot be told', async () => {
  expect(await openCheck([{ id: 2100 }]).check(doubt)).toEqual({ written: false });
  expect(await openCheck([{ id: 2400 }, { id: 2401 }]).check(doubt)).toMatchObject({ written: 'unknown' });
  expect(await openCheck([]).check({ intendedAtMs: 0, mark: null })).toMatchObject({ written: 'unknown' });
});
