import { afterEach, expect, test } from 'vitest';
import type { BrokerPort } from '../broker/broker-port.ts';
import type { StompBroker } from '../broker/stomp-broker.ts';
import { openTestBroker } from '../broker/test-broker.stand-in.ts';
import { type CertificateStore, createCertificateStore } from '../certificates/certificate-store.ts';
import { systemClock } from '../system-clock.ts';
import { createExternalBroker, type ExternalBrokerOptions } from './external-broker.ts';

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

function closeLater<Opened extends { close(): Promise<void> }>(each: Opened): Opened {
  opened.push(each);
  return each;
}

async function openServer(): Promise<{ server: StompBroker; certificates: CertificateStore }> {
  const certificates = closeLater(await createCertificateStore({ clock: systemClock }));
  return { certificates, server: closeLater(await openTestBroker({ certificates })) };
}

async function connect(
  { server, certificates }: { server: StompBroker; certificates: CertificateStore },
  options: Partial<ExternalBrokerOptions> = {},
): Promise<{ broker: BrokerPort; problems: string[] }> {
  const problems: string[] = [];
  const broker = await createExternalBroker({
    url: `stomp+ssl://127.0.0.1:${server.port}`,
    login: 'alice',
    passcode: 'alicepw',
    ca: certificates.caPem,
    clock: systemClock,
    reconnectDelayMs: 20,
    onProblem: (error) => problems.push(error.code),
    ...options,
  });
  return { broker: closeLater(broker), problems };
}

function text(body: Uint8Array): string {
  return Buffer.from(body).toString();
}

test('[B26] what is published is persistent and is on the broker when publish resolves', async () => {
  const pair = await openServer();
  const { broker } = await connect(pair);
  const body = Buffer.from('{"n":"é\0"}');
  await broker.publish({ destination: 'A.out', headers: { 'reply-to': '/queue/A.replies', 'odd:name': 'a:b\nc' }, body });
  expect(pair.server.queueStates()).toMatchObject([{ queue: 'A.out', depth: 1 }]);
  const seen: unknown[] = [];
  await pair.server.consume('A.out', ({ headers, body: read }) => seen.push([headers['reply-to'], headers.persistent, text(read)]));
  await expect.poll(() => seen).toEqual([['/queue/A.replies', 'true', '{"n":"é\0"}']]);
});

test('[B27] a consumer settles after its handler; what the handler threw at comes again after close', async () => {
  const pair = await openServer();
  const { broker, problems } = await connect(pair);
  const seen: string[] = [];
  const consumer = await broker.consume('A.replies', ({ destination, messageId, body }) => {
    if (text(body) === 'bad') throw new Error('cannot read this');
    seen.push(`${destination} ${text(body)} ${messageId.startsWith('ID:')}`);
  });
  for (const body of ['good', 'bad']) await pair.server.publish({ destination: 'A.replies', headers: {}, body: Buffer.from(body) });
  await expect.poll(() => problems).toEqual(['SIMULATOR_CONSUMER_FAILED']);
  expect(seen).toEqual(['A.replies good true']);
  await expect.poll(() => pair.server.queueStates()).toMatchObject([{ depth: 1, unacknowledged: 1 }]);
  await consumer.close();
  await expect.poll(() => pair.server.queueStates()).toMatchObject([{ depth: 1, unacknowledged: 0, consumers: 0 }]);
});

test('[B28] a broker that is killed and started again, or swallows receipts, loses nothing: unconfirmed messages are sent again, queues are read again', async () => {
  const pair = await openServer();
  const { broker, problems } = await connect(pair, { receiptTimeoutMs: 200 });
  const replies: string[] = [];
  await broker.consume('A.replies', ({ body }) => replies.push(text(body)));
  const published: Promise<void>[] = [];
  const expected: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (let number = 0; number < 40; number += 1) {
      expected.push(`${round}.${number}`);
      published.push(broker.publish({ destination: 'A.out', headers: {}, body: Buffer.from(`${round}.${number}`) }));
    }
    if (round > 0) pair.server.faults.swallowReceipts(5);
    await pair.server.kill();
    await pair.server.start();
  }
  await Promise.all(published);
  const seen = new Set<string>();
  await pair.server.consume('A.out', ({ body }) => seen.add(text(body)));
  await expect.poll(() => seen.size).toBe(expected.length);
  expect([...seen].sort()).toEqual(expected.sort());
  await pair.server.publish({ destination: 'A.replies', headers: {}, body: Buffer.from('after') });
  await expect.poll(() => replies).toEqual(['after']);
  expect(new Set(problems)).toEqual(new Set(['SIMULATOR_BROKER_UNREACHABLE']));
});

test('[B29] a refused SEND or SUBSCRIBE is an error of that call, and the others go on', async () => {
  const pair = await openServer();
  const { broker, problems } = await connect(pair);
  const code = 'SIMULATOR_BROKER_REFUSED';
  await expect(broker.publish({ destination: 'B.out', headers: {}, body: Buffer.from('x') })).rejects.toMatchObject({ code });
  await expect(broker.consume('B.in', () => undefined)).rejects.toMatchObject({ code });
  await broker.publish({ destination: 'A.out', headers: {}, body: Buffer.from('x') });
  expect(problems).toEqual([]);
});

test('[B29] a refused login, an address that is none and a broker that is not there are told apart', async () => {
  const pair = await openServer();
  await expect(connect(pair, { passcode: 'wrong' })).rejects.toMatchObject({ code: 'SIMULATOR_BROKER_REFUSED' });
  for (const url of ['http://127.0.0.1:1', 'stomp+ssl://127.0.0.1', 'stomp+ssl://u:p@127.0.0.1:1', 'stomp+ssl://127.0.0.1:99999']) {
    await expect(connect(pair, { url })).rejects.toMatchObject({ code: 'CONFIG_OPTION_INVALID' });
  }
  await pair.server.kill();
  await expect(connect(pair, { connectTimeoutMs: 200 })).rejects.toMatchObject({ code: 'SIMULATOR_BROKER_UNREACHABLE' });
});

test('[B30] close ends what waits', async () => {
  const pair = await openServer();
  const { broker } = await connect(pair);
  await pair.server.kill();
  const refused = expect(broker.publish({ destination: 'A.out', headers: {}, body: Buffer.from('x') })).rejects.toMatchObject({
    code: 'SIMULATOR_BROKER_CLOSED',
  });
  await broker.close();
  await refused;
  await expect(broker.publish({ destination: 'A.out', headers: {}, body: Buffer.from('x') })).rejects.toMatchObject({
    code: 'SIMULATOR_BROKER_CLOSED',
  });
});

for (const kind of ['wrong-host', 'expired', 'untrusted'] as const) {
  test(`[T9] the client of an external broker sends no credential to the holder of the certificate "${kind}"`, async () => {
    const pair = await openServer();
    await pair.server.useCertificate(kind);
    await expect(connect(pair, { connectTimeoutMs: 300 })).rejects.toMatchObject({ code: 'SIMULATOR_BROKER_UNREACHABLE' });
    const attempts = pair.server.connections();
    expect(attempts.length).toBeGreaterThan(0);
    expect(attempts.every(({ applicationBytes, credentialBytesSeen }) => applicationBytes === 0 && !credentialBytesSeen)).toBe(true);
  });
}
