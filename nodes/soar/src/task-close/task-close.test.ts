import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarTaskClose } from './descriptor.ts';
import { executeTaskClose } from './execute.ts';

const node = defineNode(soarTaskClose, executeTaskClose);

function open(status: string, config = {}) {
  const bench = testNode(node, { taskId: 31, ...config });
  bench.platform.answer('GET', '/tasks/31', { body: { id: 31, status, name: 'x' } });
  bench.platform.answer('PUT', '/tasks/31', ({ body }) => ({ body: body ?? null }));
  return bench;
}

test.each([
  ['O', {}, 'C'],
  ['C', { reopen: true }, 'O'],
])('[N54] a task of status %s with %j becomes %s, and stays as it is otherwise', async (before, config, after) => {
  const bench = open(before, config);
  await bench.send({});
  expect(bench.platform.requests.at(-1)).toMatchObject({ method: 'PUT', body: { id: 31, status: after, name: 'x' } });
  expect(bench.sent('out')).toEqual([{ id: 31, status: after, name: 'x' }]);
});

test('[N54] a task that is closed already is not written', async () => {
  const bench = open('C');
  await bench.send({});
  expect(bench.platform.requests.map(({ method }) => method)).toEqual(['GET']);
});

test('[N12] a task that is not there keeps the code of the platform', async () => {
  const bench = open('O');
  bench.platform.answer('GET', '/tasks/31', { status: 404 });
  expect((await bench.send({})).error?.code).toBe('SOAR_NOT_FOUND');
});

test.each([[{}], [{ taskId: 0 }], [{ taskId: 1, reopen: 'yes' }]])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.task-close: config');
});
