import { createServer, type RequestListener } from 'node:http';
import { createSystemClock } from '@wirebook/engine';
import type { CallAttempt, HttpRequest } from '@wirebook/node-kit';
import { afterAll, expect, test } from 'vitest';
import { createOutboundGate } from '../outbound/outbound-gate.ts';
import { createHttpService, type HttpServiceHandle } from './http-service.ts';

const open: { close(): Promise<void> }[] = [];

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function create(allow: readonly string[] = ['127.0.0.0/8', 'localhost']): HttpServiceHandle {
  const clock = createSystemClock();
  const gate = createOutboundGate({
    clock,
    circuit: { failures: 2, openMs: 30_000 },
    rateLimits: [{ host: 'localhost', port: null, count: 1, perMs: 1000, text: 'localhost:1/s' }],
    onCircuit: () => undefined,
    callsPerHost: 64,
  });
  const created = createHttpService({ allow, clock, gate });
  open.push(created);
  return created;
}

function requestOf(url: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url,
    headers: {},
    timeoutMs: 5000,
    maxResponseBytes: 100_000,
    signal: new AbortController().signal,
    onAttempt: () => undefined,
    ...changes,
  };
}

afterAll(async () => {
  for (const { close } of open.reverse()) await close();
});

test('[H12] failures of all kinds open the circuit of their host, and no call is made then', async () => {
  let count = 0;
  const port = await listen((request, response) => {
    count += 1;
    if (request.url === '/break') request.socket.destroy();
    else response.writeHead(503).end();
  });
  const own = create();
  expect(await own.request(requestOf(`http://127.0.0.1:${port}/down`))).toMatchObject({ status: 503 });
  await expect(own.request(requestOf(`http://127.0.0.1:${port}/break`))).rejects.toMatchObject({ code: 'HTTP_UNREACHABLE' });
  const attempts: CallAttempt[] = [];
  const refused = own.request(requestOf(`http://127.0.0.1:${port}/down`, { onAttempt: (attempt) => attempts.push(attempt) }));
  await expect(refused).rejects.toMatchObject({ code: 'HTTP_CIRCUIT_OPEN', details: { host: `127.0.0.1:${port}` } });
  expect([count, attempts]).toEqual([2, []]);
});

test('[H12] what is refused before it leaves says nothing about its host', async () => {
  const own = create([]);
  for (let number = 0; number < 5; number += 1) {
    await expect(own.request(requestOf('http://127.0.0.1:1/'))).rejects.toMatchObject({ code: 'HTTP_ADDRESS_BLOCKED' });
  }
});

test('[H17] a call that has to wait says why at once, and how long it waited when it has ended', async () => {
  const port = await listen((_, response) => response.end());
  const own = create();
  const held: string[] = [];
  const attempts: CallAttempt[] = [];
  const ask = () =>
    own.request(
      requestOf(`http://localhost:${port}/`, {
        timeoutMs: 900,
        onHeld: (reason) => held.push(reason),
        onAttempt: (attempt) => attempts.push(attempt),
      }),
    );
  await Promise.all([ask(), ask()]);
  expect(held).toEqual(['waits for its turn under the rate limit localhost:1/s, 0 calls before it']);
  expect(attempts[0]?.waitMs).toBeUndefined();
  expect(attempts[1]?.waitMs).toBeGreaterThan(900);
});
