import { afterEach, expect, test } from 'vitest';
import { createManualClock } from '../manual-clock.stand-in.ts';
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

async function consumer(broker: StompBroker, queue = 'A.q'): Promise<TestClient> {
  const client = await connectClient(broker.port);
  opened.push({ close: () => client.drop() });
  client.sendFrame('SUBSCRIBE', { id: 's', destination: `/queue/${queue}`, ack: 'client-individual', receipt: 'subscribed' });
  await client.frame();
  return client;
}

async function publish(broker: StompBroker, ...bodies: string[]): Promise<void> {
  for (const body of bodies) await broker.publish({ destination: 'A.q', headers: {}, body: Buffer.from(body) });
}

function textOf({ body }: { body: Uint8Array }): string {
  return Buffer.from(body).toString();
}

test('[B18] cutConnections ends every connection without a word, and what was open comes back', async () => {
  const broker = await open();
  const one = await consumer(broker);
  await publish(broker, 'm');
  await one.frame();
  broker.faults.cutConnections();
  expect(await one.next(20_000)).toBe('closed');
  const two = await consumer(broker);
  expect(await two.frame()).toMatchObject({ headers: { redelivered: 'true' } });
});

test('[B19] refuseConnections turns new connections away until its time is over; open ones stay', async () => {
  const clock = createManualClock(1_790_000_000_000);
  const broker = await open({ clock });
  const before = await consumer(broker);
  broker.faults.refuseConnections(3000);
  await expect(connectClient(broker.port)).rejects.toThrow();
  clock.advance(2999);
  await expect(connectClient(broker.port)).rejects.toThrow();
  clock.advance(2);
  await consumer(broker, 'A.other');
  await publish(broker, 'm');
  expect(textOf(await before.frame())).toBe('m');
});

test('[B20] delayFrames holds every outgoing frame back by its time and keeps the order', async () => {
  const clock = createManualClock(1_790_000_000_000);
  const broker = await open({ clock });
  const client = await consumer(broker);
  broker.faults.delayFrames(400);
  await publish(broker, 'm0', 'm1');
  expect(await client.next(50)).toBe('silence');
  broker.faults.delayFrames(0);
  await publish(broker, 'm2');
  clock.advance(399);
  expect(await client.next(50)).toBe('silence');
  clock.advance(1);
  expect((await client.frames(3)).map(textOf)).toEqual(['m0', 'm1', 'm2']);
});

test('[B21] a duplicate comes while the first delivery is open, under the same message-id and another ack id; either ACK ends both', async () => {
  const broker = await open();
  const client = await consumer(broker);
  broker.faults.duplicateDeliveries(1);
  await publish(broker, 'twice', 'once');
  const [first, second, third] = await client.frames(3);
  expect([first, second, third].map((frame) => frame && textOf(frame))).toEqual(['twice', 'twice', 'once']);
  expect(second?.headers['message-id']).toBe(first?.headers['message-id']);
  expect(second?.headers.ack).not.toBe(first?.headers.ack);
  expect(second?.headers.redelivered).toBeUndefined();
  client.sendFrame('ACK', { id: second?.headers.ack ?? '', receipt: 'a' });
  client.sendFrame('ACK', { id: first?.headers.ack ?? '', receipt: 'b' });
  expect((await client.frames(2)).map(({ command }) => command)).toEqual(['RECEIPT', 'RECEIPT']);
  await client.drop();
  const next = await consumer(broker);
  expect(textOf(await next.frame())).toBe('once');
  expect(await next.next(60)).toBe('silence');
});

test('[B21] a duplicate goes to another consumer when there is one, and comes back only when nobody has settled it', async () => {
  const broker = await open();
  const one = await consumer(broker);
  const two = await consumer(broker);
  broker.faults.duplicateDeliveries(1);
  await publish(broker, 'm');
  const copies = [await one.frame(), await two.frame()];
  expect(copies[0]?.headers['message-id']).toBe(copies[1]?.headers['message-id']);
  await one.drop();
  const three = await consumer(broker);
  expect(await three.next(60)).toBe('silence');
  two.sendFrame('ACK', { id: copies[1]?.headers.ack ?? '', receipt: 'a' });
  await two.frame();
  await two.drop();
  expect(await three.next(60)).toBe('silence');
});

test('[B22] a garbled body is no UTF-8 and no JSON, is framed well, and is intact when it comes again', async () => {
  const broker = await open();
  const one = await consumer(broker);
  broker.faults.garbleBodies(1);
  await publish(broker, '{"a":1}', '{"b":2}');
  const [garbled, intact] = await one.frames(2);
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(garbled?.body)).toThrow();
  expect(intact && textOf(intact)).toBe('{"b":2}');
  await one.drop();
  const two = await consumer(broker);
  expect((await two.frames(2)).map(textOf)).toEqual(['{"a":1}', '{"b":2}']);
});

test('[B22] a garbled frame is bytes that are no frame; the message behind it comes again', async () => {
  const broker = await open();
  const one = await consumer(broker);
  broker.faults.garbleFrames(1);
  await publish(broker, 'm');
  expect((await one.frame()).command).not.toBe('MESSAGE');
  await one.drop();
  const two = await consumer(broker);
  expect(textOf(await two.frame())).toBe('m');
});

test('[B23] a swallowed receipt does not come, though what it would confirm is done', async () => {
  const broker = await open();
  const client = await consumer(broker);
  broker.faults.swallowReceipts(1);
  client.sendFrame('SEND', { destination: '/queue/A.q', receipt: 'never' }, 'm');
  expect(textOf(await client.frame())).toBe('m');
  client.sendFrame('SEND', { destination: '/queue/A.other', receipt: 'comes' }, 'm');
  expect((await client.frame()).headers['receipt-id']).toBe('comes');
});

test('[B24] pauseDelivery holds messages back from clients until resumeDelivery; consumers in process go on', async () => {
  const broker = await open();
  const client = await consumer(broker);
  const seen: string[] = [];
  await broker.consume('A.replies', (message) => seen.push(textOf(message)));
  broker.faults.pauseDelivery();
  await publish(broker, 'm0', 'm1');
  client.sendFrame('SEND', { destination: '/queue/A.replies', receipt: 'r' }, 'reply');
  expect((await client.frame()).command).toBe('RECEIPT');
  expect(await client.next(60)).toBe('silence');
  expect(seen).toEqual(['reply']);
  broker.faults.resumeDelivery();
  expect((await client.frames(2)).map(textOf)).toEqual(['m0', 'm1']);
});

test('[B25] clear ends every fault', async () => {
  const broker = await open();
  const client = await consumer(broker);
  const { faults } = broker;
  faults.refuseConnections(60_000);
  faults.garbleBodies(5);
  faults.duplicateDeliveries(5);
  faults.swallowReceipts(5);
  faults.pauseDelivery();
  await publish(broker, 'm');
  faults.clear();
  expect(textOf(await client.frame())).toBe('m');
  expect(await client.next(60)).toBe('silence');
  opened.push({ close: await openClient(broker.port).then((late) => () => late.drop()) });
});
