import type { JsonObject, JsonValue } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarLink } from './descriptor.ts';
import { executeLink } from './execute.ts';

const node = defineNode(soarLink, executeLink);

async function link(config: JsonObject, { message = { id: 7 } as JsonValue, address = 'https://soar.example.com' } = {}) {
  const { emitted, error } = await testNode(node, { incidentId: 2314, ...config }, { catalogue: { address } }).send(message);
  return error ?? emitted[0]?.message;
}

test.each([
  [{}, 'https://soar.example.com/#incidents/2314?orgId=201'],
  [{ to: 'task', taskId: 9 }, 'https://soar.example.com/#incidents/2314?orgId=201&taskId=9&tabName=details'],
  [{ to: 'artifacts' }, 'https://soar.example.com/#incidents/2314?orgId=201&tabName=artifacts'],
  [{ text: 'A & "B"' }, '<a href="https://soar.example.com/#incidents/2314?orgId=201">A &amp; &quot;B&quot;</a>'],
])('[N94] %j leads to %s', async (config, expected) => {
  expect(await link(config)).toEqual({ id: 7, link: expected });
});

test('[N94] a port stays in it, and people of the cloud suite get their own name', async () => {
  expect(await link({ path: '' }, { address: 'https://127.0.0.1:9443' })).toBe('https://127.0.0.1:9443/#incidents/2314?orgId=201');
  expect(await link({ path: '' }, { address: 'https://cases-rest.suite.example.com' })).toBe(
    'https://suite.example.com/app/respond/#cases/2314?orgId=201',
  );
});

test('[N94] a task without its id, and a field of what is no object, are refused', async () => {
  expect(await link({ to: 'task' })).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining('taskId') });
  expect(await link({}, { message: 'x' })).toMatchObject({ code: 'NODE_INPUT_INVALID' });
});

test.each([[{ incidentId: '1' }], [{ incidentId: 1, to: 'moon' }]])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.link: config');
});
