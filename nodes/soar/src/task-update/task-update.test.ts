import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarTaskUpdate } from './descriptor.ts';
import { executeTaskUpdate } from './execute.ts';

const node = defineNode(soarTaskUpdate, executeTaskUpdate);
const catalogue = {
  fields: {
    task: [
      createField({ name: 'name', inputType: 'text' }),
      createField({ name: 'owner_id', inputType: 'select_owner', values: createSelectValues(1, ['a@example.com', 'b@example.com']) }),
    ],
  },
};
const task = { id: 31, name: 'Block it', owner_id: 1, status: 'O', unknown: [1] };

function open(fields: readonly JsonObject[]) {
  const bench = testNode(node, { taskId: 31, fields: [...fields] }, { catalogue });
  bench.platform.answer('GET', '/tasks/31', { body: task });
  bench.platform.answer('PUT', '/tasks/31', ({ body }) => ({ body: body ?? null }));
  return bench;
}

test('[N53] only the fields named are changed; everything else goes back as it came', async () => {
  const bench = open([{ field: 'owner_id', value: 'b@example.com' }]);
  await bench.send({});
  expect(bench.platform.requests.at(-1)).toMatchObject({ method: 'PUT', body: { ...task, owner_id: 2 } });
  expect(bench.sent('out')).toEqual([{ ...task, owner_id: 2 }]);
});

test('[N53] a task that has the values already is not written', async () => {
  const bench = open([{ field: 'owner_id', value: 1 }]);
  await bench.send({});
  expect(bench.platform.requests.map(({ method }) => method)).toEqual(['GET']);
  expect(bench.log.lines).toMatchObject([{ text: expect.stringContaining('nothing was written') }]);
});

test.each([
  [{ field: 'owner', value: 1 }, 'SOAR_FIELD_UNKNOWN'],
  [{ field: 'owner_id', value: 'c@example.com' }, 'SOAR_SELECT_VALUE_UNKNOWN'],
])('[N53] nothing is read or written for %j', async (field, code) => {
  const bench = open([field]);
  expect((await bench.send({})).error?.code).toBe(code);
  expect(bench.platform.requests).toEqual([]);
});

test.each([[{ taskId: 1 }], [{ taskId: 1, fields: [] }], [{ taskId: 'a', fields: [{ field: 'name', value: 'x' }] }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.task-update: config');
  },
);
