import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreEnrich } from './descriptor.ts';
import { executeEnrich } from './execute.ts';

const node = defineNode(coreEnrich, executeEnrich);
const url = 'https://assets.example.com/a?key=hidden';

function open(config: JsonObject, answer: { status?: number; body?: string } = {}) {
  const bench = testNode(node, config);
  bench.platform.answer('GET', '/incidents/5', { body: { name: 'x', properties: { ticket: null } } });
  bench.http.answer(() => ({ status: 200, headers: {}, body: '{"data": {"owner": "jo"}}', ...answer }));
  return bench;
}

test('[N54] what the platform answers, or a part of it, stands in a field of the message', async () => {
  const whole = await open({ address: '/incidents/5' }).send({ id: 7 });
  expect(whole.emitted).toEqual([{ port: 'out', message: { id: 7, enriched: { name: 'x', properties: { ticket: null } } } }]);
  const part = await open({ address: '/incidents/5', part: 'name', path: 'more.name' }).send({ id: 7 });
  expect(part.emitted).toEqual([{ port: 'out', message: { id: 7, more: { name: 'x' } } }]);
});

test('[N54] a web service is asked with GET, and its JSON is put in', async () => {
  const bench = open({ from: 'web', address: url, part: 'data.owner', path: 'owner' });
  expect((await bench.send({ id: 7 })).emitted).toEqual([{ port: 'out', message: { id: 7, owner: 'jo' } }]);
  expect(bench.http.requests).toMatchObject([{ method: 'GET', url, headers: { accept: 'application/json' } }]);
});

test.each<[string, JsonObject, { status?: number; body?: string }, string]>([
  ['a path of nowhere', { address: 'incidents/5' }, {}, 'SOAR_PATH_INVALID'],
  ['a path that leads up', { address: '/incidents/../../const' }, {}, 'SOAR_PATH_INVALID'],
  ['a path that leads up in disguise', { address: '/incidents/%2e%2e/const' }, {}, 'SOAR_PATH_INVALID'],
  ['a path with a query in a value', { address: '/incidents/5?x=1' }, {}, 'SOAR_PATH_INVALID'],
  ['a part that is not there', { address: '/incidents/5', part: 'owner' }, {}, 'NODE_INPUT_INVALID'],
  ['an incident that is not there', { address: '/incidents/6' }, {}, 'SOAR_NOT_FOUND'],
  ['an error of the service', { from: 'web', address: url }, { status: 500, body: 'down' }, 'HTTP_STATUS'],
  ['an answer that is no JSON', { from: 'web', address: url }, { body: '<html>' }, 'HTTP_RESPONSE_INVALID'],
])('[N55] %s is a coded error', async (_, config, answer, code) => {
  const { emitted, error } = await open(config, answer).send({ id: 7 });
  expect([emitted, error?.code]).toEqual([[], code]);
  expect(error?.message).not.toContain('hidden');
});

test.each<[JsonObject, { status?: number }]>([
  [{ address: '/incidents/6' }, {}],
  [{ address: '/incidents/5', part: 'properties.ticket' }, {}],
  [{ from: 'web', address: url }, { status: 404 }],
])('[N55] where nothing is no error the field is empty: %j', async (config, answer) => {
  expect((await open({ ...config, missing: 'null' }, answer).send({ id: 7 })).emitted).toEqual([
    { port: 'out', message: { id: 7, enriched: null } },
  ]);
});

test.each([[{}], [{ address: '' }], [{ address: '/x', path: '' }]])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('core.enrich: config');
});
