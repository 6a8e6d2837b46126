import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startProxyStandIn } from '../proxy/proxy.stand-in.ts';
import { type KeyPair, makeTestCertificates, type TestCertificates } from './certificates.stand-in.ts';
import { openClient } from './client.stand-in.ts';
import { type StandIn, startStandIn } from './platform.stand-in.ts';

let certificates: TestCertificates;
let platform: StandIn | undefined;
const closers: (() => unknown)[] = [];

beforeAll(() => {
  certificates = makeTestCertificates();
});

afterEach(async () => {
  await platform?.close();
  platform = undefined;
  for (const close of closers.splice(0)) await close();
});

/** The options of a client that shows this certificate. */
function show({ cert, key }: KeyPair) {
  return { caPem: certificates.caPem, tls: { caPem: certificates.caPem, verify: true, client: { certPem: cert, keyPem: key } } };
}

/** openssl says by an alert what it thinks of an untrusted certificate, as the servers of platforms do; that of Node hangs up without a word. */
async function startAlertingServer(): Promise<{ readonly port: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-alerting-'));
  const { cert, key } = certificates.valid;
  for (const [name, text] of Object.entries({ cert, key, ca: certificates.caPem })) writeFileSync(join(folder, `${name}.pem`), text);
  const files = ['-cert', 'cert.pem', '-key', 'key.pem', '-CAfile', 'ca.pem'];
  const options = ['-accept', '127.0.0.1:0', ...files, '-Verify', '2', '-verify_return_error', '-www'];
  const server: ChildProcess = spawn('openssl', ['s_server', ...options], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
  closers.push(async () => {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    rmSync(folder, { recursive: true });
  });
  if (server.stdout === null) throw new Error('openssl has no output');
  for await (const line of createInterface(server.stdout)) {
    const port = /^ACCEPT .*:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) return { port: Number(port) };
  }
  throw new Error('openssl s_server did not begin to listen');
}

test('[R110] a platform that demands a client certificate gets it, and answers', async () => {
  platform = await startStandIn(certificates.valid, { clientCaPem: certificates.caPem });
  platform.answer = ({ path }) => (path === '/orgs/201/incidents/7' ? { json: { id: 7 } } : undefined);
  const { client, startRun } = await openClient(platform, show(certificates.client));
  expect(await startRun().request({ method: 'GET', path: '/incidents/7' })).toMatchObject({ status: 200, body: { id: 7 } });
  await client.close();
});

test('[R110] the certificate is shown inside the tunnel of a proxy, too', async () => {
  platform = await startStandIn(certificates.valid, { clientCaPem: certificates.caPem });
  const proxy = await startProxyStandIn();
  closers.push(() => proxy.close());
  const { client } = await openClient(platform, { ...show(certificates.client), proxy: { host: '127.0.0.1', port: proxy.port } });
  await client.close();
  expect(platform.seen.length).toBeGreaterThan(0);
});

test('[R110] without a certificate, and with one from an unknown authority, it is refused in words', async () => {
  const server = await startAlertingServer();
  for (const options of [{ caPem: certificates.caPem }, show(certificates.untrusted)]) {
    await expect(openClient(server, options)).rejects.toMatchObject({
      code: 'SOAR_TLS_CLIENT_REFUSED',
      message: expect.stringContaining(`localhost:${server.port} asks for a client certificate that it trusts`),
      retryable: false,
    });
  }
});

test('[R110] a platform that demands one sees no request without it', async () => {
  platform = await startStandIn(certificates.valid, { clientCaPem: certificates.caPem });
  await expect(openClient(platform, { caPem: certificates.caPem })).rejects.toMatchObject({ code: 'SOAR_TLS_CLIENT_REFUSED' });
  expect(platform.seen).toEqual([]);
});

test('[R111] files that hold no certificate or no key, and a key of another certificate, are refused before any connection', async () => {
  platform = await startStandIn(certificates.valid);
  const { cert, key } = certificates.client;
  const broken = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0LWtleQ==\n-----END PRIVATE KEY-----\n';
  for (const [pair, option] of [
    [{ cert: 'none', key }, 'client_auth_cert holds no certificate'],
    [{ cert, key: 'none' }, 'client_auth_key holds no private key'],
    [{ cert, key: broken }, 'client_auth_key holds no private key'],
    [{ cert, key: certificates.valid.key }, 'client_auth_key is not the key'],
  ] as const) {
    const refused = await openClient(platform, show(pair)).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ code: 'CONFIG_OPTION_INVALID', message: expect.stringContaining(option) });
    expect(String(refused)).not.toContain('c2VjcmV0');
  }
  expect(platform.connectionCount()).toBe(0);
});
