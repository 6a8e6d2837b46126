import { defineNode } from '@wirebook/node-kit';
import { createActionTrigger, parseConfig, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarInbound } from './descriptor.ts';
import { executeInbound } from './execute.ts';

const node = defineNode(soarInbound, executeInbound);

test('[N140] the body of what came in is the message', async () => {
  const bench = testNode(node, { destination: 'offenses' });
  const body = { action: 'create', content_type: 'offense', content: { id: 7 } };
  await bench.send(body, { trigger: createActionTrigger(body) });
  expect(bench.sent('out')).toEqual([body]);
});

test('[N140] it has no reply to give, so no field asks for one', () => {
  expect(Object.keys(parseConfig(soarInbound, { destination: 'offenses' }))).not.toContain('completion');
});

test.each([[{}], [{ destination: '' }], [{ destination: 7 }]])('[N140] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.inbound: config');
});
