import type { JsonObject, JsonValue } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreRequire } from './descriptor.ts';
import { executeRequire } from './execute.ts';

const node = defineNode(coreRequire, executeRequire);
const fields = [{ field: 'to' }, { field: 'mail.subject' }, { field: 'host', placeholder: '<host>' }];
const good = { to: 0, mail: { subject: 'x' }, host: 'a.example', more: null };
const send = (message: JsonValue, config: JsonObject = {}) => testNode(node, { fields, ...config }).send(message);

test('[N45] a message with all values passes unchanged; 0 and false are values', async () => {
  expect(await send(good)).toMatchObject({ emitted: [{ port: 'out', message: good }] });
  expect(await send({ ...good, to: false })).toMatchObject({ emitted: [{ port: 'out' }] });
});

test('[N45] all that are missing are told, and the placeholder that nobody replaced', async () => {
  expect(await send({ to: ' ', mail: {}, host: '<host>' })).toMatchObject({
    emitted: [],
    error: {
      code: 'NODE_INPUT_INVALID',
      message: expect.stringContaining('"to" has no value, "mail.subject" has no value, "host" still has the placeholder "<host>"'),
    },
  });
});

test.each([[{ ...good, to: [] }], [{ ...good, to: null }], ['no object'], [null]])('[N45] %j does not pass', async (message) => {
  expect((await send(message)).error?.code).toBe('NODE_INPUT_INVALID');
});

test('[N45] the values may be those of another object', async () => {
  expect(await send('kept', { of: good })).toMatchObject({ emitted: [{ message: 'kept' }] });
});

test.each([[{}], [{ fields: [] }], [{ fields: [{ placeholder: 'x' }] }]])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('core.require: config');
});
