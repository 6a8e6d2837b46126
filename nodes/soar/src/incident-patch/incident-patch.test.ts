import type { JsonObject, JsonValue } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarIncidentPatch } from './descriptor.ts';
import { executeIncidentPatch } from './execute.ts';

const node = defineNode(soarIncidentPatch, executeIncidentPatch);
const catalogue = {
  fields: {
    incident: [
      createField({ name: 'city', inputType: 'text' }),
      createField({ name: 'description', inputType: 'textarea' }),
      createField({ name: 'incident_type_ids', inputType: 'multiselect', values: createSelectValues(20, ['Malware', 'Phishing', 'Spam']) }),
      createField({ name: 'ticket', inputType: 'text', prefix: 'properties' }),
    ],
  },
};
const incident = { id: 5, vers: 7, city: 'Quay', description: '<b>a</b>', incident_type_ids: [20], properties: { ticket: null } };
const success = { success: true, title: null, message: null, hints: [] };
const conflict = (...failures: readonly (readonly [string, JsonValue])[]): JsonObject => ({
  success: false,
  message: 'a conflicting edit',
  field_failures: failures.map(([field, current]) => ({ field, your_original_value: null, actual_current_value: current })),
});

function open(config: JsonObject, ...answers: readonly JsonObject[]) {
  const bench = testNode(node, { incidentId: 5, ...config }, { catalogue });
  bench.platform.answer('GET', '/incidents/5', { body: incident });
  bench.platform.answer('PATCH', '/incidents/5', ...(answers.length === 0 ? [success] : answers).map((body) => ({ body })));
  return bench;
}

const patchesOf = (bench: ReturnType<typeof open>) =>
  bench.platform.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body as JsonObject);
const set = (field: string, value: JsonValue) => ({ fields: [{ field, value }] });

test('[N60] the fields are sent with their old and new values and the version, and the incident goes on as it is then', async () => {
  const bench = open({
    fields: [
      { field: 'city', value: 'Mill' },
      { field: 'ticket', value: 'SD-1' },
    ],
  });
  await bench.send({});
  expect(patchesOf(bench)).toEqual([
    {
      changes: [
        { field: 'city', old_value: { object: 'Quay' }, new_value: { object: 'Mill' } },
        { field: 'properties.ticket', old_value: { object: null }, new_value: { object: 'SD-1' } },
      ],
      version: 7,
    },
  ]);
  expect(bench.sent('out')).toEqual([incident]);
});

test('[N60] what the flow knows is compared where it is given', async () => {
  const bench = open({ ...set('city', 'Mill'), known: { vers: 3, city: 'Old' } });
  await bench.send({});
  expect(patchesOf(bench)).toMatchObject([{ changes: [{ old_value: { object: 'Old' } }], version: 3 }]);
});

test('[N61] fail: nothing is written, and the error names the field with both values', async () => {
  const bench = open(set('city', 'Mill'), conflict(['city', 'Bank']));
  expect((await bench.send({})).error).toMatchObject({
    code: 'SOAR_CONFLICT',
    message: expect.stringMatching(/field "city".*"Bank".*"Quay"/),
  });
  expect(patchesOf(bench)).toHaveLength(1);
});

test('[N61] overwrite: the new value is written over what is there now', async () => {
  const bench = open({ ...set('city', 'Mill'), onConflict: 'overwrite' }, conflict(['city', 'Bank']), conflict(['city', 'Hill']), success);
  await bench.send({});
  expect(patchesOf(bench).at(-1)).toMatchObject({ changes: [{ old_value: { object: 'Hill' }, new_value: { object: 'Mill' } }] });
  expect(bench.log.lines.filter(({ level }) => level === 'warn')).toHaveLength(2);
});

test('[N61] skip: the other value stays, and the other fields are written', async () => {
  const fields = [
    { field: 'city', value: 'Mill' },
    { field: 'ticket', value: 'SD-1' },
  ];
  const bench = open({ fields, onConflict: 'skip' }, conflict(['city', 'Bank']), success);
  await bench.send({});
  expect(patchesOf(bench).at(-1)).toMatchObject({ changes: [{ field: 'properties.ticket' }] });
  const all = open({ ...set('city', 'Mill'), onConflict: 'skip' }, conflict(['city', 'Bank']));
  expect((await all.send({})).error).toBeUndefined();
  expect(patchesOf(all)).toHaveLength(1);
});

test.each([
  ['a list gets both changes', set('incident_type_ids', ['Phishing']), ['incident_type_ids', [20, 22]], [22, 21]],
  [
    'a text stands below the other',
    set('description', 'x < y'),
    ['description', 'theirs'],
    { format: 'html', content: 'theirs<br />x &lt; y' },
  ],
  ['a text that is there already is not written twice', set('description', 'the'), ['description', 'theirs'], 'theirs'],
] as const)('[N62] merge: %s', async (_, config, failure, merged) => {
  const bench = open({ ...config, onConflict: 'merge' }, conflict(failure as readonly [string, JsonValue]), success);
  await bench.send({});
  expect(patchesOf(bench).at(-1)).toMatchObject({ changes: [{ new_value: { object: merged } }] });
});

test('[N62] merge: a field that holds one value cannot take two', async () => {
  const bench = open({ ...set('city', 'Mill'), onConflict: 'merge' }, conflict(['city', 'Bank']));
  expect((await bench.send({})).error).toMatchObject({ code: 'SOAR_CONFLICT', message: expect.stringContaining('cannot be merged') });
});

test('[N61] who keeps changing it ends it at last; a refusal without fields is told in the words of the platform', async () => {
  const bench = open({ ...set('city', 'Mill'), onConflict: 'overwrite' }, conflict(['city', 'Bank']));
  expect((await bench.send({})).error).toMatchObject({ code: 'SOAR_CONFLICT', message: expect.stringContaining('gave up') });
  expect(patchesOf(bench)).toHaveLength(10);
  const refused = open(set('city', 'Mill'), { success: false, message: 'Not now.' });
  expect((await refused.send({})).error).toMatchObject({ code: 'SOAR_BAD_REQUEST', message: expect.stringContaining('Not now.') });
});

test.each([
  [{ field: 'town', value: 'x' }, 'SOAR_FIELD_UNKNOWN'],
  [{ field: 'incident_type_ids', value: ['Flood'] }, 'SOAR_SELECT_VALUE_UNKNOWN'],
])('[N60] nothing is asked for %j', async (field, code) => {
  const bench = open({ fields: [field] });
  expect((await bench.send({})).error?.code).toBe(code);
  expect(bench.platform.requests).toEqual([]);
});

test.each([[{ incidentId: 5 }], [{ incidentId: 5, fields: [] }], [{ ...set('city', 'x'), incidentId: 5, onConflict: 'ask' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.incident-patch: config');
  },
);
