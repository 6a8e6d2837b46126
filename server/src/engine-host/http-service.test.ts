import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { createSystemClock } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import type { CallAttempt, HttpRequest } from '@wirebook/node-kit';
import { createCertificateStore } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutboundGate } from '../outbound/outbound-gate.ts';
import { createEgressRules } from './http-egress.ts';
import { createHttpService, type HttpServiceHandle } from './http-service.ts';

const open: { close(): Promise<void> }[] = [];
let base = '';
let service: HttpServiceHandle;

const answer: RequestListener = (request, response) => {
  const url = new URL(request.url ?? '/', 'http://x');
  switch (url.pathname) {
    case '/echo': {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        response.setHeader('content-type', 'application/json');
        response.setHeader('set-cookie', ['a=1', 'b=2']);
        response.statusCode = 201;
        response.end(JSON.stringify({ method: request.method, url: request.url, custom: request.headers['x-custom'], body }));
      });
      break;
    }
    case '/redirect':
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end('moved');
      break;
    case '/large':
      response.end('x'.repeat(5000));
      break;
    case '/endless': {
      const timer = setInterval(() => response.write('y'.repeat(500)), 1);
      response.on('close', () => clearInterval(timer));
      break;
    }
    case '/break':
      request.socket.destroy();
      break;
    case '/status':
      response.writeHead(503).end('down');
      break;
    default:
      // Never answered.
      break;
  }
};

async function listen(server: Server): Promise<number> {
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

function create(allow: readonly string[] = ['127.0.0.0/8', 'localhost'], ca?: string): HttpServiceHandle {
  const clock = createSystemClock();
  const gate = createOutboundGate({
    clock,
    circuit: { failures: 0, openMs: 0 },
    rateLimits: [],
    onCircuit: () => undefined,
    callsPerHost: 64,
  });
  const created = createHttpService({ allow, clock, gate, ca });
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

beforeAll(async () => {
  base = `http://127.0.0.1:${await listen(createServer(answer))}`;
  service = create();
});

afterAll(async () => {
  for (const { close } of open.reverse()) await close();
});

test('[H1] method, headers and body are sent as given; status, headers in lower case and text come back', async () => {
  const response = await service.request(requestOf(`${base}/echo?a=1`, { method: 'POST', headers: { 'X-Custom': 'v' }, body: 'tëxt' }));
  expect(response.status).toBe(201);
  expect(JSON.parse(response.body)).toEqual({ method: 'POST', url: '/echo?a=1', custom: 'v', body: 'tëxt' });
  expect(response.headers).toMatchObject({ 'content-type': 'application/json', 'set-cookie': 'a=1, b=2' });
});

test('[H1] any status is an answer', async () => {
  expect(await service.request(requestOf(`${base}/status`))).toMatchObject({ status: 503, body: 'down' });
});

test('[H2] a redirect is handed back and not followed', async () => {
  const response = await service.request(requestOf(`${base}/redirect`));
  expect(response).toMatchObject({ status: 302, body: 'moved', headers: { location: 'http://169.254.169.254/latest' } });
});

test.each([
  'http://127.0.0.1:1/',
  'http://127.1:1/',
  'http://2130706433:1/',
  'http://0x7f000001:1/',
  'http://[::1]:1/',
  'http://[::ffff:127.0.0.1]:1/',
  'http://[::ffff:7f00:1]:1/',
  'http://[64:ff9b::7f00:1]:1/',
  'http://[2002:7f00:1::]:1/',
  'http://localhost:1/',
  'http://LOCALHOST:1/',
])('[H3] this machine itself is blocked unless it is allowed: %s', async (url) => {
  await expect(create([]).request(requestOf(url))).rejects.toMatchObject({ code: 'HTTP_ADDRESS_BLOCKED' });
});

test.each([
  'http://169.254.169.254/latest/meta-data',
  'http://[fe80::1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[fd00:ec2::254]/',
  'http://100.100.100.200/',
  'http://0.0.0.0/',
  'http://[::]/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
])('[H4] link-local, metadata and reserved addresses are blocked even when they are listed: %s', async (url) => {
  for (const allow of [[], ['0.0.0.0/0', '[::]/0', '169.254.169.254', new URL(url).hostname]]) {
    await expect(create(allow).request(requestOf(url))).rejects.toMatchObject({ code: 'HTTP_ADDRESS_BLOCKED' });
  }
});

test('[H3] private networks are reachable without a list', () => {
  const rules = createEgressRules([]);
  for (const address of ['10.1.2.3', '172.16.0.1', '192.168.1.1', '[fd12::1]', '93.184.216.34', '[2606:2800:220:1::1]', '100.64.0.1']) {
    expect(() => rules.assertLiteral(address, 80)).not.toThrow();
  }
});

test('[H5] a list of hosts leaves only these, by name, names below, address, range and port', async () => {
  const { port } = new URL(base);
  expect((await create([`localhost:${port}`]).request(requestOf(`http://localhost:${port}/status`))).status).toBe(503);
  expect((await create([`127.0.0.1:${port}`]).request(requestOf(`http://localhost:${port}/status`))).status).toBe(503);
  await expect(create(['localhost:1']).request(requestOf(`http://localhost:${port}/status`))).rejects.toMatchObject({
    code: 'HTTP_ADDRESS_BLOCKED',
    message: expect.stringContaining('localhost'),
  });
  const rules = createEgressRules(['10.0.0.0/8', '[fd00::]/8:443', '*.example.org']);
  expect(() => rules.assertLiteral('10.9.9.9', 80)).not.toThrow();
  expect(() => rules.assertLiteral('[fd12::1]', 443)).not.toThrow();
  expect(() => rules.assertLiteral('[fd12::1]', 80)).toThrow('port 80 there is not among the hosts');
  expect(() => rules.assertLiteral('192.168.1.1', 80)).toThrow('192.168.1.1 is blocked');
});

test.each(['10.0.0.0/33', 'a b', 'http://x', '*', 'host:99999', '[::1'])('[H5] an entry that cannot be read is refused: %s', (entry) => {
  expect(() => createEgressRules([entry])).toThrow(expect.objectContaining({ code: 'CONFIG_OPTION_INVALID' }));
});

test.each([
  ['http://user:secret@example.org/', 'carries a user name or password'],
  ['ftp://example.org/', 'its scheme is neither http nor https'],
  ['hooks.example.com/secret', 'field "url": it is no absolute address'],
  ['not an address?key=secret', 'it is no absolute address'],
])('[H6] %s is refused without showing a secret', async (url, reason) => {
  const outcome = service.request(requestOf(url));
  await expect(outcome).rejects.toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining(reason) });
  await expect(outcome).rejects.not.toThrow('secret');
});

test('[H6] a header that would begin another line is refused', async () => {
  await expect(service.request(requestOf(`${base}/echo`, { headers: { 'x-a': 'b\r\nhost: evil' } }))).rejects.toMatchObject({
    code: 'NODE_INPUT_INVALID',
  });
});

test('[H7] an answer that takes longer than the limit is HTTP_TIMEOUT, before and within the body', async () => {
  await expect(service.request(requestOf(`${base}/hang`, { timeoutMs: 50 }))).rejects.toMatchObject({ code: 'HTTP_TIMEOUT' });
  const slow = requestOf(`${base}/endless`, { timeoutMs: 80, maxResponseBytes: 100_000_000 });
  await expect(service.request(slow)).rejects.toMatchObject({
    code: 'HTTP_TIMEOUT',
    message: `GET ${base}: no complete answer within 80 ms`,
  });
});

test('[H7] an aborted request rejects with the reason of its signal', async () => {
  const controller = new AbortController();
  const waiting = service.request(requestOf(`${base}/hang`, { signal: controller.signal }));
  setTimeout(() => controller.abort(new Error('stopped')), 30);
  await expect(waiting).rejects.toThrow('stopped');
  await expect(service.request(requestOf(`${base}/status`, { signal: AbortSignal.abort(new Error('early')) }))).rejects.toThrow('early');
});

test.each(['/large', '/endless'])('[H8] an answer larger than the limit is HTTP_RESPONSE_TOO_LARGE: %s', async (path) => {
  await expect(service.request(requestOf(base + path, { maxResponseBytes: 1000 }))).rejects.toMatchObject({
    code: 'HTTP_RESPONSE_TOO_LARGE',
    message: expect.stringContaining('more than 1000 bytes'),
  });
});

test('[H9] no connection is HTTP_UNREACHABLE, naming the host and not the query', async () => {
  const closedPort = await new Promise<number>((resolve) => {
    const server = createTcpServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
  const outcome = service.request(requestOf(`http://127.0.0.1:${closedPort}/path?key=secret`));
  await expect(outcome).rejects.toMatchObject({
    code: 'HTTP_UNREACHABLE',
    message: `GET http://127.0.0.1:${closedPort}: nothing listens there (ECONNREFUSED)`,
  });
  await expect(service.request(requestOf(`${base}/break?key=secret`))).rejects.toMatchObject({
    code: 'HTTP_UNREACHABLE',
    message: expect.not.stringContaining('secret'),
  });
  await expect(create([]).request(requestOf('http://no-such-host.invalid/'))).rejects.toMatchObject({ code: 'HTTP_UNREACHABLE' });
});

test('[H10] each request reports one attempt, without the query', async () => {
  const attempts: CallAttempt[] = [];
  const onAttempt = (attempt: CallAttempt): void => {
    attempts.push(attempt);
  };
  await service.request(requestOf(`${base}/status?key=secret`, { onAttempt }));
  await expect(service.request(requestOf(`${base}/hang`, { onAttempt, timeoutMs: 20 }))).rejects.toMatchObject({ code: 'HTTP_TIMEOUT' });
  expect(attempts).toEqual([
    {
      method: 'GET',
      url: `${base}/status`,
      attempt: 1,
      startedAtMs: expect.any(Number),
      durationMs: expect.any(Number),
      status: 503,
      code: null,
    },
    {
      method: 'GET',
      url: `${base}/hang`,
      attempt: 1,
      startedAtMs: expect.any(Number),
      durationMs: expect.any(Number),
      status: null,
      code: 'HTTP_TIMEOUT',
    },
  ]);
});

test('[H11] a certificate is checked: a known authority counts, everything else is HTTP_UNREACHABLE', async () => {
  const store = await createCertificateStore({ clock: createSystemClock() });
  open.push(store);
  const { certPem, keyPem } = await store.issue('valid');
  const address = `https://127.0.0.1:${await listen(createTlsServer({ cert: certPem, key: keyPem }, answer))}/status`;
  expect((await create(['127.0.0.1'], store.caPem).request(requestOf(address))).status).toBe(503);
  await expect(service.request(requestOf(address))).rejects.toMatchObject({
    code: 'HTTP_UNREACHABLE',
    message: expect.stringContaining('certificate'),
  });
  for (const kind of ['wrong-host', 'expired'] as const) {
    const issued = await store.issue(kind);
    const port = await listen(createTlsServer({ cert: issued.certPem, key: issued.keyPem }, answer));
    const outcome = create(['127.0.0.1'], store.caPem).request(requestOf(`https://127.0.0.1:${port}/status`));
    await expect(outcome).rejects.toMatchObject({ code: 'HTTP_UNREACHABLE' });
  }
});

const collect = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

test('[H18] a body is sent as it is read, with its length', async () => {
  const read = async function* () {
    yield Buffer.from('one ');
    yield Buffer.from('two');
  };
  const { body } = await service.request(requestOf(`${base}/echo`, { method: 'PUT', body: { sizeBytes: 7, read } }));
  expect(JSON.parse(body)).toMatchObject({ method: 'PUT', body: 'one two' });
});

test('[H18] a body that fails while it is read ends the request with its own error', async () => {
  const read = async function* () {
    yield Buffer.from('one ');
    throw new WirebookError('FILE_UNKNOWN', 'it is gone');
  };
  const failed = service.request(requestOf(`${base}/echo`, { method: 'PUT', body: { sizeBytes: 7, read } }));
  await expect(failed).rejects.toMatchObject({ code: 'FILE_UNKNOWN' });
});

test('[H18] an answer is taken as it comes, after its status and headers', async () => {
  const heads: unknown[] = [];
  let text = '';
  const takeBody: HttpRequest['takeBody'] = async (head, content) => {
    heads.push(head);
    text = await collect(content);
  };
  const response = await service.request(requestOf(`${base}/large`, { takeBody }));
  expect([response.body, heads, text.length]).toEqual(['', [{ status: 200, headers: response.headers }], 5000]);
});

test('[H18] what is taken is bounded, what the taker throws ends the request, and what it leaves unread is let go', async () => {
  const all: HttpRequest['takeBody'] = async (_, content) => void (await collect(content));
  await expect(service.request(requestOf(`${base}/endless`, { takeBody: all, maxResponseBytes: 2000 }))).rejects.toMatchObject({
    code: 'HTTP_RESPONSE_TOO_LARGE',
  });
  const refuse: HttpRequest['takeBody'] = async () => {
    throw new WirebookError('FILE_SPACE_FULL', 'no room');
  };
  await expect(service.request(requestOf(`${base}/endless`, { takeBody: refuse }))).rejects.toMatchObject({ code: 'FILE_SPACE_FULL' });
  expect(await service.request(requestOf(`${base}/endless`, { takeBody: async () => undefined }))).toMatchObject({ status: 200, body: '' });
});
