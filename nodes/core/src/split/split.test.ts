import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreSplit } from './descriptor.ts';
import { executeSplit } from './execute.ts';

const node = defineNode(coreSplit, executeSplit);
const leaves = (...messages: unknown[]) => messages.map((message) => ({ port: 'out', message }));

test.each([
  [{ items: [1, { a: 2 }, null] }, {}, [1, { a: 2 }, null]],
  [{}, ['x', 'y'], ['x', 'y']],
  [{}, { one: true }, [{ one: true }]],
  [{ items: null }, {}, []],
  [{ items: [] }, {}, []],
])('[N23] with %j the message %j is split into %j', async (config, message, parts) => {
  expect((await testNode(node, config).send(message)).emitted).toEqual(leaves(...parts));
});

test('[N23] a part may tell its place', async () => {
  const { emitted } = await testNode(node, { part: 'item-with-place' }).send(['a', 'b']);
  expect(emitted).toEqual(leaves({ item: 'a', index: 0, count: 2 }, { item: 'b', index: 1, count: 2 }));
});

test('[N24] a list that is too long is refused with both numbers, and nothing leaves', async () => {
  const { emitted, error } = await testNode(node, { maxParts: 2 }).send([1, 2, 3]);
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringMatching(/list of 3; at most 2/) });
  expect(emitted).toEqual([]);
});
