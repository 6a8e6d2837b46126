import { inspect } from 'node:util';
import { WirebookError } from '@wirebook/errors';
import type { PlatformRequest } from '@wirebook/node-kit';
import { startLeakCheck } from '@wirebook/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { apiKey, openClient, password } from './client.stand-in.ts';
import { createClientBench } from './client-bench.stand-in.ts';
import { startStandIn } from './platform.stand-in.ts';

const bench = createClientBench();
const { answerCalls, open } = bench;

beforeEach(() => bench.start());
afterEach(() => bench.close());

const get: PlatformRequest = { method: 'GET', path: '/incidents/1' };
const post: PlatformRequest = { method: 'POST', path: '/incidents', body: { name: 'x' } };

test('[R20] paths are below the organisation, or below /rest when absolute', async () => {
  const { startRun } = await open();
  answerCalls({ json: { ok: true } });
  await startRun().request({ method: 'GET', path: '/incidents/1', query: { a: 'b c', d: '&' } });
  await startRun().request({ method: 'POST', path: '/search_ex', absolute: true, body: { query: 'x' } });
  await startRun().request({ method: 'GET', path: '/incidents/1/table_data?x=1', query: { y: '2' } });
  expect(bench.platform.seen.slice(2).map(({ path, body }) => [path, body])).toEqual([
    ['/orgs/201/incidents/1?a=b+c&d=%26', null],
    ['/search_ex', { query: 'x' }],
    ['/orgs/201/incidents/1/table_data?x=1&y=2', null],
  ]);
});

test('[R20] the resource prefix comes before /rest', async () => {
  const { startRun, attempts } = await open({ resourcePrefix: '/api/respond/' });
  answerCalls({ json: {} });
  await startRun().request(get);
  expect(attempts[0]?.url).toBe(`https://localhost:${bench.platform.port}/api/respond/rest/orgs/201/incidents/1`);
});

test('[R21] a path that could lead elsewhere is refused before anything is sent', async () => {
  const { startRun } = await open();
  const bad = ['incidents/1', '@evil.example/', '/../202/incidents', '/a/%2e%2E/b', '/a/./b', '/a#b', '/a\\b', '/a\nb', '//../..'];
  for (const path of bad) {
    await expect(startRun().request({ method: 'GET', path })).rejects.toMatchObject({ code: 'SOAR_PATH_INVALID' });
  }
  expect(bench.platform.calls()).toEqual([]);
});

test('[R22] handle_format travels as a header', async () => {
  const { startRun } = await open();
  answerCalls({ json: {} });
  await startRun().request({ ...get, handleFormat: 'names' });
  await startRun().request(get);
  expect(bench.platform.seen.slice(2).map(({ headers }) => headers.handle_format)).toEqual(['names', undefined]);
});

test('[R23] an empty answer is null', async () => {
  const { startRun } = await open();
  answerCalls({ status: 204, text: '' });
  expect(await startRun().request({ method: 'DELETE', path: '/incidents/1' })).toEqual({ status: 204, body: null });
});

test.each([429, 500, 502, 503, 504])('[R24] GET, PUT, DELETE and a repeatable POST are sent again after %i', async (status) => {
  for (const method of ['GET', 'PUT', 'DELETE', 'POST'] as const) {
    const { startRun, clock } = await open();
    answerCalls({ status, text: '' }, { status, text: '' }, { json: { done: true } });
    const answer = await startRun().request({ method, path: '/incidents/query_paged', body: {}, repeatable: true });
    expect([answer, clock.sleeps]).toEqual([{ status: 200, body: { done: true } }, [2_000, 4_000]]);
  }
});

test('[R24] a cut connection is met with a new try, the waits grow to their limit and end with the tries', async () => {
  const { startRun, clock } = await open({ retry: { attempts: 5, delayMs: 2_000, backoff: 3, maxDelayMs: 20_000 } });
  answerCalls({ cut: true });
  await expect(startRun().request(get)).rejects.toMatchObject({ code: 'SOAR_REST_UNREACHABLE' });
  expect(bench.platform.calls()).toHaveLength(5);
  expect(clock.sleeps).toEqual([2_000, 6_000, 18_000, 20_000]);
});

test('[R24] the jitter moves a wait by 20 % at the most', async () => {
  for (const [unit, waitMs] of [
    [0, 1_600],
    [0.999_999, 2_400],
  ] as const) {
    const { startRun, clock } = await open({ random: () => unit });
    answerCalls({ status: 503, text: '' }, { json: {} });
    await startRun().request(get);
    expect(clock.sleeps).toEqual([waitMs]);
  }
});

test('[R25] a POST or PATCH whose fate is not known is not sent again', async () => {
  const { startRun, clock } = await open();
  for (const answer of [{ cut: true } as const, { status: 503, text: '' }, { status: 429, text: '' }, { status: 500, text: '' }]) {
    answerCalls(answer);
    await expect(startRun().request(post)).rejects.toMatchObject({ name: 'WirebookError' });
    await expect(startRun().request({ ...post, method: 'PATCH', repeatable: true })).rejects.toMatchObject({ name: 'WirebookError' });
  }
  expect(bench.platform.calls()).toHaveLength(8);
  expect(clock.sleeps).toEqual([]);
});

test('[R25] a POST that found no connection was not sent, and is tried again', async () => {
  const { startRun, attempts } = await open({ retry: { attempts: 3, delayMs: 1, backoff: 1, maxDelayMs: 1 } });
  await bench.platform.close();
  // Uses up the connections that were kept open: what was written to one of those is not certain to be unsent.
  await expect(startRun().request(get)).rejects.toMatchObject({ code: 'SOAR_REST_UNREACHABLE' });
  attempts.length = 0;
  await expect(startRun().request(post)).rejects.toMatchObject({
    code: 'SOAR_REST_UNREACHABLE',
    details: { host: 'localhost', port: bench.platform.port },
  });
  expect(attempts.map(({ attempt, status, code }) => [attempt, status, code])).toEqual(
    [1, 2, 3].map((attempt) => [attempt, null, 'SOAR_REST_UNREACHABLE']),
  );
});

test.each([400, 403, 404, 405, 409, 413, 422])('[R26] %i is never tried again', async (status) => {
  const { startRun } = await open();
  answerCalls({ status, json: { message: 'no' } });
  await expect(startRun().request(get)).rejects.toMatchObject({ details: { status } });
  expect(bench.platform.calls()).toHaveLength(1);
});

test('[R27] Retry-After lengthens a wait, in seconds or as a date, up to the longest allowed', async () => {
  const { startRun, clock } = await open();
  const inSevenSeconds = new Date(clock.now() + 10_000 + 7_000).toUTCString();
  answerCalls(
    { status: 429, text: '', headers: { 'retry-after': '10' } },
    { status: 503, text: '', headers: { 'retry-after': inSevenSeconds } },
    { status: 503, text: '', headers: { 'retry-after': 'soon' } },
    { json: {} },
  );
  await startRun().request(get);
  expect(clock.sleeps).toEqual([10_000, 7_000, 8_000]);
});

test('[R28] each try is reported', async () => {
  const { startRun, attempts, clock } = await open();
  const startMs = clock.now();
  answerCalls({ cut: true }, { status: 500, json: { message: 'oops' } }, { json: {} });
  await startRun().request(get);
  const url = `https://localhost:${bench.platform.port}/rest/orgs/201/incidents/1`;
  expect(attempts).toEqual([
    { method: 'GET', url, attempt: 1, startedAtMs: startMs, durationMs: 0, status: null, code: 'SOAR_REST_UNREACHABLE' },
    { method: 'GET', url, attempt: 2, startedAtMs: startMs + 2_000, durationMs: 0, status: 500, code: 'SOAR_SERVER_ERROR' },
    { method: 'GET', url, attempt: 3, startedAtMs: startMs + 6_000, durationMs: 0, status: 200, code: null },
  ]);
});

test.each([
  [400, 'SOAR_BAD_REQUEST'],
  [403, 'SOAR_FORBIDDEN'],
  [404, 'SOAR_NOT_FOUND'],
  [405, 'SOAR_BAD_REQUEST'],
  [409, 'SOAR_CONFLICT'],
  [429, 'SOAR_RATE_LIMITED'],
  [500, 'SOAR_SERVER_ERROR'],
  [501, 'SOAR_SERVER_ERROR'],
] as const)('[R29] status %i is %s with the text of the platform', async (status, code) => {
  const { startRun } = await open();
  answerCalls({ status, json: { success: false, title: null, message: 'Field discovered_date is required.', hints: [] } });
  await expect(startRun().request(post)).rejects.toMatchObject({
    code,
    message: `POST /rest/orgs/201/incidents: the platform answered ${status}: Field discovered_date is required.`,
    details: { status, method: 'POST', path: '/rest/orgs/201/incidents', platformMessage: 'Field discovered_date is required.' },
  });
});

test('[R29] an error page of a proxy is shown by its beginning', async () => {
  const { startRun } = await open();
  answerCalls({ status: 502, text: '<html>\n<h1>Bad   gateway</h1>' });
  await expect(startRun().request(post)).rejects.toMatchObject({
    code: 'SOAR_SERVER_ERROR',
    message: expect.stringContaining('<html> <h1>Bad gateway</h1>'),
  });
});

test('[R30] an answer that is not JSON is invalid, and a redirect is not followed', async () => {
  const { startRun } = await open();
  answerCalls({ text: '<html>Sign in</html>' });
  await expect(startRun().request(get)).rejects.toMatchObject({
    code: 'SOAR_RESPONSE_INVALID',
    message: expect.stringContaining('"<html>Sign in</html>"'),
  });
  answerCalls({ status: 302, text: '', headers: { location: 'https://elsewhere.example/' } });
  await expect(startRun().request(get)).rejects.toMatchObject({
    code: 'SOAR_RESPONSE_INVALID',
    message: expect.stringContaining('https://elsewhere.example/'),
  });
  expect(bench.platform.calls()).toHaveLength(2);
});

test('[R31] an answer over the limit is given up, and the client goes on', async () => {
  const { startRun } = await open({ maxResponseBytes: 1_000_000 });
  answerCalls({ json: 'x'.repeat(5_000_000) }, { json: 'x'.repeat(999_998) });
  await expect(startRun().request(get)).rejects.toMatchObject({ code: 'SOAR_RESPONSE_TOO_LARGE', details: { limitBytes: 1_000_000 } });
  expect((await startRun().request(get)).body).toHaveLength(999_998);
  expect(bench.platform.calls()).toHaveLength(2);
});

test('[R32] a try that takes too long ends, is reported, and is followed by the next', async () => {
  const { startRun, clock, attempts } = await open();
  let release = () => undefined as undefined;
  const held = new Promise<void>((resolve) => {
    release = () => void resolve() as undefined;
  });
  answerCalls({ json: {}, after: held }, { json: { second: true } });
  const answer = startRun().request({ ...get, timeoutMs: 500 });
  await expect.poll(() => bench.platform.calls().length).toBe(1);
  clock.expire();
  expect(await answer).toEqual({ status: 200, body: { second: true } });
  expect(attempts.map(({ code }) => code)).toEqual(['SOAR_REST_TIMEOUT', null]);
  expect(clock.runningCount()).toBe(0);

  answerCalls({ json: {}, after: held });
  const lost = startRun().request({ ...post, timeoutMs: 500 });
  const told = expect(lost).rejects.toMatchObject({ code: 'SOAR_REST_TIMEOUT', message: expect.stringContaining('500 ms') });
  await expect.poll(() => bench.platform.calls().length).toBe(3);
  clock.expire();
  await told;
  release();
});

test('[R33] the signal of the run ends a call under way and a wait, with its reason', async () => {
  const { startRun, clock, attempts } = await open();
  answerCalls({ json: {}, after: new Promise(() => undefined) });
  const first = new AbortController();
  const call = startRun({ signal: first.signal }).request(get);
  const told = expect(call).rejects.toBe('the run was stopped');
  await expect.poll(() => bench.platform.calls().length).toBe(1);
  first.abort('the run was stopped');
  await told;
  expect(attempts.map(({ status, code }) => [status, code])).toEqual([[null, null]]);

  answerCalls({ status: 503, text: '' });
  const second = new AbortController();
  const reason = new WirebookError('ENGINE_INVARIANT_BROKEN', 'any coded reason');
  clock.onSleep = () => second.abort(reason);
  await expect(startRun({ signal: second.signal }).request(get)).rejects.toBe(reason);
  await expect(startRun({ signal: second.signal }).request(get)).rejects.toBe(reason);
  expect(bench.platform.calls()).toHaveLength(2);
});

test('[R34] closing ends calls under way and leaves no connection, and may be repeated', async () => {
  const leaks = startLeakCheck();
  const own = await startStandIn(bench.certificates.valid);
  const { client, startRun } = await openClient(own, { caPem: bench.certificates.caPem });
  own.answer = () => ({ json: {}, after: new Promise(() => undefined) });
  const told = expect(startRun().request(get)).rejects.toMatchObject({ code: 'SOAR_CLIENT_CLOSED' });
  await expect.poll(() => own.calls().length).toBe(1);
  await client.close();
  await client.close();
  await told;
  await expect(startRun().request(get)).rejects.toMatchObject({ code: 'SOAR_CLIENT_CLOSED' });
  await own.close();
  await leaks.assertNothingLeft();
});

test('[R35] no secret is in errors, attempts and log lines, even when the platform repeats it', async () => {
  for (const login of [apiKey, password]) {
    const { startRun, attempts, logLines } = await open({ login });
    const basic = Buffer.from('key-id-1:key-secret-1').toString('base64');
    const secrets = ['key-secret-1', 'pass"word-1', 'pass\\"word-1', 'csrf-token-1', 'cookie-1', 'context-token-1', basic];
    const own = login.kind === 'api-key' ? ['key-secret-1', basic] : ['pass"word-1', 'pass\\"word-1', 'csrf-token-1', 'cookie-1'];
    const echo = [...own, 'context-token-1'].join(' ');
    const failures: unknown[] = [];
    for (const answer of [
      { status: 400, json: { message: echo } },
      { status: 500, text: echo },
      { text: echo },
      { status: 302, text: '', headers: { location: `https://x.example/?t=${encodeURIComponent(echo)}` } },
      { status: 401, json: { message: echo } },
      { cut: true } as const,
    ]) {
      answerCalls(answer);
      const query = { token: 'context-token-1', secret: login.kind === 'api-key' ? 'key-secret-1' : 'pass"word-1' };
      await startRun()
        .request({ ...post, query })
        .catch((thrown: unknown) => failures.push(thrown));
    }
    bench.platform.answer = () => ({ status: 401, json: { message: own.slice(0, 2).join(' ') } });
    await open({ login }).catch((thrown: unknown) => failures.push(thrown));
    expect(failures).toHaveLength(7);
    const text = inspect([failures, attempts, logLines], { depth: 20, showHidden: true });
    for (const secret of [...secrets, encodeURIComponent('pass\\"word-1'), encodeURIComponent('pass"word-1')])
      expect(text).not.toContain(secret);
    bench.platform.answer = () => undefined;
  }
});

test('[R36] connections are kept for the next call, and never more than allowed', async () => {
  const { startRun } = await open({ maxConnections: 3 });
  answerCalls({ json: {} });
  const run = startRun();
  for (let call = 0; call < 10; call += 1) await run.request(get);
  expect(bench.platform.connectionCount()).toBeLessThanOrEqual(2);
  await Promise.all(Array.from({ length: 40 }, () => run.request(get)));
  expect(bench.platform.connectionCount()).toBeLessThanOrEqual(3);
});

test('[R40] every request of a run carries its context token', async () => {
  const { startRun } = await open({ login: password });
  let count = 0;
  bench.platform.answer = ({ method, path }) => {
    if (path.startsWith('/session') || path === '/orgs/201') return undefined;
    count += 1;
    if (count === 1) return { status: 401, json: null };
    if (count === 2) return { status: 503, text: '' };
    if (method === 'PUT' && count < 8) return { status: 409, json: null };
    if (path.includes('/functions/')) return { json: { id: 1, name: 'f', destination_handle: 9 } };
    return { json: { entities: [{ id: 9, programmatic_name: 'q', name: 'q' }], fields: [] } };
  };
  const run = startRun({ contextToken: 'token-of-the-run' });
  await run.request(get);
  await run.request({ ...post, absolute: true });
  await run.readChangeWrite({ path: '/incidents/1', apply: (current) => ({ ...current, name: 'y' }) });
  await run.catalogue.listFields('incident');
  await run.catalogue.findFunction('f');
  await run.catalogue.findRuleName(9);
  const made = bench.platform.seen.slice(2).filter(({ path }) => !path.startsWith('/session'));
  expect(made.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST', 'GET', 'PUT', 'GET', 'PUT', 'GET', 'GET', 'GET', 'GET']);
  expect(made.map(({ headers }) => headers['x-co3contexttoken'])).toEqual(made.map(() => 'token-of-the-run'));
});

test('[R41] calls outside a run and runs without a token carry none', async () => {
  const { startRun, client } = await open();
  answerCalls({ json: { entities: [] } });
  await client.catalogue.findRuleName(1);
  await startRun({ contextToken: undefined }).request(get);
  expect(bench.platform.seen.filter(({ headers }) => 'x-co3contexttoken' in headers)).toEqual([]);
});

test('[R40] a context token that cannot be a header is a coded error, and nothing is sent', async () => {
  const { startRun } = await open();
  await expect(startRun({ contextToken: 'a\r\nX-Evil: 1' }).request(get)).rejects.toMatchObject({ code: 'SOAR_BAD_REQUEST' });
  expect(bench.platform.calls()).toEqual([]);
});
