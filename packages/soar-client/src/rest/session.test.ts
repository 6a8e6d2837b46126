import { afterEach, beforeEach, expect, test } from 'vitest';
import { apiKey, password } from './client.stand-in.ts';
import { createClientBench } from './client-bench.stand-in.ts';
import { answerAsUsual, sessionAnswer } from './platform.stand-in.ts';

const bench = createClientBench();
const { open } = bench;

beforeEach(() => bench.start());
afterEach(() => bench.close());

const logins = () => bench.platform.seen.filter(({ path }) => path.startsWith('/session'));

test('[R1] an API key goes along as HTTP Basic on every request, without cookie and X-sess-id', async () => {
  const { startRun } = await open({ login: apiKey });
  bench.platform.answer = ({ path }) => (path.endsWith('/incidents/1') ? { json: {} } : undefined);
  await startRun().request({ method: 'GET', path: '/incidents/1' });
  expect(bench.platform.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /session?include_permissions=false',
    'GET /orgs/201',
    'GET /orgs/201/incidents/1',
  ]);
  const basic = `Basic ${Buffer.from('key-id-1:key-secret-1').toString('base64')}`;
  expect(bench.platform.seen.map(({ headers }) => [headers.authorization, headers.cookie, headers['x-sess-id']])).toEqual([
    [basic, undefined, undefined],
    [basic, undefined, undefined],
    [basic, undefined, undefined],
  ]);
});

test('[R2] e-mail and password are posted once, later requests carry the cookie and X-sess-id', async () => {
  await open({ login: password });
  const [login, org] = bench.platform.seen;
  expect([login?.method, login?.path, login?.body]).toEqual([
    'POST',
    '/session?include_permissions=false',
    { email: 'jo@example.com', password: 'pass"word-1' },
  ]);
  expect([org?.headers.cookie, org?.headers['x-sess-id'], org?.headers.authorization]).toEqual([
    'JSESSIONID=cookie-1',
    'csrf-token-1',
    undefined,
  ]);
});

test('[R2] a login answer without csrf_token or JSESSIONID is no session', async () => {
  bench.platform.answer = ({ path }) => (path.startsWith('/session') ? { json: sessionAnswer } : undefined);
  await expect(open({ login: password })).rejects.toMatchObject({
    code: 'SOAR_RESPONSE_INVALID',
    message: expect.stringContaining('JSESSIONID'),
  });
  bench.platform.answer = ({ path }) => (path.startsWith('/session') ? { json: { ...sessionAnswer, csrf_token: null } } : undefined);
  await expect(open({ login: password })).rejects.toMatchObject({
    code: 'SOAR_RESPONSE_INVALID',
    message: expect.stringContaining('csrf_token'),
  });
});

test('[R3] the client works in the organisation that org names', async () => {
  const { client } = await open({ org: '61d7ae97' });
  expect(client.catalogue.orgId).toBe(202);
  expect(bench.platform.seen.at(-1)?.path).toBe('/orgs/202');
});

test('[R37] the account is the user of a password login, the handle of an API key, or not known', async () => {
  expect((await open({ login: password })).client.catalogue.account).toEqual({ type: 'user', id: 1 });
  expect((await open({ login: apiKey })).client.catalogue.account).toBeNull();
  bench.platform.answer = ({ path }) => (path.startsWith('/session') ? { json: { ...sessionAnswer, api_key_handle: 7 } } : undefined);
  expect((await open({ login: apiKey })).client.catalogue.account).toEqual({ type: 'apikey', id: 7 });
});

test('[R5] an organisation whose action framework is off is refused', async () => {
  for (const json of [{ id: 201, actions_framework_enabled: false }, { id: 201 }]) {
    bench.platform.answer = ({ path }) => (path === '/orgs/201' ? { json } : undefined);
    await expect(open()).rejects.toMatchObject({
      code: 'SOAR_ACTIONS_DISABLED',
      message: expect.stringContaining('"Test Organization" (201)'),
    });
  }
});

test('[R6] a refused login is told at once, with the account and the text of the platform', async () => {
  bench.platform.answer = () => ({ status: 401, json: { success: false, message: 'Invalid user name or password' } });
  await expect(open({ login: password })).rejects.toMatchObject({
    code: 'SOAR_LOGIN_REFUSED',
    message: 'the platform refused the login of account jo@example.com (401): Invalid user name or password',
  });
  await expect(open({ login: apiKey })).rejects.toMatchObject({
    code: 'SOAR_LOGIN_REFUSED',
    message: expect.stringContaining('API key key-id-1'),
  });
  expect(logins()).toHaveLength(2);
});

test('[R6] the log names a refused login as such', async () => {
  bench.platform.answer = () => ({ status: 401, json: null });
  const lines: string[] = [];
  const log = { info: (text: string) => void lines.push(text), warn: (text: string) => void lines.push(text) };
  await expect(open({ log })).rejects.toMatchObject({ code: 'SOAR_LOGIN_REFUSED' });
  expect(lines).toEqual(['login attempt 1 at the platform failed: SOAR_LOGIN_REFUSED']);
});

test('[R7] a first login is tried again after a 503 and a cut connection, as often as configured', async () => {
  bench.platform.answer = (request) => {
    if (!request.path.startsWith('/session')) return undefined;
    return [{ status: 503, text: 'down' }, { cut: true } as const][logins().length - 1];
  };
  const { clock, logLines } = await open({ login: password, loginAttempts: 3 });
  expect(clock.sleeps).toEqual([2_000, 4_000]);
  expect(logLines.slice(0, 2)).toEqual([
    'login attempt 1 at the platform failed: SOAR_SERVER_ERROR',
    'login attempt 2 at the platform failed: SOAR_REST_UNREACHABLE',
  ]);

  bench.platform.answer = () => ({ status: 503, text: 'down' });
  const before = logins().length;
  await expect(open({ loginAttempts: 2 })).rejects.toMatchObject({ code: 'SOAR_SERVER_ERROR' });
  expect(logins().length - before).toBe(2);
});

test('[R8] calls that meet a 401 together share one new login, and are then sent again, POSTs too', async () => {
  const { startRun, attempts, clock } = await open({ login: password });
  const fresh = { ...sessionAnswer, csrf_token: 'csrf-token-2' };
  bench.platform.answer = (request) => {
    if (request.path.startsWith('/session')) return { json: fresh, headers: { 'set-cookie': 'JSESSIONID=cookie-2; Path=/' } };
    if (request.headers['x-sess-id'] !== 'csrf-token-2') return { status: 401, json: { message: 'Unauthorized' } };
    return { json: { cookie: request.headers.cookie ?? null } };
  };
  const run = startRun();
  const answers = await Promise.all([
    run.request({ method: 'POST', path: '/incidents/1/comments', body: { text: 'x' } }),
    run.request({ method: 'GET', path: '/incidents/2' }),
    run.request({ method: 'PATCH', path: '/incidents/3', body: {} }),
  ]);
  expect(answers.map(({ body }) => body)).toEqual(Array(3).fill({ cookie: 'JSESSIONID=cookie-2' }));
  expect(logins()).toHaveLength(2);
  expect(attempts.filter(({ method }) => method === 'POST').map(({ attempt, status, code }) => [attempt, status, code])).toEqual([
    [1, 401, 'SOAR_SESSION_ENDED'],
    [2, 200, null],
  ]);
  expect(clock.sleeps).toEqual([]);
});

test('[R8] a second 401 after a new login is an error', async () => {
  const { startRun } = await open();
  bench.platform.answer = ({ path }) => (path.startsWith('/session') ? undefined : { status: 401, json: { message: 'no' } });
  await expect(startRun().request({ method: 'GET', path: '/incidents/1' })).rejects.toMatchObject({
    code: 'SOAR_LOGIN_REFUSED',
    message: expect.stringContaining('GET /rest/orgs/201/incidents/1'),
  });
  expect(bench.platform.calls()).toEqual(['GET /incidents/1', 'GET /incidents/1']);
});

test('[R8] an organisation that the account has lost ends the new login', async () => {
  const { startRun } = await open();
  bench.platform.answer = ({ path }) =>
    path.startsWith('/session') ? { json: { ...sessionAnswer, orgs: [] } } : { status: 401, json: null };
  await expect(startRun().request({ method: 'GET', path: '/x' })).rejects.toMatchObject({ code: 'SOAR_ORG_UNKNOWN' });
});

test('[R9] a refused new login is not tried again for 30 seconds', async () => {
  const { startRun, clock } = await open({ login: password });
  bench.platform.answer = () => ({ status: 401, json: { message: 'locked' } });
  for (let call = 0; call < 3; call += 1) {
    await expect(startRun().request({ method: 'GET', path: '/x' })).rejects.toMatchObject({ code: 'SOAR_LOGIN_REFUSED' });
  }
  expect(logins()).toHaveLength(2);
  await clock.sleep(30_000);
  bench.platform.answer = (request) =>
    request.path.startsWith('/session') || logins().length > 2 ? { ...answerAsUsual(request), status: 200 } : { status: 401, json: null };
  await startRun().request({ method: 'GET', path: '/x' });
  expect(logins()).toHaveLength(3);
});
