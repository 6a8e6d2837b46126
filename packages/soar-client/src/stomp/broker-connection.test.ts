import type { BrokerDelivery, SubscribeOptions } from '@wirebook/node-kit';
import { assertNoTimerLeft, createFakeClock, type FakeClock } from '@wirebook/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type ClientOfBroker, onCommand } from './broker.stand-in.ts';
import { createTestConnection, type TestConnection } from './connection.stand-in.ts';

const destination = 'actions.201.fn_main';

function subscription(onDelivery: (delivery: BrokerDelivery) => void = () => undefined): SubscribeOptions {
  return { destination, prefetch: 10, subscriptionCount: 2, exclusive: false, onDelivery };
}

function writeMessage(client: ClientOfBroker | undefined, number: number, body: string | Buffer = `m${number}`): void {
  client?.write(
    'MESSAGE',
    {
      subscription: 's1-1',
      'message-id': `ID:host-1:${number}`,
      destination: `/queue/${destination}`,
      'reply-to': '/queue/acks.201.fn_main',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  );
}

async function openWithDeliveries(
  options: Parameters<typeof createTestConnection>[1] = {},
): Promise<TestConnection<FakeClock> & { deliveries: BrokerDelivery[] }> {
  const made = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished }, options);
  const deliveries: BrokerDelivery[] = [];
  await made.connection.connect();
  await made.connection.subscribe(subscription((delivery) => deliveries.push(delivery)));
  return { ...made, deliveries };
}

const commandsOf = (client: ClientOfBroker | undefined) => client?.frames.map((frame) => frame.command);

/** The connection is closed before it was made, at the end of the test. */
function tolerate(connecting: Promise<void>): void {
  connecting.catch((error: unknown) => expect(error).toBeInstanceOf(Error));
}

test('[S9] a refused login is named by its code; with failFast nothing is tried again', async () => {
  const { broker, connection, clock, states } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { failFast: true },
    { password: 'another' },
  );
  await expect(connection.connect()).rejects.toMatchObject({
    code: 'SOAR_BROKER_LOGIN_REFUSED',
    message: expect.stringContaining('User name [key-id] or password is invalid.'),
  });
  await clock.advance(120_000);
  expect(broker.clients.length).toBe(1);
  expect(states.map(({ status, code }) => [status, code])).toEqual([['disconnected', 'SOAR_BROKER_LOGIN_REFUSED']]);
});

test('[S9] without failFast a refused login is tried again for ever', async () => {
  const { broker, connection, clock } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    {},
    { password: 'another' },
  );
  const connected = connection.connect();
  for (const [count, delayMs] of [
    [1, 750],
    [2, 1500],
    [3, 3000],
  ]) {
    await expect.poll(() => broker.clients.length).toBe(count);
    await expect.poll(() => connection.getState().status).toBe('disconnected');
    if (count === 3) broker.answer = onCommand('CONNECT', (_frame, client) => client.write('CONNECTED', { version: '1.1' }));
    await clock.advance(delayMs ?? 0);
  }
  await connected;
  expect(connection.getState()).toEqual({ status: 'connected', code: null, reason: null, session: 1 });
});

test('[S9] an authentication service that is down is no refused login', async () => {
  const { broker, connection } = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  broker.answer = onCommand('CONNECT', (_frame, client) =>
    client.write('ERROR', { message: 'unable to connect to authentication service' }),
  );
  tolerate(connection.connect());
  await expect.poll(() => connection.getState().code).toBe('SOAR_BROKER_ERROR');
});

test('[S10] a closed port is named and called again, at once sooner after a connection that held', async () => {
  const { broker, connection, clock, states } = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  await connection.connect();
  await clock.advance(10_000);
  broker.clients[0]?.socket.destroy();
  await expect.poll(() => connection.getState().status).toBe('disconnected');
  expect(connection.getState().code).toBe('SOAR_BROKER_CONNECTION_LOST');
  await clock.advance(749);
  expect(broker.clients.length).toBe(1);
  await clock.advance(1);
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'connected', session: 2 });
  expect(states.map((state) => state.status)).toEqual(['connected', 'disconnected', 'connecting', 'connected']);
});

test('[S10] an unreachable broker is named', async () => {
  const { broker, connection } = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  await broker.close();
  tolerate(connection.connect());
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'disconnected', code: 'SOAR_BROKER_UNREACHABLE' });
});

test('[S11] after a reconnect subscriptions are made again, and earlier deliveries cannot be settled', async () => {
  const { broker, connection, clock, deliveries } = await openWithDeliveries();
  writeMessage(broker.clients[0], 1);
  await expect.poll(() => deliveries.length).toBe(1);
  broker.clients[0]?.socket.destroy();
  await expect.poll(() => connection.getState().status).toBe('disconnected');
  await clock.advance(1000);
  await expect.poll(() => commandsOf(broker.clients[1])).toEqual(['CONNECT', 'SUBSCRIBE', 'SUBSCRIBE']);
  writeMessage(broker.clients[1], 1);
  await expect.poll(() => deliveries.length).toBe(2);
  const [first, second] = deliveries as [BrokerDelivery, BrokerDelivery];
  expect([first.session, second.session]).toEqual([1, 2]);
  expect([connection.canSettle(first), connection.canSettle(second)]).toEqual([false, true]);
});

test('[S12] a newline is written at half the interval promised, unless something else was', async () => {
  const { broker, connection, clock } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { heartbeatOutgoingMs: 15_000 },
  );
  await connection.connect();
  const countNewlines = () => broker.received().replaceAll(/[A-Z][^\0]*\0/g, '').length;
  for (const count of [0, 1, 2]) {
    await expect.poll(() => countNewlines()).toBe(count);
    await clock.advance(7500);
  }
  await expect.poll(() => countNewlines()).toBe(3);
  const reply = { destination: 'acks.201.x', headers: {}, body: 'x' };
  await connection.send(reply);
  // What follows a receipt is a sign of life, too: the next beat is left out.
  await clock.advance(2);
  await expect.poll(() => countNewlines()).toBe(4);
  await clock.advance(7498);
  await connection.send(reply);
  await expect.poll(() => countNewlines()).toBe(4);
});

test('[S12] a broker that falls silent is given up', async () => {
  const { broker, connection } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { heartbeatIncomingMs: 40 },
  );
  broker.answer = onCommand('CONNECT', (_frame, client) => client.write('CONNECTED', { version: '1.1', 'heart-beat': '40,0' }));
  await connection.connect();
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'disconnected', code: 'SOAR_BROKER_CONNECTION_LOST' });
});

test('[S13] a broker that does not complete the connection in time is left', async () => {
  const { broker, connection, clock } = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  broker.answer = () => 'answered';
  tolerate(connection.connect());
  await expect.poll(() => broker.clients[0]?.frames.length).toBe(1);
  await clock.advance(5000);
  await expect.poll(() => connection.getState().code).toBe('SOAR_BROKER_UNREACHABLE');
  expect(connection.getState().reason).toContain('within 5000 ms');
});

test('[S14] a subscription is as many SUBSCRIBEs as asked for, and stands when all are confirmed', async () => {
  const { broker, connection } = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  const held: string[] = [];
  broker.answer = (frame) => {
    if (frame.command !== 'SUBSCRIBE') return undefined;
    held.push(frame.headers.receipt ?? '');
    return 'answered';
  };
  await connection.connect();
  let isConfirmed = false;
  const subscribing = connection.subscribe({ ...subscription(), exclusive: true }).then(() => {
    isConfirmed = true;
  });
  await expect.poll(() => held.length).toBe(2);
  broker.clients[0]?.write('RECEIPT', { 'receipt-id': held[0] ?? '' });
  await connection.send({ destination: 'acks.201.x', headers: {}, body: '' });
  expect(isConfirmed).toBe(false);
  broker.clients[0]?.write('RECEIPT', { 'receipt-id': held[1] ?? '' });
  await subscribing;
  const frames = broker.clients[0]?.frames.filter((frame) => frame.command === 'SUBSCRIBE') ?? [];
  expect(frames.map(({ headers: { receipt: _, ...headers } }) => headers)).toEqual(
    ['s1-1', 's1-2'].map((id) => ({
      id,
      destination,
      ack: 'client-individual',
      'activemq.prefetchSize': '10',
      'activemq.exclusive': 'true',
    })),
  );
});

test('[S14] a refused subscription names the destination and leaves nothing behind', async () => {
  const { broker, connection, clock } = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  broker.answer = ({ command, headers }, client) => {
    if (command !== 'SUBSCRIBE' || headers.id !== 's1-2') return undefined;
    client.write('ERROR', {
      'receipt-id': headers.receipt ?? '',
      message: `User key is not authorized to read from: queue://${destination}`,
    });
    return 'answered';
  };
  await connection.connect();
  await expect(connection.subscribe(subscription())).rejects.toMatchObject({
    code: 'SOAR_BROKER_NOT_AUTHORIZED',
    message: expect.stringContaining(destination),
    details: { destination },
  });
  await expect.poll(() => commandsOf(broker.clients[0])).toEqual(['CONNECT', 'SUBSCRIBE', 'SUBSCRIBE', 'UNSUBSCRIBE']);
  broker.clients[0]?.socket.destroy();
  await expect.poll(() => connection.getState().status).toBe('disconnected');
  await clock.advance(1000);
  await expect.poll(() => commandsOf(broker.clients[1])).toEqual(['CONNECT']);
});

test('[S14] a subscription refused after a reconnect is told as a state and asked for again', async () => {
  const { broker, connection, clock } = await openWithDeliveries();
  broker.answer = ({ command, headers }, client) => {
    if (command !== 'SUBSCRIBE') return undefined;
    client.write('ERROR', { 'receipt-id': headers.receipt ?? '', message: 'User key is not authorized to read from: queue://x' });
    return 'answered';
  };
  broker.clients[0]?.socket.destroy();
  await expect.poll(() => connection.getState().status).toBe('disconnected');
  await clock.advance(1000);
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'connected', code: 'SOAR_BROKER_NOT_AUTHORIZED' });
  broker.answer = () => undefined;
  await clock.advance(60_000);
  await expect.poll(() => broker.clients[1]?.frames.filter(({ command }) => command === 'SUBSCRIBE').length).toBe(4);
});

test('[S30] a subscription tells the session in which it stands, and none between connections or while it is refused', async () => {
  const { broker, connection, clock } = await openWithDeliveries();
  const subscribed = await connection.subscribe({ ...subscription(), destination: 'actions.201.other' });
  expect(subscribed.openIn).toBe(1);
  broker.answer = ({ command, headers }, client) => {
    if (command !== 'SUBSCRIBE') return undefined;
    client.write('ERROR', { 'receipt-id': headers.receipt ?? '', message: 'User key is not authorized to read from: queue://x' });
    return 'answered';
  };
  broker.clients[0]?.socket.destroy();
  await expect.poll(() => subscribed.openIn).toBeNull();
  await clock.advance(1000);
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'connected', code: 'SOAR_BROKER_NOT_AUTHORIZED' });
  expect(subscribed.openIn).toBeNull();
  broker.answer = () => undefined;
  await clock.advance(60_000);
  await expect.poll(() => subscribed.openIn).toBe(2);
  await subscribed.close();
  expect(subscribed.openIn).toBeNull();
});

test('[S15] a delivery carries raw bytes, unescaped headers and the bare destination; one that throws is logged and stops nothing', async () => {
  const { broker, connection, log } = await createTestConnection(
    { clock: createFakeClock(), atEnd: onTestFinished },
    { maxMessageBytes: 10 },
  );
  const seen: BrokerDelivery[] = [];
  await connection.connect();
  await connection.subscribe(
    subscription((delivery) => {
      seen.push(delivery);
      if (seen.length === 1) throw new Error('boom');
    }),
  );
  writeMessage(broker.clients[0], 1, Buffer.from([0x7b, 0, 0xff]));
  writeMessage(broker.clients[0], 2, 'eleven byte');
  await expect.poll(() => seen.length).toBe(2);
  expect(seen[0]).toMatchObject({
    session: 1,
    subscriptionId: 's1-1',
    destination,
    messageId: 'ID:host-1:1',
    body: Uint8Array.of(0x7b, 0, 0xff),
  });
  expect(seen[0]?.headers['reply-to']).toBe('/queue/acks.201.fn_main');
  expect(seen[1]).toMatchObject({ messageId: 'ID:host-1:2', body: new Uint8Array(), oversizeBytes: 11 });
  expect(log.at(-1)).toBe(`ENGINE_INVARIANT_BROKEN: message ID:host-1:1 of ${destination} was not taken: boom`);
});

test('[S29] a message with headers over 64 KiB is delivered by its size and can be settled; the connection stays', async () => {
  const { broker, connection, deliveries } = await openWithDeliveries();
  const client = broker.clients[0];
  const headers = {
    subscription: 's1-1',
    'message-id': 'ID:host-1:1',
    destination: `/queue/${destination}`,
    'reply-to': '/queue/acks.201.fn_main',
    'correlation-id': 'invid:7',
  };
  client?.write('MESSAGE', { ...headers, Co3ContextToken: 'x'.repeat(1_000_000) }, 'body');
  writeMessage(client, 2);
  await expect.poll(() => deliveries.length).toBe(2);
  expect(deliveries[0]).toMatchObject({ destination, messageId: 'ID:host-1:1', body: new Uint8Array() });
  expect(deliveries[0]?.headers).toEqual(headers);
  expect(deliveries[0]?.oversizeBytes).toBeGreaterThan(1_000_000);
  expect(deliveries[1]?.oversizeBytes).toBeUndefined();
  await connection.settle(deliveries);
  expect(connection.getState()).toMatchObject({ status: 'connected', session: 1 });

  client?.write('MESSAGE', { ...headers, x: 'x'.repeat(1_100_000) });
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'disconnected', code: 'SOAR_BROKER_ERROR' });
});

test('[S16] settling sends the ACKs in order, once, and only while their subscription is open', async () => {
  const { broker, connection, deliveries } = await openWithDeliveries();
  for (const number of [1, 2, 3]) writeMessage(broker.clients[0], number);
  await expect.poll(() => deliveries.length).toBe(3);
  const [first, second, third] = deliveries as [BrokerDelivery, BrokerDelivery, BrokerDelivery];
  await connection.settle([second, first]);
  await expect
    .poll(() => broker.clients[0]?.frames.filter(({ command }) => command === 'ACK').map(({ headers }) => headers['message-id']))
    .toEqual(['ID:host-1:2', 'ID:host-1:1']);
  expect([first, second, third].map(connection.canSettle)).toEqual([false, false, true]);
  await expect(connection.settle([first])).rejects.toMatchObject({ code: 'SOAR_BROKER_CONNECTION_LOST' });
});

test('[S16] after UNSUBSCRIBE nothing is delivered and nothing can be settled', async () => {
  const { broker, connection } = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  const deliveries: BrokerDelivery[] = [];
  await connection.connect();
  const subscribed = await connection.subscribe(subscription((delivery) => deliveries.push(delivery)));
  writeMessage(broker.clients[0], 1);
  await expect.poll(() => deliveries.length).toBe(1);
  await subscribed.close();
  await subscribed.close();
  writeMessage(broker.clients[0], 2);
  await connection.send({ destination: 'acks.201.x', headers: {}, body: '' });
  expect(deliveries.map(connection.canSettle)).toEqual([false]);
  expect(commandsOf(broker.clients[0])).toEqual(['CONNECT', 'SUBSCRIBE', 'SUBSCRIBE', 'UNSUBSCRIBE', 'UNSUBSCRIBE', 'SEND']);
});

test('[S24] close says DISCONNECT, waits for its receipt, and leaves no timer', async () => {
  const { broker, connection, clock, states } = await openWithDeliveries({ heartbeatOutgoingMs: 1000 });
  await Promise.all([connection.close(), connection.close()]);
  expect(broker.clients[0]?.frames.at(-1)).toMatchObject({ command: 'DISCONNECT', headers: { receipt: expect.any(String) } });
  expect(states.map(({ status, code }) => [status, code])).toEqual([
    ['connected', null],
    ['closed', null],
  ]);
  assertNoTimerLeft(clock);
  await expect(connection.send({ destination: 'x', headers: {}, body: '' })).rejects.toMatchObject({ code: 'SOAR_BROKER_CONNECTION_LOST' });
});

test('[S24] close takes no longer than five seconds of a broker that does not answer', async () => {
  const { broker, connection, clock } = await openWithDeliveries();
  broker.answer = () => 'answered';
  const closing = connection.close();
  await expect.poll(() => broker.clients[0]?.frames.at(-1)?.command).toBe('DISCONNECT');
  await clock.advance(5000);
  await closing;
  assertNoTimerLeft(clock);
});

test('[S24] close ends an attempt to connect and a wait between two of them', async () => {
  const silent = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  silent.broker.answer = () => 'answered';
  const connecting = silent.connection.connect();
  await expect.poll(() => silent.broker.clients[0]?.frames.length).toBe(1);
  const refused = expect(connecting).rejects.toMatchObject({ code: 'SOAR_BROKER_CONNECTION_LOST' });
  await silent.connection.close();
  await refused;
  assertNoTimerLeft(silent.clock);

  const unreachable = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  await unreachable.broker.close();
  tolerate(unreachable.connection.connect());
  await expect.poll(() => unreachable.connection.getState().status).toBe('disconnected');
  await unreachable.connection.close();
  assertNoTimerLeft(unreachable.clock);
});
