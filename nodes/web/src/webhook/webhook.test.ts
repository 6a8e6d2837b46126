import { defineNode } from '@wirebook/node-kit';
import { parseConfig, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { webWebhook } from './descriptor.ts';
import { executeWebhook } from './execute.ts';

const node = defineNode(webWebhook, executeWebhook);

test('[N40] the request is the message', async () => {
  const bench = testNode(node, { path: 'tickets/closed' });
  const request = { method: 'POST', path: '/tickets/closed', body: { incident: 2101 } };
  await bench.send(request);
  expect(bench.sent('out')).toEqual([request]);
});

test('[N40] a POST with a token is taken and answered at once unless the config says otherwise', () => {
  expect(parseConfig(webWebhook, { path: 'a' })).toMatchObject({
    method: 'POST',
    authentication: 'token',
    respond: 'at-once',
    deliveryHeader: '',
  });
});

test.each([
  [{}],
  [{ path: '/a' }],
  [{ path: 'a/../b' }],
  [{ path: 'a', method: 'TRACE' }],
  [{ path: 'a', header: 'X A' }],
  [{ path: 'a b' }],
])('[N40] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('web.webhook: config');
});
