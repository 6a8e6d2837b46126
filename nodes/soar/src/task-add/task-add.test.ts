import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { taskCheck } from './check-task.ts';
import { soarTaskAdd } from './descriptor.ts';
import { executeTaskAdd } from './execute.ts';

const node = defineNode(soarTaskAdd, executeTaskAdd, taskCheck);
const catalogue = {
  fields: {
    task: [
      createField({ name: 'name', inputType: 'text' }),
      createField({ name: 'instructions', inputType: 'textarea' }),
      createField({ name: 'phase_id', inputType: 'select', values: createSelectValues(1004, ['Initial', 'Engage']) }),
    ],
  },
};

function open(config: JsonObject = {}) {
  const bench = testNode(node, { incidentId: 5, name: 'Block it', ...config }, { catalogue });
  bench.platform.answer('POST', '/incidents/5/tasks', { body: { id: 31, name: 'Block it' } });
  return bench;
}

test('[N51] the task is posted with its fields in the form of the platform, and goes on as it is kept', async () => {
  const bench = open({ instructions: 'a < b', fields: [{ field: 'phase_id', value: 'Engage' }] });
  await bench.send({});
  const body = { name: 'Block it', instructions: { format: 'text', content: 'a < b' }, phase_id: 1005 };
  expect(bench.platform.requests).toEqual([{ method: 'POST', path: '/incidents/5/tasks', body }]);
  expect(bench.sent('out')).toEqual([{ id: 31, name: 'Block it' }]);
});

test.each([
  [{ field: 'phase', value: 'Engage' }, 'SOAR_FIELD_UNKNOWN'],
  [{ field: 'phase_id', value: 'Late' }, 'SOAR_SELECT_VALUE_UNKNOWN'],
  [{ field: 'name', value: 'twice' }, 'NODE_INPUT_INVALID'],
])('[N51] nothing is posted for %j', async (field, code) => {
  const bench = open({ fields: [field] });
  expect((await bench.send({})).error?.code).toBe(code);
  expect(bench.platform.requests).toEqual([]);
});

test('[N52] after a crash a further task of the name is the one of the step', async () => {
  const bench = open();
  const named = (id: number, name = 'Block it') => ({ id, name });
  bench.platform.answer('GET', '/incidents/5/tasks', { body: [named(1), named(2, 'other')] });
  const mark = await bench.mark();
  expect(mark).toEqual({ idsBefore: [1] });
  const find = (tasks: readonly JsonObject[]) => {
    bench.platform.answer('GET', '/incidents/5/tasks', { body: [...tasks] });
    return bench.check({ intendedAtMs: 1, mark });
  };
  expect(await find([named(1)])).toEqual({ written: false });
  expect(await find([named(1), named(3)])).toEqual({ written: true, emissions: [{ port: 'out', message: named(3) }] });
  expect(await find([named(3), named(4)])).toMatchObject({ written: 'unknown', reason: expect.stringContaining('2 further tasks') });
  expect(await bench.check({ intendedAtMs: 1, mark: null })).toMatchObject({ written: 'unknown' });
});

test.each([[{ incidentId: 5 }], [{ name: 'x' }], [{ incidentId: 5, name: '' }], [{ incidentId: 5, name: 'x', fields: {} }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.task-add: config');
  },
);
