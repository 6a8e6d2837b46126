import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreJoin } from './descriptor.ts';
import { executeJoin } from './execute.ts';

const node = defineNode(coreJoin, executeJoin);
const good = [
  { index: 0, status: 'ended', messages: ['a', 'b'] },
  { index: 1, status: 'dropped', messages: [] },
  { index: 2, status: 'ended', messages: [{ c: 1 }] },
];
const error = { code: 'HTTP_STATUS', message: 'node "Ask": 404' };
const bad = [...good, { index: 3, status: 'failed', messages: [], error }];

test('[N25] what came is one list in the order of the parts', async () => {
  expect((await testNode(node, {}).send(good)).emitted).toEqual([{ port: 'out', message: ['a', 'b', { c: 1 }] }]);
  expect((await testNode(node, {}).send([])).emitted).toEqual([{ port: 'out', message: [] }]);
});

test('[N25] or an object for each part, with what became of it', async () => {
  expect((await testNode(node, { output: 'parts' }).send(good)).emitted).toEqual([
    {
      port: 'out',
      message: [
        { index: 0, status: 'ended', message: ['a', 'b'] },
        { index: 1, status: 'dropped', message: null },
        { index: 2, status: 'ended', message: { c: 1 } },
      ],
    },
  ]);
});

test('[N26] where parts failed it leaves through partial, with their errors', async () => {
  expect((await testNode(node, {}).send(bad)).emitted).toEqual([{ port: 'partial', message: ['a', 'b', { c: 1 }] }]);
  const { emitted } = await testNode(node, { output: 'parts' }).send(bad);
  expect(emitted).toEqual([{ port: 'partial', message: expect.arrayContaining([{ index: 3, status: 'failed', message: null, error }]) }]);
});

test.each([[{ a: 1 }], [[1]], [[{ index: 0 }]]])('[N26] started with %j it reports ENGINE_INVARIANT_BROKEN', async (message) => {
  expect((await testNode(node, {}).send(message)).error).toMatchObject({ code: 'ENGINE_INVARIANT_BROKEN' });
});
