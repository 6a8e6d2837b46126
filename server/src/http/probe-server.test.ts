import { request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { openProbeServer, type ProbeServer } from './probe-server.ts';

let opened: ProbeServer | null = null;

afterEach(() => opened?.close());

test('[M5] the probes of an engine without a server stand on 127.0.0.1 and answer GET under its own name only', async () => {
  let notReady = ['not subscribed: fn_main'];
  opened = await openProbeServer(0, {
    findUnready: () => notReady,
    readMetrics: async () => 'wirebook_runs_total 1\n',
    findToken: async () => null,
  });
  const { url } = opened;
  expect(new URL(url).hostname).toBe('127.0.0.1');
  const get = async (path: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' = 'GET') => {
    const answer = await request(`${url}${path}`, { headers, method });
    return `${answer.statusCode} ${(await answer.body.text()).trim()}`;
  };
  expect(await get('/healthz')).toBe('200 alive');
  expect(await get('/readyz')).toBe('503 not ready');
  notReady = [];
  expect(await get('/readyz?verbose=1')).toBe('200 ready');
  expect(await get('/metrics')).toBe('200 wirebook_runs_total 1');
  expect(await get('/api/health')).toMatch(/^404/);
  expect(await get('/metrics', { host: 'evil.example' })).toMatch(/^421/);
  expect(await get('/metrics', {}, 'POST')).toMatch(/^405/);
});

test('[M5] a port that is taken is told by name', async () => {
  const source = { findUnready: () => [], readMetrics: async () => '', findToken: async () => null };
  opened = await openProbeServer(0, source);
  await expect(openProbeServer(Number(new URL(opened.url).port), source)).rejects.toMatchObject({ code: 'SERVER_PORT_IN_USE' });
});
