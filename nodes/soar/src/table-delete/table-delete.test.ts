import { defineNode } from '@wirebook/node-kit';
import { createField, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarTableDelete } from './descriptor.ts';
import { executeTableDelete } from './execute.ts';

const node = defineNode(soarTableDelete, executeTableDelete);
const catalogue = { fields: { log: [createField({ name: 'ticket', inputType: 'text' })] } };
const open = (config = {}) => testNode(node, { incidentId: 5, table: 'log', rowId: 81, ...config }, { catalogue });

test('[N111] the row is deleted and the message goes on', async () => {
  const bench = open();
  bench.platform.answer('DELETE', '/incidents/5/table_data/log/row_data/81', { body: { success: true } });
  await bench.send({ a: 1 });
  expect(bench.sent('out')).toEqual([{ a: 1 }]);
  expect(bench.platform.requests).toMatchObject([{ method: 'DELETE' }]);
});

test('[N111] one that is not there counts as deleted, unless the config says otherwise; a table that is not there never does', async () => {
  expect((await open().send({})).error).toBeUndefined();
  expect((await open({ whenGone: 'fail' }).send({})).error?.code).toBe('SOAR_NOT_FOUND');
  const bench = open({ table: 'none' });
  expect((await bench.send({})).error?.code).toBe('SOAR_TABLE_UNKNOWN');
  expect(bench.platform.requests).toEqual([]);
});

test.each([[{ incidentId: 5, table: 'log' }], [{ incidentId: 5, table: '', rowId: 1 }], [{ incidentId: 5, table: 'log', rowId: 'x' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.table-delete: config');
  },
);
