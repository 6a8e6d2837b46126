import { defineNode } from '@wirebook/node-kit';
import { createActionTrigger, parseConfig, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarConnector } from './descriptor.ts';
import { executeConnector } from './execute.ts';

const node = defineNode(soarConnector, executeConnector);

test('[N141] the body of the request is the message', async () => {
  const bench = testNode(node, {});
  const body = { request_originator: { org_id: 201 }, request_payload: { server_url: 'https://api.example.com/' } };
  await bench.send(body, { trigger: createActionTrigger(body) });
  expect(bench.sent('out')).toEqual([body]);
});

test('[N141] every queue is taken, and a reply is sent at the end, unless the config says otherwise', () => {
  expect(parseConfig(soarConnector, {})).toMatchObject({ queue: '', completion: 'at-end' });
});

test.each([[{ queue: 7 }], [{ queues: ['a'] }]])('[N141] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.connector: config');
});
