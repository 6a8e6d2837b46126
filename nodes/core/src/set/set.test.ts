import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreSet } from './descriptor.ts';
import { executeSet } from './execute.ts';

const node = defineNode(coreSet, executeSet);
const message = { id: 7, ticket: { priority: 'Low' }, tags: ['a'], closed: null };

async function setFields(config: Parameters<typeof testNode>[1], given: Parameters<ReturnType<typeof testNode>['send']>[0] = message) {
  const { emitted, error } = await testNode(node, config).send(given);
  return error ?? emitted.map((emission) => emission.message);
}

test('[N5] fields are set in a copy of the message, and the rest stays', async () => {
  const config = {
    fields: [
      { path: 'ticket.priority', value: 'High' },
      { path: 'ticket.source.name', value: 'soar' },
      { path: 'closed.by', value: 'me' },
      { path: 'ratio', value: 0.5 },
    ],
  };
  expect(await setFields(config)).toEqual([
    { id: 7, ticket: { priority: 'High', source: { name: 'soar' } }, tags: ['a'], closed: { by: 'me' }, ratio: 0.5 },
  ]);
  expect(message.ticket.priority).toBe('Low');
});

test('[N5] fields are set in their order, so a later one sees the earlier', async () => {
  const config = {
    keep: false,
    fields: [
      { path: 'a', value: { b: 1, c: 2 } },
      { path: 'a.b', value: 3 },
    ],
  };
  expect(await setFields(config)).toEqual([{ a: { b: 3, c: 2 } }]);
});

test('[N6] without keep the new message starts empty, even when the one that came is no object', async () => {
  expect(await setFields({ keep: false, fields: [{ path: 'a', value: 1 }] }, 'text')).toEqual([{ a: 1 }]);
});

test.each([[null], [0], ['text'], [[1, 2]], [{ a: 1 }], [false]])('[N6] a value of %j replaces the message', async (value) => {
  expect(await setFields({ value })).toEqual([value]);
});

test('[N6] fields are set in the value', async () => {
  expect(await setFields({ value: { a: 1 }, fields: [{ path: 'b', value: 2 }] })).toEqual([{ a: 1, b: 2 }]);
});

test('[N6] with neither value nor fields the message goes on as it is', async () => {
  expect(await setFields({}, [1, 2])).toEqual([[1, 2]]);
});

test.each(['__proto__', 'a.__proto__.b', 'constructor.prototype', 'prototype', 'a..b', '.a', 'a.'])(
  '[N7] the path %s is refused',
  async (path) => {
    const error = await setFields({ fields: [{ path, value: 1 }] });
    expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining(`path "${path}"`) });
    expect(Object.hasOwn(Object.prototype, 'b')).toBe(false);
  },
);

test('[N7] a path of more than 100 keys is refused', async () => {
  const path = Array.from({ length: 101 }, () => 'a').join('.');
  expect(await setFields({ fields: [{ path, value: 1 }] })).toMatchObject({
    code: 'NODE_INPUT_INVALID',
    message: expect.stringContaining('has 101 keys'),
  });
});

test('[N8] a path through a list or a text is an error, not a loss', async () => {
  expect(await setFields({ fields: [{ path: 'tags.0', value: 'b' }] })).toMatchObject({
    code: 'NODE_INPUT_INVALID',
    message: 'path "tags.0": "tags" is a list of 1, not an object; set "tags" as a whole',
  });
  expect(await setFields({ fields: [{ path: 'ticket.priority.id', value: 1 }] })).toMatchObject({
    message: 'path "ticket.priority.id": "ticket.priority" is the text "Low", not an object; set "ticket.priority" as a whole',
  });
});

test('[N8] a field of a message that is no object is an error', async () => {
  expect(await setFields({ fields: [{ path: 'a', value: 1 }] }, [1])).toMatchObject({
    code: 'NODE_INPUT_INVALID',
    message: expect.stringContaining('path "a": the message is a list of 1'),
  });
});

test.each([
  [{ fields: [{ path: 'a' }] }],
  [{ fields: [{ path: '', value: 1 }] }],
  [{ fields: 'a=1' }],
  [{ keep: 'yes' }],
  [{ replace: true }],
])('[N4] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('core.set: config');
});
