import { createServer } from 'node:net';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { makeTestCertificates, type TestCertificates } from './certificates.stand-in.ts';
import { openClient } from './client.stand-in.ts';
import { type StandIn, startStandIn } from './platform.stand-in.ts';

let certificates: TestCertificates;
let platform: StandIn | undefined;

beforeAll(() => {
  certificates = makeTestCertificates();
});

afterEach(async () => {
  await platform?.close();
  platform = undefined;
});

test.each([
  ['untrusted', 'SOAR_TLS_UNTRUSTED'],
  ['wrongName', 'SOAR_TLS_NAME_MISMATCH'],
  ['expired', 'SOAR_TLS_EXPIRED'],
] as const)('[R10] a certificate that is %s is refused as %s before a request is sent', async (kind, code) => {
  platform = await startStandIn(certificates[kind]);
  await expect(openClient(platform, { caPem: certificates.caPem })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(`localhost:${platform.port}`),
    details: { host: 'localhost', port: platform.port },
  });
  expect(platform.connectionCount()).toBe(1);
  expect(platform.seen).toEqual([]);
});

test('[R10] without a cafile the authorities of Node are trusted, and no others', async () => {
  platform = await startStandIn(certificates.valid);
  await expect(openClient(platform, { caPem: undefined })).rejects.toMatchObject({ code: 'SOAR_TLS_UNTRUSTED' });
  expect(platform.seen).toEqual([]);
});

test('[R11] without verification any certificate is taken, and a warning is logged', async () => {
  platform = await startStandIn(certificates.untrusted);
  const { client, logLines } = await openClient(platform, { caPem: undefined, tls: { verify: false } });
  await client.close();
  expect(logLines[0]).toMatch(/^the certificate of localhost:\d+ is not checked/);
});

test('[R12] a cafile without a readable certificate is refused before any connection', async () => {
  platform = await startStandIn(certificates.valid);
  const garbage = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  for (const caPem of ['', 'not a certificate', garbage, certificates.caPem + garbage]) {
    await expect(openClient(platform, { caPem })).rejects.toMatchObject({
      code: 'CONFIG_OPTION_INVALID',
      message: expect.stringContaining('cafile'),
    });
  }
  expect(platform.connectionCount()).toBe(0);
});

test('[R7] a host where nobody listens, and one that speaks no TLS, are unreachable', async () => {
  const plain = createServer((socket) => socket.resume().end('SSH-2.0-x\r\n'));
  await new Promise<void>((resolve) => {
    plain.listen(0, '127.0.0.1', resolve);
  });
  const address = plain.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const retry = { attempts: 2, delayMs: 1, backoff: 1, maxDelayMs: 1 };
  await expect(openClient({ port }, { caPem: certificates.caPem, retry })).rejects.toMatchObject({ code: 'SOAR_REST_UNREACHABLE' });
  await new Promise<void>((resolve) => {
    plain.close(() => resolve());
  });
  await expect(openClient({ port }, { caPem: certificates.caPem, retry })).rejects.toMatchObject({
    code: 'SOAR_REST_UNREACHABLE',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});
