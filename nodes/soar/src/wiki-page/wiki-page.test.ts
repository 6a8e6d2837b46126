import type { JsonValue } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarWikiPage } from './descriptor.ts';
import { executeWikiPage } from './execute.ts';

const node = defineNode(soarWikiPage, executeWikiPage);
const tree = {
  entities: [
    { id: 1, title: 'Day', children: [{ id: 2, title: 'Numbers', children: [] }] },
    { id: 3, title: 'Night', children: [{ id: 4, title: 'Numbers', children: [] }] },
  ],
};

function open(page: JsonValue) {
  const bench = testNode(node, { page });
  bench.platform.answer('GET', '/wikis', { body: tree });
  for (const id of [1, 2, 4]) bench.platform.answer('GET', `/wikis/${id}`, { body: { id, title: 'x', text: '<p>Call <b>4100</b></p>' } });
  return bench;
}

test.each([
  ['its title', 'Day', 1],
  ['titles from the top', 'Night/Numbers', 4],
  ['its id', 2, 2],
])('[N89] a page is found by %s, and goes on with its text without markup', async (_, page, id) => {
  const bench = open(page);
  await bench.send({});
  expect(bench.sent('out')).toEqual([{ id, title: 'x', text: '<p>Call <b>4100</b></p>', plain_text: 'Call 4100' }]);
});

test.each([
  ['that is not there', 'Noon', 'there are Day, Day/Numbers, Night, Night/Numbers'],
  ['of several pages', 'Numbers', '"Day/Numbers" (2), "Night/Numbers" (4)'],
  ['that is a list', ['Day'], 'give a title or an id'],
])('[N89] a title %s is an error that says which there are', async (_, page, text) => {
  expect(await open(page).send({})).toMatchObject({
    emitted: [],
    error: { code: 'NODE_INPUT_INVALID', message: expect.stringContaining(text) },
  });
});

test('[N12] an id that is not there keeps the code of the platform', async () => {
  const bench = open(9);
  bench.platform.answer('GET', '/wikis/9', { status: 404 });
  expect((await bench.send({})).error?.code).toBe('SOAR_NOT_FOUND');
});

test('[N2] a config without a page is refused', () => {
  expect(() => testNode(node, {})).toThrow('soar.wiki-page: config');
});
