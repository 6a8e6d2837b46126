import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarIncidentUpdate } from './descriptor.ts';
import { executeIncidentUpdate } from './execute.ts';

const node = defineNode(soarIncidentUpdate, executeIncidentUpdate);

const catalogue = {
  fields: {
    incident: [
      createField({ name: 'name', inputType: 'text' }),
      createField({ name: 'description', inputType: 'textarea' }),
      createField({
        name: 'severity_code',
        inputType: 'select',
        label: 'Severity',
        values: createSelectValues(4, ['Low', 'Medium', 'High']),
      }),
      createField({ name: 'incident_type_ids', inputType: 'multiselect', values: createSelectValues(20, ['Malware', 'Phishing']) }),
      createField({ name: 'ticket_number', inputType: 'text', prefix: 'properties' }),
      createField({ name: 'affected_accounts', inputType: 'number', prefix: 'properties' }),
      createField({ name: 'data_compromised', inputType: 'boolean', prefix: 'pii' }),
    ],
  },
};

const incident: JsonObject = {
  id: 2314,
  vers: 7,
  name: 'False sign-in page',
  description: '<div>A mail</div>',
  severity_code: 4,
  incident_type_ids: [21, 20],
  properties: { ticket_number: null, affected_accounts: 1, branch_name: 'Quay' },
  pii: { data_compromised: null, exposure: 0 },
  cm: { total: 0.5, geo_counts: {} },
  unknown_to_us: [{ a: [null] }],
};

function open(fields: readonly JsonObject[], ...reads: readonly JsonObject[]) {
  const bench = testNode(node, { incidentId: 2314, fields: [...fields] }, { catalogue });
  bench.platform.answer('GET', '/incidents/2314', ...(reads.length === 0 ? [incident] : reads).map((body) => ({ body })));
  bench.platform.answer('PUT', '/incidents/2314', ({ body }) => ({ body: { ...(body as JsonObject), vers: 8 } }));
  return bench;
}

function putsOf(bench: ReturnType<typeof open>) {
  return bench.platform.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
}

test('[N18] only the fields named are changed; everything else goes back as it came', async () => {
  const bench = open([
    { field: 'severity_code', value: 'High' },
    { field: 'ticket_number', value: 'SD-1' },
    { field: 'properties.affected_accounts', value: 3 },
    { field: 'data_compromised', value: true },
    { field: 'description', value: 'x < y' },
  ]);
  await bench.send({});
  const written = {
    ...incident,
    severity_code: 6,
    description: { format: 'text', content: 'x < y' },
    properties: { ticket_number: 'SD-1', affected_accounts: 3, branch_name: 'Quay' },
    pii: { data_compromised: true, exposure: 0 },
  };
  expect(putsOf(bench)).toEqual([written]);
  expect(Object.keys(putsOf(bench)[0] as JsonObject)).toEqual(Object.keys(incident));
  expect(bench.sent('out')).toEqual([{ ...written, vers: 8 }]);
});

test('[N18] a sub-object that is missing is made', async () => {
  const bench = open([{ field: 'ticket_number', value: 'SD-1' }], { id: 2314, vers: 1, properties: null });
  await bench.send({});
  expect(putsOf(bench)).toEqual([{ id: 2314, vers: 1, properties: { ticket_number: 'SD-1' } }]);
});

test('[N18] null empties a field', async () => {
  const bench = open([
    { field: 'severity_code', value: null },
    { field: 'incident_type_ids', value: null },
  ]);
  await bench.send({});
  expect(putsOf(bench)).toMatchObject([{ severity_code: null, incident_type_ids: [] }]);
});

test('[N19] when every field has its value already nothing is written, and the incident goes on', async () => {
  const bench = open([
    { field: 'severity_code', value: 'Low' },
    { field: 'incident_type_ids', value: ['Malware', 'Phishing'] },
    { field: 'description', value: { format: 'html', content: '<div>A mail</div>' } },
    { field: 'ticket_number', value: null },
    { field: 'name', value: 'False sign-in page' },
  ]);
  await bench.send({});
  expect(putsOf(bench)).toEqual([]);
  expect(bench.sent('out')).toEqual([incident]);
  expect(bench.log.lines).toMatchObject([{ level: 'info', text: expect.stringContaining('nothing was written') }]);
});

test('[N20] after a 409 the change is made to what was read then, so that the other editor’s change stays', async () => {
  const changed = { ...incident, vers: 8, name: 'Renamed', properties: { ticket_number: null, affected_accounts: 9 } };
  const bench = open([{ field: 'ticket_number', value: 'SD-1' }], incident, changed);
  bench.platform.answer('PUT', '/incidents/2314', { status: 409 }, ({ body }) => ({ body: body ?? null }));
  await bench.send({});
  expect(putsOf(bench)[1]).toEqual({ ...changed, properties: { ticket_number: 'SD-1', affected_accounts: 9 } });
  expect(bench.log.lines.at(-1)?.text).toContain('(2 PUT)');
});

test.each([
  [{ field: 'ticket_numbr', value: 'x' }, 'SOAR_FIELD_UNKNOWN', 'did you mean properties.ticket_number?'],
  [{ field: '__proto__', value: 'x' }, 'SOAR_FIELD_UNKNOWN', 'field "__proto__" does not exist in incident'],
  [{ field: 'properties.__proto__', value: 'x' }, 'SOAR_FIELD_UNKNOWN', 'field "properties.__proto__"'],
  [{ field: 'vers', value: 3 }, 'SOAR_FIELD_UNKNOWN', 'field "vers" does not exist in incident'],
  [{ field: 'severity_code', value: 'Hihg' }, 'SOAR_SELECT_VALUE_UNKNOWN', 'it has: Low, Medium, High'],
  [{ field: 'affected_accounts', value: 1.5 }, 'SOAR_NUMBER_NOT_INTEGER', 'it got 1.5'],
  [{ field: 'data_compromised', value: 'no' }, 'NODE_INPUT_INVALID', 'give true or false'],
])('[N21] nothing is read or written for %j', async (field, code, problem) => {
  const bench = open([field]);
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code, message: expect.stringContaining(problem) } });
  expect(bench.platform.requests).toEqual([]);
});

test('[N21] a field that is set twice is refused, with and without its prefix', async () => {
  const bench = open([
    { field: 'ticket_number', value: 'a' },
    { field: 'properties.ticket_number', value: 'b' },
  ]);
  expect((await bench.send({})).error).toMatchObject({
    code: 'NODE_INPUT_INVALID',
    message: 'field "properties.ticket_number" is set twice; keep one of the two',
  });
});

test('[N12] an incident that is not there keeps the code of the platform', async () => {
  const bench = open([{ field: 'name', value: 'x' }]);
  bench.platform.answer('GET', '/incidents/2314', { status: 404 });
  expect((await bench.send({})).error?.code).toBe('SOAR_NOT_FOUND');
});

test.each([
  [{ incidentId: 1 }],
  [{ incidentId: 1, fields: [] }],
  [{ incidentId: '1', fields: [{ field: 'name', value: 'x' }] }],
  [{ incidentId: 1, fields: [{ field: 'name' }] }],
  [{ incidentId: 1, fields: [{ value: 'x' }] }],
  [{ incidentId: 1, fields: { name: 'x' } }],
])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.incident-update: config');
});
