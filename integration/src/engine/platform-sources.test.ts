import { isJsonObject } from '@wirebook/errors';
import type { FlowDocumentInput } from '@wirebook/flow';
import { nodeRuntimes as soarNodes } from '@wirebook/nodes-soar/runtime';
import { afterEach, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, startEngine } from './engine-under-test.ts';
import { turns } from './source-flow.ts';

let started: EngineUnderTest[] = [];

async function start(options: Omit<EngineUnderTestOptions, 'flows'> & { flow: FlowDocumentInput }): Promise<EngineUnderTest> {
  const engine = await startEngine({ ...options, flows: [options.flow], extraNodes: soarNodes });
  started.push(engine);
  return engine;
}

afterEach(async () => {
  for (const engine of started.reverse()) await engine.close();
  started = [];
});

function put(engine: EngineUnderTest, destination: string, message: { id: string; body: unknown; headers?: Record<string, string> }): void {
  const { id, body, headers = {} } = message;
  engine.broker.put({ destination, messageId: id, headers, body: new TextEncoder().encode(JSON.stringify(body)) });
}

const offense = { action: 'create', content_type: 'offense', content: { id: 7 } };
const inboundFlow = chain('in', ['soar.inbound', { destination: 'offenses' }], ['test.pass']);
const updateHeader = { Co3MessagePayload: 'ConnectorSubscriptionUpdateDTO' };

function requestHeaders(id: string): Record<string, string> {
  return { Co3MessagePayload: 'RestAPIExecutionEventDTO', 'reply-to': '/queue/acks.201.main', 'correlation-id': `cid-${id}` };
}

const request = { request_originator: { org_id: 201 }, request_payload: { server_url: 'https://api.example.com/' } };
const connectorFlow = chain(
  'con',
  ['soar.connector', {}],
  ['soar.connector-result', { content: { $expr: 'request_payload.server_url' }, statusCode: 202 }],
);

test('[engine U30] a message of an inbound destination runs its flow, and is settled without a reply', async () => {
  const engine = await start({ flow: inboundFlow });
  put(engine, 'inbound_destinations.201.offenses', { id: 'm1', body: offense });
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.nodes.passed).toEqual([offense]);
  expect(engine.broker.sent).toEqual([]);
  expect(engine.engine.getStatus().destinations).toEqual(['inbound_destinations.201.offenses']);
  expect(engine.parts.at(-1)).toMatchObject({ head: { triggerKind: 'inbound' }, finished: { outcome: 'succeeded' } });
});

test('[engine U30] an inbound message that carries a reply-to is not answered either', async () => {
  const engine = await start({ flow: chain('in', ['soar.inbound', { destination: 'offenses' }], ['test.fail']) });
  put(engine, 'inbound_destinations.201.offenses', { id: 'm1', body: offense, headers: { 'reply-to': '/queue/x', 'correlation-id': 'c' } });
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.broker.sent).toEqual([]);
  expect(engine.parts.at(-1)?.finished?.outcome).toBe('failed');
});

test('[engine U30] an inbound message is run once although it is delivered again', async () => {
  const engine = await start({ flow: inboundFlow });
  put(engine, 'inbound_destinations.201.offenses', { id: 'm1', body: offense });
  engine.broker.loseSettles(1);
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.nodes.passed).toHaveLength(1);
});

test('[engine U31] a request of a connector is answered with its content and its originator', async () => {
  const engine = await start({ flow: connectorFlow, platformConnectorQueues: ['connectors.201.main'] });
  put(engine, 'connectors.201.main', { id: 'r1', body: request, headers: requestHeaders('r1') });
  await engine.until(() => engine.completions('r1').length === 1);
  expect(engine.completions('r1')).toMatchObject([
    {
      message_type: 0,
      complete: true,
      results: { request_originator: { org_id: 201 }, content: 'https://api.example.com/', status_code: 202 },
    },
  ]);
  expect(engine.parts.at(-1)?.head).toMatchObject({ triggerKind: 'connector', destination: 'connectors.201.main' });
});

test('[engine U31] a source that names a queue takes only that one, and what the platform names is left alone', async () => {
  const flow = chain('con', ['soar.connector', { queue: 'connectors.201.mine' }], ['soar.connector-result', {}]);
  const engine = await start({ flow, platformConnectorQueues: ['connectors.201.main'] });
  expect(engine.engine.getStatus().destinations).toEqual(['connectors.201.mine']);
});

test('[engine U32] queues of app.config are taken beside those of the platform', async () => {
  const engine = await start({
    flow: connectorFlow,
    platformConnectorQueues: ['connectors.201.main'],
    connectorQueues: ['connectors.201.extra'],
  });
  expect([...engine.engine.getStatus().destinations].sort()).toEqual(['connectors.201.extra', 'connectors.201.main']);
});

test('[engine U32] queues come and go as the platform says, on any of them or on its own queue', async () => {
  const engine = await start({
    flow: connectorFlow,
    platformConnectorQueues: ['connectors.201.main'],
    connectorUpdatesQueue: 'connectors.201.updates',
  });
  put(engine, 'connectors.201.updates', {
    id: 'u1',
    body: { subscribe: ['connectors.201.other'], unsubscribe: [] },
    headers: updateHeader,
  });
  await engine.until(() => engine.broker.settledIds.includes('u1'));
  put(engine, 'connectors.201.other', { id: 'r2', body: request, headers: requestHeaders('r2') });
  await engine.until(() => engine.completions('r2').length === 1);

  put(engine, 'connectors.201.other', { id: 'u2', body: { subscribe: [], unsubscribe: ['connectors.201.main'] }, headers: updateHeader });
  await engine.until(() => engine.broker.settledIds.includes('u2'));
  await engine.until(() => engine.engine.getStatus().destinations.length === 1);
  put(engine, 'connectors.201.main', { id: 'r3', body: request, headers: requestHeaders('r3') });
  await turns();
  expect(engine.completions('r3')).toEqual([]);
  expect(engine.ledger.count().poison).toBe(0);
});

test('[engine U32] a change that names what is no connector queue makes the engine listen to nothing else', async () => {
  const engine = await start({ flow: connectorFlow, platformConnectorQueues: ['connectors.201.main'] });
  const body = { subscribe: ['actions.201.other', 7, { name: 'acks.201.x' }], unsubscribe: 'all' };
  put(engine, 'connectors.201.main', { id: 'u1', body, headers: updateHeader });
  await engine.until(() => engine.broker.settledIds.includes('u1'));
  expect(engine.engine.getStatus().destinations).toEqual(['connectors.201.main']);
});

test('[engine U32] a queue that is refused later is told in the log, and the others go on', async () => {
  const engine = await start({ flow: connectorFlow, platformConnectorQueues: ['connectors.201.main'] });
  engine.broker.refuseSubscriptionsTo('connectors.201.secret');
  put(engine, 'connectors.201.main', { id: 'u1', body: { subscribe: ['connectors.201.secret'] }, headers: updateHeader });
  await engine.until(() => engine.broker.settledIds.includes('u1'));
  expect(engine.logLines.filter((line) => line.startsWith('error'))).toEqual([expect.stringContaining('not authorized')]);
  put(engine, 'connectors.201.main', { id: 'r1', body: request, headers: requestHeaders('r1') });
  await engine.until(() => engine.completions('r1').length === 1);
});

test('[engine U33] a request on a connector queue is no function call, whatever its body says', async () => {
  const engine = await start({ flow: connectorFlow, platformConnectorQueues: ['connectors.201.main'] });
  const { Co3MessagePayload: _, ...plain } = requestHeaders('r1');
  put(engine, 'connectors.201.main', { id: 'r1', body: { function: { name: 'lookup' }, inputs: {} }, headers: plain });
  await engine.until(() => engine.completions('r1').length === 1);
  const [reply] = engine.completions('r1');
  expect(isJsonObject(reply) && reply.message_type).toBe(1);
  expect(engine.ledger.count().poison).toBe(1);
});
