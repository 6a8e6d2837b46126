import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarTaskList } from './descriptor.ts';
import { executeTaskList } from './execute.ts';

const node = defineNode(soarTaskList, executeTaskList);
const tasks = [
  { id: 1, name: 'a', status: 'C' },
  { id: 2, name: 'b', status: 'O' },
  { id: 3, name: 'c', status: 'Closed' },
  { id: 4, name: 'd', status: 'Open' },
];

function open(config = {}) {
  const bench = testNode(node, { incidentId: 5, ...config });
  bench.platform.answer('GET', '/incidents/5/tasks', { body: tasks });
  return bench;
}

test.each([
  ['all', [1, 2, 3, 4]],
  ['open', [2, 4]],
  ['closed', [1, 3]],
])('[N50] of the tasks those that are %s go on as a list, with labels or ids', async (status, ids) => {
  const bench = open({ status });
  await bench.send({});
  expect(bench.sent('out')).toEqual([tasks.filter(({ id }) => ids.includes(id))]);
  expect(bench.platform.requests).toMatchObject([{ method: 'GET', path: '/incidents/5/tasks', handleFormat: 'names' }]);
});

test('[N50] each goes on by itself', async () => {
  const bench = open({ output: 'each', status: 'open' });
  await bench.send({});
  expect(bench.sent('each')).toEqual([tasks[1], tasks[3]]);
  expect(bench.sent('out')).toEqual([]);
});

test('[N50] an answer that is no list, and an incident that is not there, are errors', async () => {
  const bench = open();
  bench.platform.answer('GET', '/incidents/5/tasks', { body: {} });
  expect((await bench.send({})).error?.code).toBe('SOAR_RESPONSE_INVALID');
  bench.platform.answer('GET', '/incidents/5/tasks', { status: 404 });
  expect((await bench.send({})).error?.code).toBe('SOAR_NOT_FOUND');
});

test.each([[{}], [{ incidentId: '5' }], [{ incidentId: 5, status: 'done' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.task-list: config');
  },
);
