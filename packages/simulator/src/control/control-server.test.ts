import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { BrokerMessage } from '../broker/broker-port.ts';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
let caller: PlatformCaller;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
});

afterEach(async () => {
  await simulator.reset();
});

afterAll(async () => {
  await caller.close();
  await simulator.close();
});

/** Takes the messages of a queue, as a client would, and leaves. */
async function takeMessages(queue: string, count: number): Promise<BrokerMessage[]> {
  const { broker } = simulator;
  if (broker === null) throw new Error('these tests need the embedded broker');
  const taken: BrokerMessage[] = [];
  const consumer = await broker.consume(queue, (message) => void taken.push(message));
  await expect.poll(() => taken).toHaveLength(count);
  await consumer.close();
  return taken;
}

async function replyTo(message: BrokerMessage | undefined, body: unknown): Promise<void> {
  await simulator.publish({
    destination: (message?.headers['reply-to'] ?? '').replace('/queue/', ''),
    headers: { 'correlation-id': message?.headers['correlation-id'] ?? '' },
    body: new TextEncoder().encode(JSON.stringify(body)),
  });
}

test('[C1] a function is fired and its invocation followed to the result', async () => {
  const fired = await caller.control('POST', '/invocations', { function: 'lookup_model_by_id', inputs: { model_id: 'm1' } });
  expect([fired.status, Object.keys(fired.body ?? {})]).toEqual([201, ['id']]);
  const path = `/invocations/${fired.at('id')}`;
  expect((await caller.control('GET', path)).body).toMatchObject({ status: 'Pending', replies: [], completingReplies: 0, result: null });
  const [message] = await takeMessages('actions.201.fn_models', 1);
  await replyTo(message, { message_type: 0, message: 'at work', complete: false });
  await replyTo(message, { message_type: 0, message: 'Completed', complete: true, results: { value: 'xyz' } });
  expect((await caller.control('GET', path)).body).toMatchObject({
    status: 'Complete',
    completingReplies: 1,
    result: { value: 'xyz' },
    replies: [
      { message: 'at work', complete: false, receivedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
      { message: 'Completed', complete: true },
    ],
  });
});

test('[C1, C2] many calls are fired at once and counted by status', async () => {
  const fired = await caller.control('POST', '/invocations', { function: 'lookup_model_by_id', inputs: { model_id: 'm' }, count: 500 });
  expect(new Set([fired.at('ids')].flat()).size).toBe(500);
  const answer = await caller.control('GET', '/invocations?limit=3&status=Pending');
  expect(answer.at('summary')).toEqual({
    total: 500,
    byStatus: { Pending: 500, Complete: 0, Error: 0, 'Timed Out': 0 },
    callsByCompletingReplies: { none: 500, one: 0, several: 0 },
    unknownReplies: 0,
  });
  expect(answer.at('invocations')).toHaveLength(3);
});

test.each([
  [{ function: 'no_such' }, 'there is no function "no_such"; there are: lookup_model_by_id, triage_report'],
  [{ rule: 'No Such', incident: 2101 }, 'there is no rule "No Such"'],
  [{ rule: 'Create Ticket' }, '"incident" is missing'],
  [{ rule: 'Create Ticket', incident: 1 }, 'organisation 201 has no incident 1'],
  [{ function: 'lookup_model_by_id', org: 999 }, 'there is no organisation 999; there are: 201, 202, 203'],
  [{ rule: 'x', incident: 1, object: { type: 5 } }, '"object" has to be {"type": name, "id": number}'],
  [{}, 'needs "function" or "rule"'],
])('[C3] %j is refused with what is wrong', async (body, message) => {
  const answer = await caller.control('POST', '/invocations', body);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code: 'SIMULATOR_REQUEST_INVALID', message: expect.stringContaining(message) });
  expect((await caller.control('GET', '/invocations')).at('summary.total')).toBe(0);
});

test('[C3] an invocation that does not exist is 404, a path that does not exist 400', async () => {
  expect((await caller.control('GET', '/invocations/1')).status).toBe(404);
  expect((await caller.control('GET', '/nothing')).body).toMatchObject({ message: 'the control port has no GET /nothing' });
});

test('[C4] queues are shown with depth, unacknowledged and consumers', async () => {
  await caller.control('POST', '/invocations', { function: 'lookup_model_by_id', inputs: { model_id: 'm' }, count: 4 });
  const answer = await caller.control('GET', '/queues');
  expect(answer.at('queues')).toContainEqual({ queue: 'actions.201.fn_models', depth: 4, unacknowledged: 0, consumers: 0 });
});

test('[C5] requests are shown with what tests ask about, and without secrets', async () => {
  await caller.org('POST', '/incidents/query', {});
  await caller.call('POST', '/session', { body: { email: simulator.email, password: simulator.password } });
  await caller.call('GET', '/const', { headers: { 'X-Co3ContextToken': 'never issued' } });
  const answer = await caller.control('GET', '/requests');
  expect(answer.at('requests')).toMatchObject([
    { method: 'POST', path: '/rest/orgs/201/incidents/query', credentialsSeen: true, contextToken: 'none', body: {}, status: 200 },
    { method: 'POST', path: '/rest/session', credentialsSeen: true, body: null, status: 200 },
    {
      method: 'GET',
      credentialsSeen: false,
      contextToken: 'unknown',
      status: 401,
      headerNames: expect.arrayContaining(['x-co3contexttoken']),
    },
  ]);
  expect(answer.text).not.toContain(simulator.password);
  expect(answer.text).not.toContain(simulator.apiKeySecret);
});

test('[C6] bytes are put on a queue as they are', async () => {
  const body = Buffer.from([0xff, 0x00, 0x7b]);
  const headers = { 'correlation-id': 'odd' };
  const answer = await caller.control('POST', '/messages', {
    destination: 'actions.201.odd',
    headers,
    bodyBase64: body.toString('base64'),
  });
  expect(answer.status).toBe(204);
  const [message] = await takeMessages('actions.201.odd', 1);
  expect([Buffer.from(message?.body ?? []).equals(body), message?.headers['correlation-id'], message?.headers['reply-to']]).toEqual([
    true,
    'odd',
    undefined,
  ]);
  expect((await caller.control('POST', '/messages', { destination: 'q', headers: { a: 1 } })).status).toBe(400);
});

test('[C7] a reset brings back the start, and logins stay', async () => {
  const types = await caller.org('GET', '/types');
  const org = await caller.org('GET', '');
  await caller.org('POST', '/incidents', { name: 'new', discovered_date: 1 });
  await caller.control('POST', '/invocations', { function: 'lookup_model_by_id', inputs: { model_id: 'm' } });
  await caller.control('POST', '/faults', { kind: 'rest-status', status: 503, count: 99 });
  expect((await caller.control('POST', '/reset')).status).toBe(204);
  const list = await caller.org('GET', '/incidents');
  expect(Array.isArray(list.body) ? list.body.length : 0).toBe(5);
  expect((await caller.org('GET', '/types')).body).toEqual(types.body);
  expect((await caller.org('GET', '')).body).toEqual(org.body);
  expect((await caller.control('GET', '/invocations')).at('summary.total')).toBe(0);
  expect((await caller.control('GET', '/queues')).text).not.toContain('"queue":"actions.201.fn_models","depth":1');
});

test('[C8] what a web page sends is refused, by its origin and by the name it used', async () => {
  const statusWith = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(`${simulator.controlUrl}/health`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.once('error', reject);
      sent.end();
    });
  expect(simulator.controlUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await statusWith({})).toBe(200);
  expect(await statusWith({ origin: 'https://pages.example' })).toBe(403);
  expect(await statusWith({ host: 'pages.example' })).toBe(403);
});
