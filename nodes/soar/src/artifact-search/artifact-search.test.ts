import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarArtifactSearch } from './descriptor.ts';
import { executeArtifactSearch } from './execute.ts';

const node = defineNode(soarArtifactSearch, executeArtifactSearch);
const path = '/incidents/5/artifacts/query_paged';
const catalogue = {
  fields: {
    artifact: [
      createField({ name: 'type', inputType: 'select', values: createSelectValues(1, ['IP Address', 'DNS Name']) }),
      createField({ name: 'value', inputType: 'text' }),
    ],
  },
};
const artifacts = [
  { id: 1, type: 'IP Address', value: '192.0.2.1', hits: [] },
  { id: 2, type: 'IP Address', value: '192.0.2.2', hits: [{ name: 'list' }] },
];

function open(config: JsonObject = {}) {
  const bench = testNode(node, { incidentId: 5, ...config }, { catalogue });
  bench.platform.answer('POST', path, { body: { recordsTotal: 9, recordsFiltered: 2, data: artifacts } });
  return bench;
}

test('[N84] conditions reach the platform with ids for labels, and the artifacts go on as a list', async () => {
  const bench = open({
    conditions: [{ field: 'type', method: 'equals', value: 'IP Address' }],
    sortBy: 'value',
    direction: 'asc',
    limit: 7,
  });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([
    {
      path,
      handleFormat: 'names',
      repeatable: true,
      body: {
        filters: [{ conditions: [{ field_name: 'type', method: 'equals', value: 1 }], logic_type: 'all' }],
        sorts: [{ field_name: 'value', type: 'asc' }],
        start: 0,
        length: 7,
      },
    },
  ]);
  expect(bench.sent('out')).toEqual([artifacts]);
});

test('[N84] those with hits go on each on its own way', async () => {
  const bench = open({ withHits: true, output: 'each' });
  await bench.send({});
  expect(bench.sent('each')).toEqual([artifacts[1]]);
});

test.each([
  [{ conditions: [{ field: 'colour', method: 'equals', value: 1 }] }, 'SOAR_FIELD_UNKNOWN'],
  [{ conditions: [{ field: 'type', method: 'equals', value: 'IP' }] }, 'SOAR_SELECT_VALUE_UNKNOWN'],
])('[N84] %j is refused before anything is asked', async (config, code) => {
  const bench = open(config);
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code } });
  expect(bench.platform.requests).toEqual([]);
});

test('[N12] an incident that is not there keeps the code of the platform', async () => {
  const bench = open();
  bench.platform.answer('POST', path, { status: 404 });
  expect((await bench.send({})).error?.code).toBe('SOAR_NOT_FOUND');
});

test.each([[{ incidentId: '5' }], [{ incidentId: 5, limit: 0 }], [{ incidentId: 5, output: 'all' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.artifact-search: config');
  },
);
