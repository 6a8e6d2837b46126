import { createFakeClock } from '@wirebook/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { makeTestCertificates } from '../rest/certificates.stand-in.ts';
import { openClient } from '../rest/client.stand-in.ts';
import { startStandIn } from '../rest/platform.stand-in.ts';
import { createTestConnection } from '../stomp/connection.stand-in.ts';
import { type ProxyStandIn, type ProxyStandInOptions, startProxyStandIn } from './proxy.stand-in.ts';

const certificates = makeTestCertificates();
const trusting = { caPem: certificates.caPem, verify: true };
const login = { user: 'jo', password: 'proxy-pass-1' };

async function startProxy(options: ProxyStandInOptions = {}): Promise<ProxyStandIn> {
  const proxy = await startProxyStandIn(options);
  onTestFinished(() => proxy.close());
  return proxy;
}

async function startPlatform(pair = certificates.valid) {
  const platform = await startStandIn(pair);
  onTestFinished(() => platform.close());
  return platform;
}

const toServer = ({ port }: ProxyStandIn, withLogin?: typeof login) => ({ host: '127.0.0.1', port, login: withLogin });
const noRetry = { attempts: 1, delayMs: 1, backoff: 1, maxDelayMs: 1 };

test('[P1] REST goes through the proxy with its credentials, and the certificate of the platform is checked inside', async () => {
  const proxy = await startProxy({ login });
  const platform = await startPlatform();
  const { client } = await openClient(platform, { caPem: certificates.caPem, proxy: toServer(proxy, login) });
  await client.close();
  expect(proxy.asked.length).toBe(platform.connectionCount());
  for (const asked of proxy.asked) expect(asked).toEqual({ target: `localhost:${platform.port}`, user: 'jo' });
  expect(platform.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /session?include_permissions=false', 'GET /orgs/201']);
  expect(platform.seen.map(({ headers }) => headers['proxy-authorization'])).toEqual([undefined, undefined]);
  expect(proxy.carried().includes('key-secret-1')).toBe(false);
});

test.each([
  ['untrusted', 'SOAR_TLS_UNTRUSTED'],
  ['wrongName', 'SOAR_TLS_NAME_MISMATCH'],
  ['expired', 'SOAR_TLS_EXPIRED'],
] as const)('[P1] REST through the proxy refuses a certificate that is %s as %s', async (kind, code) => {
  const proxy = await startProxy();
  const platform = await startPlatform(certificates[kind]);
  await expect(openClient(platform, { caPem: certificates.caPem, proxy: toServer(proxy) })).rejects.toMatchObject({ code });
  expect(platform.seen).toEqual([]);
});

test('[P2] STOMP goes through the proxy with its credentials, and TLS is verified inside', async () => {
  const proxy = await startProxy({ login });
  const { broker, connection } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { tls: trusting, proxy: toServer(proxy, login) },
    { tls: certificates.valid },
  );
  await connection.connect();
  expect(proxy.asked).toEqual([{ target: `127.0.0.1:${broker.port}`, user: 'jo' }]);
  expect(broker.clients[0]?.frames[0]?.headers).toMatchObject({ host: '127.0.0.1', login: 'key-id', passcode: 'key-secret' });
  expect(proxy.carried().includes('key-secret')).toBe(false);
});

test('[P2] STOMP without TLS goes through the proxy, too', async () => {
  const proxy = await startProxy();
  const { broker, connection } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { proxy: toServer(proxy) },
  );
  await connection.connect();
  expect(broker.clients[0]?.frames[0]?.command).toBe('CONNECT');
});

test.each([
  ['untrusted', 'SOAR_TLS_UNTRUSTED'],
  ['wrongName', 'SOAR_TLS_NAME_MISMATCH'],
  ['expired', 'SOAR_TLS_EXPIRED'],
] as const)('[P2] STOMP through the proxy refuses a certificate that is %s, and not one byte was sent', async (kind, code) => {
  const proxy = await startProxy();
  const { broker, connection } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { tls: trusting, failFast: true, proxy: toServer(proxy) },
    { tls: certificates[kind] },
  );
  await expect(connection.connect()).rejects.toMatchObject({ code });
  expect(broker.received()).toBe('');
});

test.each([
  ['no login is set', undefined, 'asks for proxy_user and proxy_password'],
  ['the password is wrong', { user: 'jo', password: 'wrong-1' }, 'refused proxy_user and proxy_password'],
] as const)('[P3] a proxy that wants credentials is SOAR_PROXY_LOGIN_REFUSED for REST and STOMP when %s', async (_name, given, text) => {
  const proxy = await startProxy({ login });
  const platform = await startPlatform();
  const server = { host: '127.0.0.1', port: proxy.port, login: given };
  const refusal = { code: 'SOAR_PROXY_LOGIN_REFUSED', message: expect.stringContaining(text) };
  await expect(openClient(platform, { caPem: certificates.caPem, proxy: server })).rejects.toMatchObject(refusal);
  const { broker, connection, log } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { failFast: true, proxy: server },
  );
  await expect(connection.connect()).rejects.toMatchObject(refusal);
  expect(broker.received()).toBe('');
  expect(log.join()).not.toContain('wrong-1');
});

test('[P3] a proxy that opens no tunnel is SOAR_PROXY_REFUSED with its status, and nobody behind it is called', async () => {
  const proxy = await startProxy({ refuseWith: 403 });
  const platform = await startPlatform();
  await expect(openClient(platform, { caPem: certificates.caPem, retry: noRetry, proxy: toServer(proxy) })).rejects.toMatchObject({
    code: 'SOAR_PROXY_REFUSED',
    message: expect.stringContaining(`no tunnel to localhost:${platform.port} (403 Not Here)`),
    details: { status: 403 },
  });
  expect(platform.connectionCount()).toBe(0);
});

test('[P3] a proxy that is not there is SOAR_PROXY_UNREACHABLE with its address', async () => {
  const proxy = await startProxyStandIn();
  await proxy.close();
  const platform = await startPlatform();
  await expect(openClient(platform, { caPem: certificates.caPem, retry: noRetry, proxy: toServer(proxy) })).rejects.toMatchObject({
    code: 'SOAR_PROXY_UNREACHABLE',
    message: expect.stringContaining(`the proxy 127.0.0.1:${proxy.port} is not reached`),
  });
});

test('[P4] closing a connection that waits for its proxy ends the wait', async () => {
  const proxy = await startProxy({ isSilent: true });
  const { connection } = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished }, { proxy: toServer(proxy) });
  const connecting = connection.connect().catch((thrown: unknown) => thrown);
  await expect.poll(() => proxy.asked.length).toBe(1);
  await connection.close();
  expect(await connecting).toBeInstanceOf(Error);
});
