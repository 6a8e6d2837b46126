import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { artifactCheck } from './check-artifact.ts';
import { soarArtifactAdd } from './descriptor.ts';
import { executeArtifactAdd } from './execute.ts';

const node = defineNode(soarArtifactAdd, executeArtifactAdd, artifactCheck);
const path = '/incidents/2314/artifacts';
const catalogue = {
  fields: {
    artifact: [createField({ name: 'type', inputType: 'select', values: createSelectValues(1, ['IP Address', 'DNS Name', 'URL']) })],
  },
};
const kept: JsonObject = { id: 9, type: 'IP Address', value: '192.0.2.1' };

function open(config: JsonObject, artifacts: readonly JsonObject[] = []) {
  const bench = testNode(node, { incidentId: 2314, artifactType: 'IP Address', value: '192.0.2.1', ...config }, { catalogue });
  bench.platform.answer('GET', path, { body: artifacts });
  bench.platform.answer('POST', path, { body: [kept] });
  return bench;
}

test('[N30] the artifact is sent with the id of its type, and the answer, a list, goes on', async () => {
  const bench = open({ description: 'seen in <b>mail</b>' });
  await bench.send({});
  expect(bench.platform.requests).toEqual([
    {
      method: 'POST',
      path,
      body: { type: 1, value: '192.0.2.1', description: { format: 'text', content: 'seen in <b>mail</b>' } },
    },
  ]);
  expect(bench.sent('out')).toEqual([[kept]]);
});

test('[N30] a type may be an id, and without a description none is sent', async () => {
  const bench = open({ artifactType: 2, value: 'a.example' });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([{ body: { type: 2, value: 'a.example' } }]);
  expect(bench.platform.requests[0]?.body).not.toHaveProperty('description');
});

test('[N30] an unknown type is refused with those that there are, before anything is written', async () => {
  const bench = open({ artifactType: 'IP Adress' });
  expect(await bench.send({})).toMatchObject({
    emitted: [],
    error: { code: 'SOAR_SELECT_VALUE_UNKNOWN', message: expect.stringContaining('IP Address, DNS Name, URL') },
  });
  expect(bench.platform.requests).toEqual([]);
});

test('[N12] an incident that is not there keeps the code of the platform', async () => {
  const bench = testNode(node, { incidentId: 1, artifactType: 1, value: 'x' }, { catalogue });
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code: 'SOAR_NOT_FOUND' } });
});

test.each([
  [{ incidentId: 1, value: 'x' }],
  [{ artifactType: 1, value: 'x' }],
  [{ incidentId: 1, artifactType: 1 }],
  [{ incidentId: '1', artifactType: 1, value: 'x' }],
  [{ incidentId: 1, artifactType: 1, value: '' }],
])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.artifact-add: config');
});

const check = (artifacts: readonly JsonObject[], config: JsonObject = {}) =>
  open(config, artifacts).check({ intendedAtMs: 0, mark: { idsBefore: [2] } });

test.each([
  ['by its name', { ...kept }],
  ['by its id', { ...kept, type: 1 }],
  ['as an object', { ...kept, type: { id: 1, name: 'IP Address' } }],
])('[N31] a further artifact with the value and the type %s is the one of the step', async (_, artifact) => {
  expect(await check([{ ...kept, id: 2 }, artifact])).toEqual({ written: true, emissions: [{ port: 'out', message: [artifact] }] });
});

test('[N31] each line of a value may have become one', async () => {
  const two = { ...kept, id: 10, value: '192.0.2.2' };
  expect(await check([kept, two], { value: '192.0.2.1\n192.0.2.2\n' })).toEqual({
    written: true,
    emissions: [{ port: 'out', message: [kept, two] }],
  });
});

test.each([
  ['that was there before', { ...kept, id: 2 }],
  ['of another type', { ...kept, type: 'URL' }],
  ['with another value', { ...kept, value: '192.0.2.10' }],
])('[N31] an artifact %s is not', async (_, artifact) => {
  expect(await check([artifact])).toEqual({ written: false });
});

test('[N31] one that differs only in capitals cannot be told, and neither can any without the mark', async () => {
  const config = { artifactType: 'DNS Name', value: 'Mail.example' };
  const artifact = { id: 9, type: 'DNS Name', value: 'mail.EXAMPLE' };
  expect(await check([artifact], config)).toEqual({ written: 'unknown', reason: expect.stringContaining('only in capitals') });
  expect(await open({}).check({ intendedAtMs: 0, mark: null })).toMatchObject({ written: 'unknown' });
});

test('[N31] those that are there already are kept before the write', async () => {
  expect(
    await open({}, [
      { ...kept, id: 3 },
      { ...kept, id: 4, type: 'URL' },
    ]).mark(),
  ).toEqual({ idsBefore: [3] });
});
