import { defineNode } from '@wirebook/node-kit';
import { createActionTrigger, parseConfig, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarDestination } from './descriptor.ts';
import { executeDestination } from './execute.ts';

const node = defineNode(soarDestination, executeDestination);

test('[N1] the body of the rule’s message is the message', async () => {
  const bench = testNode(node, { destination: 'ticket_desk', rules: ['Create Ticket'] });
  const body = { action_id: 8, incident: { id: 2314 }, properties: { ticket_priority: 71 } };
  await bench.send(body, { trigger: createActionTrigger(body) });
  expect(bench.sent('out')).toEqual([body]);
});

test('[N1] every rule is taken and a reply is sent unless the config says otherwise', () => {
  expect(parseConfig(soarDestination, { destination: 'ticket_desk' })).toMatchObject({
    destination: 'ticket_desk',
    rules: [],
    fireAndForget: false,
    completion: 'at-end',
    wait: 'none',
    dedupeMs: 0,
  });
});

test.each([
  [{}],
  [{ destination: '' }],
  [{ destination: 'a', rules: 'Create Ticket' }],
  [{ destination: 'a', rules: [8] }],
  [{ destination: 'a', fireAndForget: 1 }],
])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.destination: config');
});
