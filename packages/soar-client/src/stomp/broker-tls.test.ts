import { createFakeClock } from '@wirebook/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { makeTestCertificates } from '../rest/certificates.stand-in.ts';
import { createTestConnection } from './connection.stand-in.ts';

const certificates = makeTestCertificates();
const trusting = { caPem: certificates.caPem, verify: true };

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown: unknown = await work.then(
    () => 'done',
    (error: unknown) => error,
  );
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : String(thrown);
}

/** The connection is closed before it was made, at the end of the test. */
function tolerate(connecting: Promise<void>): void {
  connecting.catch((error: unknown) => expect(error).toBeInstanceOf(Error));
}

test('[S6] [S7] a certificate of the named authority for the address that is called opens the connection', async () => {
  const { broker, connection } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { tls: trusting },
    { tls: certificates.valid },
  );
  await connection.connect();
  expect(broker.clients[0]?.frames[0]?.headers).toEqual({
    host: '127.0.0.1',
    login: 'key-id',
    passcode: 'key-secret',
    'accept-version': '1.1',
    'heart-beat': '0,0',
  });
});

test.each([
  ['SOAR_TLS_UNTRUSTED', 'an unknown authority', certificates.untrusted, trusting],
  ['SOAR_TLS_UNTRUSTED', 'no authority named', certificates.valid, { verify: true }],
  ['SOAR_TLS_UNTRUSTED', 'a cafile without certificates', certificates.valid, { verify: true, caPem: 'oops' }],
  ['SOAR_TLS_NAME_MISMATCH', 'another name', certificates.wrongName, trusting],
  ['SOAR_TLS_NAME_MISMATCH', 'another name than asked for', certificates.valid, { ...trusting, servername: 'broker.example' }],
  ['SOAR_TLS_EXPIRED', 'an expired certificate', certificates.expired, trusting],
])('[S6] %s: %s is refused and not one byte was sent to the server', async (code, _name, certificate, tls) => {
  const { broker, connection, log } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { tls, failFast: true },
    { tls: certificate },
  );
  const error: unknown = await connection.connect().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, message: expect.stringContaining(`127.0.0.1:${broker.port}`) });
  expect(broker.received()).toBe('');
  expect(connection.getState()).toMatchObject({ status: 'disconnected', code, session: 0 });
  expect(log.join()).toContain(code);
});

test('[S6] without failFast a refused certificate is tried again, and still nothing is sent', async () => {
  const { broker, connection, clock, states } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { tls: trusting },
    { tls: certificates.expired },
  );
  tolerate(connection.connect());
  const countRefusals = () => states.filter((state) => state.status === 'disconnected').length;
  await expect.poll(() => countRefusals()).toBe(1);
  await clock.advance(750);
  await expect.poll(() => countRefusals()).toBe(2);
  expect(broker.received()).toBe('');
});

test('[S7] the certificate may carry the name given instead of the host', async () => {
  const { connection } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { tls: { ...trusting, servername: 'other.example' } },
    { tls: certificates.wrongName },
  );
  await connection.connect();
});

test('[S8] giving up verification is said in the log, and the credentials then reach whoever answers', async () => {
  const { broker, connection, log } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { tls: { verify: false } },
    { tls: certificates.untrusted },
  );
  await connection.connect();
  expect(log[0]).toContain('is not verified');
  expect(broker.received()).toContain('passcode:key-secret');
});

test('[S6] a server without TLS gets nothing but a handshake', async () => {
  const { broker, connection } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { tls: trusting, failFast: true },
  );
  tolerate(connection.connect());
  await expect.poll(() => broker.clients[0]?.pieces.length).toBe(1);
  broker.clients[0]?.socket.end('ERROR\n\n\0');
  await expect.poll(() => connection.getState().code).toBe('SOAR_BROKER_UNREACHABLE');
  expect(broker.received()).not.toContain('key-secret');
});

test('[S6] a server that offers nothing newer than TLS 1.1 is not talked to', async () => {
  const { broker, connection } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { tls: trusting },
    { tls: { ...certificates.valid, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } },
  );
  const connecting = codeOf(connection.connect());
  await expect.poll(() => connection.getState().code).toBe('SOAR_BROKER_UNREACHABLE');
  expect(broker.received()).toBe('');
  await connection.close();
  expect(await connecting).toBe('SOAR_BROKER_CONNECTION_LOST');
});
