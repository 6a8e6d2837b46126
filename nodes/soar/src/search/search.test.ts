import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarSearch } from './descriptor.ts';
import { executeSearch } from './execute.ts';

const node = defineNode(soarSearch, executeSearch);
const results = [
  { type_id: 'task', obj_id: 1 },
  { type_id: 'note', obj_id: 2 },
];

function open(config = {}) {
  const bench = testNode(node, { text: 'mail', ...config });
  bench.platform.answer('POST', '/search_ex', { body: { results } });
  return bench;
}

test('[N88] the text is searched in the organisation of the connection, and what is found goes on', async () => {
  const bench = open();
  await bench.send({});
  expect(bench.platform.requests).toEqual([
    { method: 'POST', path: '/search_ex', absolute: true, repeatable: true, body: { query: 'mail', org_id: 201 } },
  ]);
  expect(bench.sent('out')).toEqual([results]);
});

test('[N88] types narrow it, and each find goes its own way', async () => {
  const bench = open({ types: ['task', 'note'], output: 'each' });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([{ body: { types: ['task', 'note'] } }]);
  expect(bench.sent('each')).toEqual(results);
});

test('[N88] an answer without a list is an error that says what was asked', async () => {
  const bench = open();
  bench.platform.answer('POST', '/search_ex', { body: [] });
  expect(await bench.send({})).toMatchObject({
    emitted: [],
    error: { code: 'SOAR_RESPONSE_INVALID', message: expect.stringContaining('/search_ex') },
  });
});

test('[N12] a refusal keeps the code of the platform', async () => {
  const bench = open();
  bench.platform.answer('POST', '/search_ex', { status: 403 });
  expect((await bench.send({})).error?.code).toBe('SOAR_FORBIDDEN');
});

test.each([[{}], [{ text: '' }], [{ text: 'x', types: 'task' }], [{ text: 'x', output: 'all' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.search: config');
  },
);
