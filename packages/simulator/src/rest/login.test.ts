import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../manual-clock.stand-in.ts';
import { basicOf, createPlatformCaller, objectOf, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

const clock = createManualClock(Date.now());
let simulator: Simulator;
let caller: PlatformCaller;

beforeAll(async () => {
  simulator = await createSimulator({ clock });
  caller = createPlatformCaller(simulator);
});

afterAll(async () => {
  await caller.close();
  await simulator.close();
});

const sessionPath = '/session?include_permissions=false';

async function logIn(email = simulator.email, password = simulator.password) {
  const answer = await caller.call('POST', sessionPath, { body: { email, password } });
  const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  return { answer, headers: { cookie, 'x-sess-id': String(answer.at('csrf_token')) } };
}

test('[R1] an e-mail login answers user, organisations and token, and sets the cookie', async () => {
  const { answer } = await logIn();
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    user_email: simulator.email,
    user_id: 1,
    api_key_handle: null,
    orgs: [{ id: 201, name: simulator.org, enabled: true }],
  });
  expect(answer.headers['set-cookie']).toMatch(/^JSESSIONID=[0-9A-F]{32}; Path=\/; Secure; HttpOnly$/);
});

test('[R1] a wrong password is answered 401 with the error body', async () => {
  const { answer } = await logIn(simulator.email, 'wrong');
  expect(answer.status).toBe(401);
  expect(answer.body).toMatchObject({ success: false, title: null, message: expect.any(String), hints: [], error_code: 'generic' });
});

test('[R2] after an e-mail login a request needs both the cookie and the token', async () => {
  const { headers } = await logIn();
  const statusWith = async (sent: Record<string, string>) => (await caller.call('GET', '/orgs/201', { headers: sent })).status;
  expect(await statusWith(headers)).toBe(200);
  expect(await statusWith({ cookie: headers.cookie })).toBe(401);
  expect(await statusWith({ 'x-sess-id': headers['x-sess-id'] })).toBe(401);
  expect(await statusWith({ ...headers, 'x-sess-id': 'another' })).toBe(401);
  expect(await statusWith({})).toBe(401);
});

test('[R3] an API key goes as Basic on every request and belongs to one organisation', async () => {
  const answer = await caller.call('GET', sessionPath, { headers: caller.basic });
  expect(answer.body).toMatchObject({
    orgs: [{ id: 201 }],
    user_id: null,
    client_id: simulator.apiKeyId,
    api_key_handle: expect.any(Number),
  });
  expect(objectOf(answer.body)).toHaveProperty('orgs.length', 1);
  const wrong = await caller.call('GET', sessionPath, { headers: { authorization: basicOf(simulator.apiKeyId, 'no') } });
  expect(wrong.status).toBe(401);
});

test('[R4] a session ends 1,200 s after its last use', async () => {
  const { headers } = await logIn();
  const statusAfter = async (waitMs: number) => {
    clock.advance(waitMs);
    return (await caller.call('GET', '/orgs/201', { headers })).status;
  };
  expect(await statusAfter(1_200_000)).toBe(200);
  expect(await statusAfter(1_200_000)).toBe(200);
  expect(await statusAfter(1_200_001)).toBe(401);
});

test('[R4] a session ends when it is logged out', async () => {
  const { headers } = await logIn();
  expect((await caller.call('DELETE', '/session', { headers })).status).toBe(204);
  expect((await caller.call('GET', '/orgs/201', { headers })).status).toBe(401);
});

test('[R5] a login has no way into another organisation, a disabled one, or one that does not exist', async () => {
  const many = simulator.credentials.users.find((user) => user.orgIds.length === 3);
  const { answer, headers } = await logIn(many?.email, many?.password);
  expect(answer.body).toMatchObject({
    orgs: [
      { id: 201, enabled: true },
      { id: 202, enabled: true },
      { id: 203, enabled: false },
    ],
  });
  const statusOf = async (org: number, sent: Record<string, string>) =>
    (await caller.call('GET', `/orgs/${org}`, { headers: sent })).status;
  expect(await statusOf(202, headers)).toBe(200);
  expect(await statusOf(203, headers)).toBe(403);
  expect(await statusOf(202, caller.basic)).toBe(403);
  expect(await statusOf(999, caller.basic)).toBe(404);
});

test.each([
  ['a path without a route', 'GET', '/orgs/201/nothing/here', 404],
  ['a path outside the organisations', 'GET', '/elsewhere', 404],
  ['a method without a route', 'DELETE', '/orgs/201/types', 404],
  ['an id that is no number', 'GET', '/orgs/201/incidents/first', 404],
] as const)('[R6] %s is answered with the error body', async (_name, method, path, status) => {
  const answer = await caller.call(method, path, { headers: caller.basic });
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ success: false, title: null, message: expect.any(String), hints: [], error_code: 'generic' });
});

test('[R6] a body that is no JSON is answered 400', async () => {
  const answer = await caller.call('POST', '/orgs/201/incidents', { headers: caller.basic, rawBody: '{"name": ' });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ success: false, error_code: 'generic' });
});
