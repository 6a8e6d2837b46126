import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createManualClock } from '../manual-clock.stand-in.ts';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';
import { systemClock } from '../system-clock.ts';
import { createRestFaults } from './rest-fault.ts';

let simulator: Simulator;
let caller: PlatformCaller;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
});

afterEach(async () => {
  await caller.control('DELETE', '/faults');
});

afterAll(async () => {
  await caller.close();
  await simulator.close();
});

async function startFault(body: object): Promise<void> {
  expect((await caller.control('POST', '/faults', body)).status).toBe(204);
}

async function statusesOf(count: number, send: () => Promise<{ status: number }>): Promise<number[]> {
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent += 1) statuses.push((await send()).status);
  return statuses;
}

test('[C9] a fault strikes the next n requests of its method and path only', () => {
  const faults = createRestFaults();
  faults.add({ kind: 'status', status: 500, method: 'GET', path: '/rest/orgs/*/incidents/*', count: 2 });
  const kinds = (method: string, path: string) => faults.take(method, path).map((fault) => fault.kind);
  expect(kinds('PUT', '/rest/orgs/201/incidents/1')).toEqual([]);
  expect(kinds('GET', '/rest/orgs/201/types')).toEqual([]);
  expect(kinds('GET', '/rest/orgs/201/incidents/1/comments')).toEqual(['status']);
  expect(kinds('GET', '/rest/orgs/202/incidents/2')).toEqual(['status']);
  expect(kinds('GET', '/rest/orgs/201/incidents/1')).toEqual([]);
});

test('[C9] a status is answered with the error body, and ended by DELETE', async () => {
  await startFault({ kind: 'rest-status', status: 503, message: 'in maintenance', count: 2 });
  const answer = await caller.org('GET', '');
  expect([answer.status, answer.at('message'), answer.at('success')]).toEqual([503, 'in maintenance', false]);
  await caller.control('DELETE', '/faults');
  expect((await caller.org('GET', '')).status).toBe(200);
});

test('[C9] 401 and 409 strike the next requests, the latter PUTs only', async () => {
  await startFault({ kind: 'rest-unauthorized', path: '/rest/orgs/201' });
  await startFault({ kind: 'rest-conflict', count: 2 });
  expect(await statusesOf(2, () => caller.org('GET', ''))).toEqual([401, 200]);
  const list = await caller.org('GET', '/incidents');
  const read = await caller.org('GET', `/incidents/${list.at('0.id')}`);
  expect(await statusesOf(3, () => caller.org('PUT', `/incidents/${list.at('0.id')}`, read.body))).toEqual([409, 409, 200]);
});

test('[C9] a delay holds the answer back', async () => {
  const clock = createManualClock(systemClock.now());
  const held = await createSimulator({ clock });
  const heldCaller = createPlatformCaller(held);
  onTestFinished(async () => {
    await heldCaller.close();
    await held.close();
  });
  const requestsSeen = async () => (await heldCaller.control('GET', '/requests')).text;
  await heldCaller.control('POST', '/faults', { kind: 'rest-delay', delayMs: 150, path: '/rest/orgs/201' });
  let isAnswered = false;
  const answer = heldCaller.org('GET', '').finally(() => {
    isAnswered = true;
  });
  await expect.poll(requestsSeen).toContain('"/rest/orgs/201"');
  await expect.poll(async () => (await heldCaller.org('GET', '/incidents')).status).toBe(200);
  expect(isAnswered).toBe(false);
  await expect
    .poll(() => {
      clock.advance(150);
      return isAnswered;
    })
    .toBe(true);
  expect((await answer).status).toBe(200);
});

test('[C9] a connection is cut before a request is handled, or after', async () => {
  const count = async () => {
    const list = await caller.org('GET', '/incidents');
    return Array.isArray(list.body) ? list.body.length : 0;
  };
  const before = await count();
  const post = () => caller.org('POST', '/incidents', { name: 'cut', discovered_date: 1 });
  await startFault({ kind: 'rest-cut', method: 'post' });
  await expect(post()).rejects.toThrow();
  expect(await count()).toBe(before);
  await startFault({ kind: 'rest-cut', method: 'POST', moment: 'after' });
  await expect(post()).rejects.toThrow();
  expect(await count()).toBe(before + 1);
});

test('[R63] a status may ask for a pause, and connections may be refused for a time', async () => {
  await startFault({ kind: 'rest-status', status: 429, retryAfterSeconds: 7 });
  const answer = await caller.org('GET', '');
  expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7']);
  await startFault({ kind: 'rest-refuse', durationMs: 60_000 });
  const fresh = createPlatformCaller(simulator);
  await expect(fresh.org('GET', '')).rejects.toThrow();
  await caller.control('DELETE', '/faults');
  expect((await fresh.org('GET', '')).status).toBe(200);
  await fresh.close();
});

test('[C9] a garbage body is no JSON', async () => {
  await startFault({ kind: 'rest-garbage' });
  const answer = await caller.org('GET', '');
  expect([answer.status, answer.body]).toEqual([200, null]);
});

test('[C10] expired sessions are answered 401', async () => {
  const login = await caller.call('POST', '/session', { body: { email: simulator.email, password: simulator.password } });
  const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
  const headers = { cookie, 'x-sess-id': String(login.at('csrf_token')) };
  expect((await caller.call('GET', '/orgs/201', { headers })).status).toBe(200);
  await startFault({ kind: 'rest-expire-sessions' });
  expect((await caller.call('GET', '/orgs/201', { headers })).status).toBe(401);
});

test.each([
  ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['expired', 'CERT_HAS_EXPIRED'],
  ['untrusted', /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/],
])('[C10] a certificate that is %s is refused by a client that verifies, before a request is sent', async (certificate, code) => {
  await startFault({ kind: 'rest-certificate', certificate });
  const fresh = createPlatformCaller(simulator);
  const requestCount = simulator.requests().length;
  await expect(fresh.org('GET', '')).rejects.toMatchObject({ code: typeof code === 'string' ? code : expect.stringMatching(code) });
  expect(simulator.requests().length).toBe(requestCount);
  await fresh.close();
  await caller.control('DELETE', '/faults');
  const again = createPlatformCaller(simulator);
  expect((await again.org('GET', '')).status).toBe(200);
  await again.close();
});

test('[C10] the switches of the embedded broker are reached by name', async () => {
  await startFault({ kind: 'stomp-kill' });
  let isFired = false;
  const fired = simulator.invocations.fire({ function: 'lookup_model_by_id', inputs: { model_id: 'x' } }).then(() => {
    isFired = true;
  });
  expect((await caller.control('GET', '/health')).status).toBe(200);
  expect(isFired).toBe(false);
  await startFault({ kind: 'stomp-start' });
  await fired;
  for (const kind of ['stomp-cut', 'stomp-duplicate', 'stomp-garble-body', 'stomp-garble-frame', 'stomp-swallow-receipt', 'stomp-pause']) {
    await startFault({ kind });
  }
  await startFault({ kind: 'stomp-delay', delayMs: 5 });
  await startFault({ kind: 'stomp-refuse', durationMs: 5 });
  await startFault({ kind: 'stomp-certificate', certificate: 'expired' });
});

test.each([
  [{ kind: 'rest-magic' }, /fault "rest-magic" is not known; there are: rest-delay/],
  [{ kind: 'rest-status' }, /"status" has to be a whole number/],
  [{ kind: 'rest-certificate', certificate: 'pretty' }, /one of: valid, wrong-host, expired, untrusted/],
  [{ kind: '__proto__' }, /is not known/],
])('[C9] a fault that means nothing is refused: %j', async (body, message) => {
  const answer = await caller.control('POST', '/faults', body);
  expect(answer.status).toBe(400);
  expect(answer.at('message')).toMatch(message);
});
