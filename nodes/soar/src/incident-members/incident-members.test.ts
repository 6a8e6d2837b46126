import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarIncidentMembers } from './descriptor.ts';
import { executeIncidentMembers } from './execute.ts';

const node = defineNode(soarIncidentMembers, executeIncidentMembers);
const values = createSelectValues(1, ['a@example.com', 'b@example.com', 'c@example.com']);
const catalogue = { fields: { incident: [createField({ name: 'members', inputType: 'multiselect_members', values })] } };

function open(config: object, members: readonly number[] = [1, 2]) {
  const bench = testNode(node, { incidentId: 5, ...config }, { catalogue });
  bench.platform.answer('GET', '/incidents/5/members', { body: { members: [...members], vers: 3 } });
  bench.platform.answer('PUT', '/incidents/5/members', ({ body }) => ({ body: body ?? null }));
  return bench;
}

test('[N59] people are added and taken out by address or id, and everybody else stays', async () => {
  const bench = open({ add: ['c@example.com', 2], remove: ['a@example.com'] });
  await bench.send({});
  expect(bench.platform.requests.at(-1)).toMatchObject({ method: 'PUT', body: { members: [2, 3], vers: 3 } });
  expect(bench.sent('out')).toEqual([{ members: [2, 3], vers: 3 }]);
});

test('[N59] where nothing changes nothing is written', async () => {
  const bench = open({ add: [1], remove: [3] });
  await bench.send({});
  expect(bench.platform.requests.map(({ method }) => method)).toEqual(['GET']);
});

test('[N59] after a 409 the change is made to the members that are there then', async () => {
  const bench = open({ add: [3] });
  bench.platform.answer('GET', '/incidents/5/members', { body: { members: [1], vers: 3 } }, { body: { members: [1, 2], vers: 4 } });
  bench.platform.answer('PUT', '/incidents/5/members', { status: 409 }, ({ body }) => ({ body: body ?? null }));
  await bench.send({});
  expect(bench.sent('out')).toEqual([{ members: [1, 2, 3], vers: 4 }]);
});

test.each([
  [{ add: ['d@example.com'] }, 'SOAR_SELECT_VALUE_UNKNOWN'],
  [{ add: [1], remove: ['a@example.com'] }, 'NODE_INPUT_INVALID'],
])('[N59] nothing is read or written for %j', async (config, code) => {
  const bench = open(config);
  expect((await bench.send({})).error?.code).toBe(code);
  expect(bench.platform.requests).toEqual([]);
});

test.each([[{}], [{ incidentId: 5, add: 'a@example.com' }]])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.incident-members: config');
});
