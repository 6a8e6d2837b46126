import { afterEach, expect, test } from 'vitest';
import { createManualClock } from '../manual-clock.stand-in.ts';
import type { BrokerMessage } from './broker-port.ts';
import type { StompBroker } from './stomp-broker.ts';
import { openTestBroker } from './test-broker.stand-in.ts';
import { connectClient, openClient, type TestClient } from './test-client.stand-in.ts';

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function open(options: Parameters<typeof openTestBroker>[0] = {}): Promise<StompBroker> {
  const broker = await openTestBroker(options);
  opened.push(broker);
  return broker;
}

async function connect(broker: StompBroker, headers: Record<string, string> = {}): Promise<TestClient> {
  const client = await connectClient(broker.port, headers);
  opened.push({ close: () => client.drop() });
  return client;
}

async function subscribe(client: TestClient, queue: string, headers: Record<string, string> = {}): Promise<void> {
  client.sendFrame('SUBSCRIBE', { id: queue, destination: `/queue/${queue}`, ack: 'client-individual', receipt: 'subscribed', ...headers });
  expect((await client.frame()).headers['receipt-id']).toBe('subscribed');
}

async function publish(broker: StompBroker, destination: string, ...bodies: string[]): Promise<void> {
  await Promise.all(bodies.map((body) => broker.publish({ destination, headers: { 'correlation-id': body }, body: Buffer.from(body) })));
}

function bodiesOf(frames: readonly { body: Uint8Array }[]): string[] {
  return frames.map(({ body }) => Buffer.from(body).toString());
}

function stateOf(broker: StompBroker, queue: string) {
  return broker.queueStates().find((state) => state.queue === queue);
}

test('[B3] a frame beyond maxFrameBytes is answered with ERROR and the end of the connection', async () => {
  const broker = await open({ maxFrameBytes: 1000 });
  const client = await connect(broker);
  client.sendFrame('SEND', { destination: '/queue/A.a', 'content-length': '2000' }, 'x');
  expect((await client.frame()).headers.message).toBe('The maximum data length was exceeded');
  expect(await client.next(20_000)).toBe('closed');
});

test('[B4] CONNECT is read without escapes, so that a passcode may hold a backslash', async () => {
  const broker = await open({ authorize: () => true });
  const client = await openClient(broker.port);
  opened.push({ close: () => client.drop() });
  await client.sendBytes?.(Buffer.from('CONNECT\naccept-version:1.2\nlogin:carol\npasscode:pass\\word\n\n\0'));
  expect((await client.frame()).command).toBe('CONNECTED');
  expect(broker.connections().at(-1)).toMatchObject({ principal: 'carol', credentialBytesSeen: true });
});

test('[B5] message-ids carry the boot id, differ, and stay the same over redelivery and over kill and start', async () => {
  const broker = await open({ bootId: 'boot7' });
  await publish(broker, 'A.ids', 'm0', 'm1');
  const one = await connect(broker);
  await subscribe(one, 'A.ids');
  const first = await one.frames(2);
  const ids = first.map(({ headers }) => headers['message-id'] ?? '');
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^ID:wirebook-sim-boot7-/);
  await one.drop();
  await broker.kill();
  await broker.start();
  const two = await connect(broker);
  await subscribe(two, 'A.ids');
  const second = await two.frames(2);
  expect(second.map(({ headers }) => headers['message-id'])).toEqual(ids);
  expect(second.map(({ headers }) => headers.redelivered)).toEqual(['true', 'true']);
  expect(second[0]?.headers.ack).not.toBe(first[0]?.headers.ack);
});

test('[B7] a wildcard subscription gets only the queues that its principal may read', async () => {
  const asked: string[] = [];
  const broker = await open({
    authorize({ destination, access }) {
      asked.push(`${access} ${destination}`);
      return destination !== 'A.202.in';
    },
  });
  const client = await connect(broker);
  await subscribe(client, 'A.*.in');
  await publish(broker, 'A.201.in', 'mine');
  await publish(broker, 'A.202.in', 'foreign');
  expect(bodiesOf([await client.frame()])).toEqual(['mine']);
  expect(await client.next(60)).toBe('silence');
  expect(asked).toEqual(['read A.*.in', 'read A.201.in', 'read A.202.in']);
});

test('[B8] a connection without CONNECT is ended when loginTimeoutMs is over', async () => {
  const clock = createManualClock(1_790_000_000_000);
  const broker = await open({ clock, loginTimeoutMs: 5000 });
  const silent = await openClient(broker.port);
  const loggedIn = await connect(broker);
  clock.advance(5001);
  expect(await silent.next(20_000)).toBe('closed');
  expect(await loggedIn.next(30)).toBe('silence');
});

test('[B9] what is published in process is persistent and carries its headers, its length and the headers of the broker', async () => {
  const broker = await open({ bootId: 'b' });
  await broker.publish({ destination: 'A.in', headers: { 'reply-to': '/queue/acks.201.x', 'odd:name': 'a\nb' }, body: Buffer.from('{}') });
  const client = await connect(broker);
  await subscribe(client, 'A.in');
  const { headers, body } = await client.frame();
  expect(headers).toEqual({
    destination: '/queue/A.in',
    'reply-to': '/queue/acks.201.x',
    'odd:name': 'a\nb',
    subscription: 'A.in',
    'message-id': 'ID:wirebook-sim-b-0:-1:1:1',
    ack: 'ID:wirebook-sim-b-1:ack:1',
    timestamp: expect.stringMatching(/^\d{13}$/),
    expires: '0',
    persistent: 'true',
    priority: '4',
    'content-length': '2',
  });
  expect(Buffer.from(body).toString()).toBe('{}');
});

test('[B10] a consumer in process settles what its handler took; what it threw at comes again after close', async () => {
  const problems: string[] = [];
  const broker = await open({ onProblem: (error) => problems.push(`${error.code}: ${error.message}`) });
  const seen: BrokerMessage[] = [];
  const consumer = await broker.consume('A.replies', (message) => {
    if (Buffer.from(message.body).toString() === 'bad') throw new Error('cannot read this');
    seen.push(message);
  });
  const client = await connect(broker);
  client.sendFrame('SEND', { destination: '/queue/A.replies', 'correlation-id': 'invid:1', receipt: 'r' }, 'good');
  await client.frame();
  expect(seen).toMatchObject([{ destination: 'A.replies', headers: { 'correlation-id': 'invid:1' } }]);
  await publish(broker, 'A.replies', 'bad');
  await expect.poll(() => problems).toEqual(['SIMULATOR_CONSUMER_FAILED: the consumer of queue "A.replies" threw']);
  expect(stateOf(broker, 'A.replies')).toEqual({ queue: 'A.replies', depth: 1, unacknowledged: 1, consumers: 1 });
  await consumer.close();
  await subscribe(client, 'A.replies');
  expect(await client.frame()).toMatchObject({ headers: { redelivered: 'true' } });
});

test('[B11] 20,000 messages published in process without a pause reach a client whole, each once and in their order', async () => {
  const broker = await open();
  const client = await connect(broker);
  client.sendFrame('SUBSCRIBE', { id: 's', destination: '/queue/A.fast', ack: 'auto', receipt: 'r' });
  await client.frame();
  const count = 20_000;
  const padding = 'x'.repeat(500);
  const bodies = Array.from({ length: count }, (_, index) => `${index} ${padding}`);
  for (const body of bodies) void broker.publish({ destination: 'A.fast', headers: {}, body: Buffer.from(body) });
  const received = await client.frames(count);
  expect(received.filter(({ body }, index) => body.toString() !== bodies[index])).toEqual([]);
  expect(await client.next(60)).toBe('silence');
});

test('[B12] queueStates counts depth, unacknowledged and consumers', async () => {
  const broker = await open();
  const client = await connect(broker);
  await subscribe(client, 'A.q', { 'activemq.prefetchSize': '2' });
  await publish(broker, 'A.q', 'm0', 'm1', 'm2');
  const [m0] = await client.frames(2);
  expect(stateOf(broker, 'A.q')).toEqual({ queue: 'A.q', depth: 3, unacknowledged: 2, consumers: 1 });
  client.sendFrame('ACK', { id: m0?.headers.ack ?? '', receipt: 'a' });
  await client.frames(2);
  expect(stateOf(broker, 'A.q')).toEqual({ queue: 'A.q', depth: 2, unacknowledged: 2, consumers: 1 });
  await client.drop();
  await expect.poll(() => stateOf(broker, 'A.q')).toEqual({ queue: 'A.q', depth: 2, unacknowledged: 0, consumers: 0 });
});

test('[B13] kill keeps persistent messages, loses the others, open transactions and all connections', async () => {
  const broker = await open();
  const client = await connect(broker);
  await subscribe(client, 'A.q', { 'activemq.prefetchSize': '1' });
  client.sendFrame('SEND', { destination: '/queue/A.q', persistent: 'true' }, 'kept and held');
  client.sendFrame('SEND', { destination: '/queue/A.q', persistent: 'true' }, 'kept');
  client.sendFrame('SEND', { destination: '/queue/A.q' }, 'lost');
  client.sendFrame('BEGIN', { transaction: 't' });
  client.sendFrame('SEND', { destination: '/queue/A.q', persistent: 'true', transaction: 't', receipt: 'early' }, 'never committed');
  const [held, early] = await client.frames(2);
  expect([held?.command, early?.command].sort()).toEqual(['MESSAGE', 'RECEIPT']);
  await broker.kill();
  expect(await client.next(20_000)).toBe('closed');
  await expect(openClient(broker.port)).rejects.toThrow('ECONNREFUSED');
  await broker.start();
  const again = await connect(broker);
  await subscribe(again, 'A.q');
  const frames = await again.frames(2);
  expect(bodiesOf(frames)).toEqual(['kept and held', 'kept']);
  expect(frames.map(({ headers }) => headers.redelivered)).toEqual(['true', undefined]);
  expect(await again.next(60)).toBe('silence');
});

test('[B13] publish waits while the broker is down, consumers in process go on after start, close ends the wait', async () => {
  const broker = await open();
  const seen: string[] = [];
  await broker.consume('A.replies', ({ body }) => seen.push(Buffer.from(body).toString()));
  await broker.kill();
  const waiting = publish(broker, 'A.replies', 'while down');
  expect(await Promise.race([waiting, Promise.resolve('pending')])).toBe('pending');
  await broker.start();
  await waiting;
  await expect.poll(() => seen).toEqual(['while down']);
  await broker.kill();
  const refused = expect(publish(broker, 'A.replies', 'never')).rejects.toMatchObject({ code: 'SIMULATOR_BROKER_CLOSED' });
  await broker.close();
  await refused;
});

test('[B14] a client that does not read gets no more than a few megabytes at a time', async () => {
  const broker = await open();
  const client = await connect(broker);
  await subscribe(client, 'A.big', { ack: 'auto' });
  client.socket.pause();
  const body = Buffer.alloc(1_000_000, 1);
  for (let sent = 0; sent < 60; sent += 1) await broker.publish({ destination: 'A.big', headers: {}, body });
  await expect.poll(() => stateOf(broker, 'A.big')?.depth).toBeGreaterThan(30);
  client.socket.resume();
  const frames = await client.frames(60);
  expect(frames.every((frame) => frame.body.length === body.length)).toBe(true);
});

test('[B15] purge forgets all messages, those in the hands of a client too', async () => {
  const broker = await open();
  const client = await connect(broker);
  await subscribe(client, 'A.q', { 'activemq.prefetchSize': '1' });
  await publish(broker, 'A.q', 'held', 'waiting');
  await client.frame();
  broker.purge();
  await client.drop();
  expect(stateOf(broker, 'A.q')).toMatchObject({ depth: 0, unacknowledged: 0 });
  const again = await connect(broker);
  await subscribe(again, 'A.q');
  expect(await again.next(60)).toBe('silence');
});

test('[B16] a port in use is named', async () => {
  const broker = await open();
  await expect(open({ port: broker.port })).rejects.toMatchObject({ code: 'SIMULATOR_PORT_IN_USE' });
});

test('[B17] heart-beats run by the clock: a beat before each interval ends, and the end after twice the promised silence', async () => {
  const clock = createManualClock(1_790_000_000_000);
  const broker = await open({ clock });
  const client = await connect(broker, { 'heart-beat': '10000,5000' });
  for (let beat = 0; beat < 4; beat += 1) {
    const beaten = client.nextHeartBeat?.(2000);
    clock.advance(4500);
    expect(await beaten).toBe(true);
  }
  clock.advance(2001);
  expect(await client.next(20_000)).toBe('closed');
});
