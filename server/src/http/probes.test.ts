import { request } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ServerUnderTest, startServerUnderTest } from '../web-server.stand-in.ts';

let server: ServerUnderTest;

beforeEach(async () => {
  server = await startServerUnderTest();
});

afterEach(() => server.close());

test('[M2] whether the process lives and is ready is told without a session and without detail', async () => {
  expect(await server.send('GET', '/healthz')).toMatchObject({ status: 200, body: 'alive\n' });
  expect(await server.send('GET', '/readyz')).toMatchObject({ status: 200, body: 'ready\n' });
  server.engine.notReady = ['not subscribed: fn_secret_project'];
  expect(await server.send('GET', '/readyz')).toMatchObject({ status: 503, body: 'not ready\n' });
  expect(await server.send('GET', '/healthz')).toMatchObject({ status: 200 });
});

test('[M3] this machine reads the numbers of server and engine without a token, but not through a proxy', async () => {
  const answer = await server.send('GET', '/metrics');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4');
  expect(answer.body).toContain('wirebook_stand_in 1');
  expect(answer.body).toContain('wirebook_engine_up 1');
  expect(answer.body).toContain('wirebook_server_process_cpu_seconds_total');
  for (const headers of [{ 'x-forwarded-for': '10.0.0.7' }, { forwarded: 'for=10.0.0.7' }])
    expect(await server.send('GET', '/metrics', { headers })).toMatchObject({ status: 403 });
});

test('[M3] where a token is set nobody reads the numbers without it', async () => {
  server.metricsToken.value = 'a long token';
  expect(await server.send('GET', '/metrics')).toMatchObject({ status: 403 });
  expect(await server.send('GET', '/metrics', { headers: { authorization: 'Bearer a long toke' } })).toMatchObject({ status: 403 });
  const headers = { authorization: 'Bearer a long token', 'x-forwarded-for': '10.0.0.7' };
  expect(await server.send('GET', '/metrics', { headers })).toMatchObject({ status: 200 });
});

test('[M2] probes answer under the hosts of the server only, and to GET only', async () => {
  const { port } = new URL(server.url);
  const foreign = await request(`http://127.0.0.1:${port}/metrics`, { headers: { host: 'evil.example' } });
  expect(foreign.statusCode).toBe(421);
  expect((await server.send('POST', '/healthz')).status).toBeGreaterThanOrEqual(400);
});
