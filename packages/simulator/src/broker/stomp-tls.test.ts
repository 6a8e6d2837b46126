import { connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CertificateKind } from '../certificates/certificate-kind.ts';
import { type CertificateStore, createCertificateStore } from '../certificates/certificate-store.ts';
import { systemClock } from '../system-clock.ts';
import type { StompBroker } from './stomp-broker.ts';
import { openTestBroker } from './test-broker.stand-in.ts';
import { clientOver, type TestClient } from './test-client.stand-in.ts';

let certificates: CertificateStore;
let broker: StompBroker;

beforeAll(async () => {
  certificates = await createCertificateStore({ clock: systemClock });
  broker = await openTestBroker({ certificates });
});

afterAll(async () => {
  await broker.close();
  await certificates.close();
});

afterEach(async () => {
  await broker.useCertificate('valid');
});

function handshake(options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port: broker.port, ca: certificates.caPem, ...options });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

/** Sends its credentials as soon as its side of TLS is content. */
async function login(options: ConnectionOptions = {}): Promise<TestClient> {
  const client = clientOver(await handshake(options));
  client.sendFrame('CONNECT', { 'accept-version': '1.2', login: 'alice', passcode: 'alicepw' });
  expect((await client.frame()).command).toBe('CONNECTED');
  return client;
}

test('[T4] the valid certificate verifies for 127.0.0.1 and for localhost', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const client = await login({ host });
    expect(broker.connections().at(-1)).toMatchObject({ transport: 'secured', certificate: 'valid', principal: 'alice' });
    await client.drop();
  }
});

const refusals: readonly [CertificateKind, string][] = [
  ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['expired', 'CERT_HAS_EXPIRED'],
  ['untrusted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
];

for (const [kind, code] of refusals) {
  test(`[T5] a client that verifies refuses the certificate "${kind}", and the broker sees no credential`, async () => {
    await broker.useCertificate(kind);
    await expect(login()).rejects.toMatchObject({ code });
    await expect.poll(() => broker.connections().at(-1)?.closedAtMs).toBeDefined();
    expect(broker.connections().at(-1)).toMatchObject({ certificate: kind, applicationBytes: 0, credentialBytesSeen: false });
  });

  test(`[T5] a client that does not verify hands its credentials to the holder of "${kind}", and the broker sees them`, async () => {
    await broker.useCertificate(kind);
    const client = await login({ rejectUnauthorized: false });
    expect(broker.connections().at(-1)).toMatchObject({ certificate: kind, credentialBytesSeen: true });
    await client.drop();
  });
}

test('[T6] credentials sent to the TLS port without TLS are noticed, and the connection ends', async () => {
  const client = clientOver(connectTcp({ host: '127.0.0.1', port: broker.port }));
  client.sendFrame('CONNECT', { 'accept-version': '1.2', login: 'alice', passcode: 'alicepw' });
  expect(await client.next(20_000)).toBe('closed');
  expect(broker.connections().at(-1)).toMatchObject({ transport: 'plain', applicationBytes: 0, credentialBytesSeen: true });
});

test('[T7] useCertificate ends open connections; messages go on over a new one', async () => {
  const before = await login();
  await broker.useCertificate('expired');
  expect(await before.next(20_000)).toBe('closed');
  await broker.useCertificate('valid');
  await (await login()).drop();
});

test('[T8] TLS below 1.2 is refused, and the attempt leaves a record', async () => {
  const old: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' };
  await expect(handshake(old)).rejects.toThrow();
  await expect.poll(() => broker.connections().at(-1)?.transport).toBe('handshake failed');
});

test('[T8] kill and start keep the certificate and the port', async () => {
  const before = await login();
  await broker.kill();
  expect(await before.next(20_000)).toBe('closed');
  await broker.start();
  await (await login()).drop();
});
