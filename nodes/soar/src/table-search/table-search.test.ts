import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarTableSearch } from './descriptor.ts';
import { executeTableSearch } from './execute.ts';

const node = defineNode(soarTableSearch, executeTableSearch);
const catalogue = {
  fields: {
    log: [
      createField({ name: 'ticket', inputType: 'text' }),
      createField({ name: 'priority', inputType: 'select', values: createSelectValues(70, ['Low', 'High']) }),
      createField({ name: 'position', inputType: 'number' }),
      createField({ name: 'teams', inputType: 'multiselect', values: createSelectValues(80, ['Network', 'Mail']) }),
      createField({ name: 'open', inputType: 'boolean' }),
    ],
  },
};
const path = '/incidents/5/table_data/log';

function row(id: number, values: JsonObject): JsonObject {
  return {
    id,
    version: 1,
    cells: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { id: name, row_id: id, value }])),
  };
}

const rows = [
  row(1, { ticket: 'SD-1', priority: 'High', position: 1, teams: ['Mail'], open: true }),
  row(2, { ticket: 'SD-20', priority: 'Low', position: 2, teams: [], open: false }),
  row(3, { ticket: 'other', priority: 71 }),
];

function open(config: JsonObject) {
  const bench = testNode(node, { incidentId: 5, table: 'log', ...config }, { catalogue });
  bench.platform.answer('GET', path, { body: { rows } });
  return bench;
}

test.each([
  [{ column: 'ticket', method: 'equals', value: 'SD-1' }, [1]],
  [{ column: 'ticket', method: 'contains', value: 'sd-' }, [1, 2]],
  [{ column: 'ticket', method: 'not_contains', value: 'SD' }, [3]],
  [{ column: 'priority', method: 'equals', value: 'High' }, [1, 3]],
  [{ column: 'priority', method: 'not_equals', value: 71 }, [2]],
  [{ column: 'priority', method: 'in', value: ['Low', 'High'] }, [1, 2, 3]],
  [{ column: 'ticket', method: 'not_in', value: ['SD-1', 'other'] }, [2]],
  [{ column: 'position', method: 'gte', value: 2 }, [2]],
  [{ column: 'position', method: 'lt', value: 2 }, [1]],
  [{ column: 'teams', method: 'contains', value: 'Mail' }, [1]],
  [{ column: 'teams', method: 'equals', value: ['Mail'] }, [1]],
  [{ column: 'teams', method: 'has_a_value' }, [1]],
  [{ column: 'position', method: 'not_has_a_value' }, [3]],
  [{ column: 'open', method: 'equals', value: false }, [2]],
])('[N110] rows are found with %j', async (condition, ids) => {
  const bench = open({ conditions: [condition] });
  await bench.send({});
  const [found] = bench.sent('out') as readonly (readonly { readonly id: number }[])[];
  expect(found?.map(({ id }) => id)).toEqual(ids);
});

test('[N110] all conditions have to hold, or any; without one every row is found, with each column by name', async () => {
  const conditions = [
    { column: 'priority', method: 'equals', value: 'High' },
    { column: 'position', method: 'equals', value: 2 },
  ];
  const all = open({ conditions });
  await all.send({});
  expect(all.sent('out')).toEqual([[]]);
  const any = open({ conditions, logic: 'any', output: 'each' });
  await any.send({});
  expect(any.sent('each')).toMatchObject([{ id: 1 }, { id: 2 }, { id: 3 }]);
  const none = open({ logic: 'any' });
  await none.send({});
  expect(none.sent('out')).toMatchObject([
    [{}, {}, { values: { ticket: 'other', priority: 71, position: null, teams: null, open: null }, row: rows[2] }],
  ]);
});

test.each([
  [{ table: 'none' }, 'SOAR_TABLE_UNKNOWN'],
  [{ conditions: [{ column: 'tickt', method: 'equals', value: 'x' }] }, 'SOAR_FIELD_UNKNOWN'],
  [{ conditions: [{ column: 'priority', method: 'equals', value: 'Urgent' }] }, 'SOAR_SELECT_VALUE_UNKNOWN'],
  [{ conditions: [{ column: 'ticket', method: 'equals' }] }, 'NODE_INPUT_INVALID'],
])('[N110] nothing is asked for %j', async (config, code) => {
  const bench = open(config);
  expect((await bench.send({})).error?.code).toBe(code);
  expect(bench.platform.requests).toEqual([]);
});

test.each([[{ incidentId: 5 }], [{ table: 'log' }], [{ incidentId: 5, table: 'log', conditions: [{ column: 'a', method: 'like' }] }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.table-search: config');
  },
);
