import type { BrokerConnection, BrokerDelivery } from '@wirebook/node-kit';
import { assertNoTimerLeft, createFakeClock, type FakeClock } from '@wirebook/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type ClientOfBroker, type FrameAnswer, onCommand } from './broker.stand-in.ts';
import { createTestConnection, type TestConnection } from './connection.stand-in.ts';

const replyTo = '/queue/acks.201.fn_main';
const reply = { destination: replyTo, headers: { 'correlation-id': 'invid:1' }, body: '{"complete":true}' };

interface Opened extends TestConnection<FakeClock> {
  readonly deliveries: BrokerDelivery[];
  readonly client: ClientOfBroker;
}

async function openWithMessages(count: number, options: Parameters<typeof createTestConnection>[1] = {}): Promise<Opened> {
  const made = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished }, options);
  const deliveries: BrokerDelivery[] = [];
  await made.connection.connect();
  await made.connection.subscribe({
    destination: 'actions.201.fn_main',
    prefetch: 10,
    subscriptionCount: 1,
    exclusive: false,
    onDelivery: (delivery) => deliveries.push(delivery),
  });
  const client = made.broker.clients[0] as ClientOfBroker;
  for (let number = 1; number <= count; number += 1) {
    client.write('MESSAGE', { subscription: 's1-1', 'message-id': `m${number}`, destination: '/queue/actions.201.fn_main' }, 'x');
  }
  await expect.poll(() => deliveries.length).toBe(count);
  client.frames.length = 0;
  client.pieces.length = 0;
  return { ...made, deliveries, client };
}

/** One transaction that is confirmed, after which the reply queue is known to be writable. */
async function learnReplyQueue({ connection, client }: Opened): Promise<void> {
  await connection.transact({ sends: [reply], settles: [] });
  client.frames.length = 0;
  client.pieces.length = 0;
}

const outline = (client: ClientOfBroker) =>
  client.frames.map(({ command, headers }) => [
    command,
    headers.transaction,
    headers['message-id'] ?? headers.destination,
    headers.receipt,
  ]);

function refuse(what: string, headers: Record<string, string>, body = ''): FrameAnswer {
  return onCommand(what, ({ headers: { receipt } }, client) => {
    client.write('ERROR', { ...headers, ...(receipt === undefined ? {} : { 'receipt-id': receipt }) }, body);
  });
}

const failureOf = (work: Promise<void>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => error,
  );

async function transactBoth(connection: BrokerConnection, deliveries: readonly BrokerDelivery[]): Promise<unknown> {
  return await failureOf(connection.transact({ sends: [reply], settles: deliveries }));
}

test('[S17] a transaction to a known destination is one write in which only COMMIT asks for a receipt', async () => {
  const opened = await openWithMessages(2);
  const { connection, client, deliveries } = opened;
  await learnReplyQueue(opened);
  await connection.transact({ sends: [reply, reply], settles: deliveries });
  expect(outline(client)).toEqual([
    ['BEGIN', 'tx-4', undefined, undefined],
    ['SEND', 'tx-4', replyTo, undefined],
    ['SEND', 'tx-4', replyTo, undefined],
    ['ACK', 'tx-4', 'm1', undefined],
    ['ACK', 'tx-4', 'm2', undefined],
    ['COMMIT', 'tx-4', undefined, 'tx-4'],
  ]);
  expect(client.frames[1]).toEqual({
    command: 'SEND',
    headers: { destination: replyTo, persistent: 'true', 'correlation-id': 'invid:1', transaction: 'tx-4', 'content-length': '17' },
    body: reply.body,
  });
  expect(client.pieces.filter((piece) => piece !== '\n').length).toBe(1);
  expect(deliveries.map(connection.canSettle)).toEqual([false, false]);
});

test('[S35] behind every 50 ACKs of transactions an empty one is aborted, in the same write', async () => {
  const opened = await openWithMessages(120);
  const { connection, client, deliveries } = opened;
  await learnReplyQueue(opened);
  for (let at = 0; at < 120; at += 20) await connection.transact({ sends: [], settles: deliveries.slice(at, at + 20) });
  const commands = client.frames.map(({ command }) => command).filter((command) => command !== 'ACK');
  const [plain, swept] = [
    ['BEGIN', 'COMMIT'],
    ['BEGIN', 'COMMIT', 'BEGIN', 'ABORT'],
  ];
  expect(commands).toEqual([plain, plain, swept, plain, plain, swept].flat());
  const empty = client.frames.filter(({ command, headers }) => command === 'ABORT' && headers.receipt === undefined);
  expect(empty.map(({ headers }) => headers.transaction)).toEqual([expect.stringMatching(/^sweep-/), expect.stringMatching(/^sweep-/)]);
});

test('[S17] transactions of one turn share a write and may be confirmed in any order', async () => {
  const opened = await openWithMessages(2);
  const { broker, connection, client, deliveries } = opened;
  await learnReplyQueue(opened);
  const commits: string[] = [];
  broker.answer = onCommand('COMMIT', ({ headers }) => commits.push(headers.receipt ?? ''));
  const done: number[] = [];
  const both = deliveries.map((delivery, index) =>
    connection.transact({ sends: [reply], settles: [delivery] }).then(() => done.push(index)),
  );
  await expect.poll(() => commits.length).toBe(2);
  expect(client.pieces.length).toBe(1);
  for (const receipt of commits.toReversed()) client.write('RECEIPT', { 'receipt-id': receipt });
  await Promise.all(both);
  expect(done).toEqual([1, 0]);
});

test('[S18] the first SEND to a destination waits for its own receipt before the first ACK', async () => {
  const { broker, connection, client, deliveries } = await openWithMessages(1);
  let sendReceipt: string | undefined;
  broker.answer = onCommand('SEND', ({ headers }) => {
    sendReceipt = headers.receipt;
  });
  const transacting = connection.transact({ sends: [reply], settles: deliveries });
  await expect.poll(() => sendReceipt).toBeDefined();
  await connection.settle([]);
  expect(client.frames.map(({ command }) => command)).toEqual(['BEGIN', 'SEND']);
  expect(connection.canSettle(deliveries[0] as BrokerDelivery)).toBe(false);
  client.write('RECEIPT', { 'receipt-id': sendReceipt ?? '' });
  await transacting;
  expect(client.frames.map(({ command }) => command)).toEqual(['BEGIN', 'SEND', 'ACK', 'COMMIT']);
});

test('[S18] a first SEND that is refused is aborted: nothing is committed and the messages can be settled otherwise', async () => {
  const { broker, connection, client, deliveries } = await openWithMessages(1);
  broker.answer = refuse('SEND', { message: 'User key is not authorized to write to: queue://acks.201.fn_main' });
  expect(await transactBoth(connection, deliveries)).toMatchObject({
    code: 'SOAR_BROKER_NOT_AUTHORIZED',
    message: expect.stringContaining(replyTo),
    details: { committed: 'no', settleable: true },
  });
  expect(connection.canSettle(deliveries[0] as BrokerDelivery)).toBe(true);
  await connection.settle(deliveries);
  await expect.poll(() => client.frames.map(({ command }) => command)).toEqual(['BEGIN', 'SEND', 'ABORT', 'ACK']);
});

test('[S18] a body larger than any before is sent with the same care', async () => {
  const opened = await openWithMessages(0);
  await learnReplyQueue(opened);
  const large = { ...reply, body: 'x'.repeat(100_001) };
  await opened.connection.transact({ sends: [large], settles: [] });
  await opened.connection.transact({ sends: [large], settles: [] });
  expect(opened.client.frames.filter(({ command }) => command === 'SEND').map(({ headers }) => headers.receipt === undefined)).toEqual([
    false,
    true,
  ]);
});

test.each([
  [
    'SOAR_BROKER_NOT_AUTHORIZED',
    '...\nCaused by: java.lang.SecurityException: User key is not authorized to write to: queue://acks.201.fn_main\n\tat x',
  ],
  ['SOAR_TRANSACTION_REFUSED', 'javax.transaction.xa.XAException: COMMIT FAILED'],
])('[S19] %s: a refused COMMIT is known to be undone; its messages come again on a new connection', async (code, body) => {
  const opened = await openWithMessages(1);
  const { broker, connection, clock, deliveries } = opened;
  await learnReplyQueue(opened);
  broker.answer = refuse('COMMIT', { message: 'COMMIT FAILED: Transaction marked rollback only xaErrorCode:100' }, body);
  expect(await transactBoth(connection, deliveries)).toMatchObject({ code, details: { committed: 'no', settleable: false } });
  expect(connection.canSettle(deliveries[0] as BrokerDelivery)).toBe(false);
  expect(connection.getState().status).toBe('disconnected');
  broker.answer = () => undefined;
  await clock.advance(1000);
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'connected', session: 2 });
});

test('[S19] a refused COMMIT that does not say that it was undone counts as in doubt', async () => {
  const opened = await openWithMessages(1);
  await learnReplyQueue(opened);
  opened.broker.answer = refuse('COMMIT', { message: 'java.io.IOException: disk' });
  expect(await transactBoth(opened.connection, opened.deliveries)).toMatchObject({
    code: 'SOAR_BROKER_CONNECTION_LOST',
    details: { committed: 'unknown' },
  });
});

test('[S20] a connection that goes before the COMMIT leaves nothing committed, after it the outcome is unknown', async () => {
  const first = await openWithMessages(1);
  first.broker.answer = onCommand('SEND', (_frame, client) => client.socket.destroy());
  expect(await transactBoth(first.connection, first.deliveries)).toMatchObject({
    code: 'SOAR_BROKER_CONNECTION_LOST',
    details: { committed: 'no' },
  });

  const second = await openWithMessages(1);
  await learnReplyQueue(second);
  second.broker.answer = onCommand('COMMIT', (_frame, client) => client.socket.destroy());
  expect(await transactBoth(second.connection, second.deliveries)).toMatchObject({
    code: 'SOAR_BROKER_CONNECTION_LOST',
    details: { committed: 'unknown' },
  });
  expect(await transactBoth(second.connection, [])).toMatchObject({ code: 'SOAR_BROKER_CONNECTION_LOST', details: { committed: 'no' } });
});

test('[S20] a delivery that can no longer be settled stops its transaction before anything is sent', async () => {
  const { connection, client, deliveries } = await openWithMessages(1);
  await connection.settle(deliveries);
  await expect.poll(() => client.frames.length).toBe(1);
  expect(await transactBoth(connection, deliveries)).toMatchObject({ code: 'SOAR_TRANSACTION_REFUSED', details: { committed: 'no' } });
  expect(client.frames.length).toBe(1);
});

test('[S21] a body over the frame limit of the broker is refused by its size, and never sent again', async () => {
  const { broker, connection, clock, client, deliveries } = await openWithMessages(1);
  const large = { ...reply, body: 'x'.repeat(300_000) };
  broker.answer = onCommand('SEND', (_frame, { write, socket }) => {
    write('ERROR', { message: 'The maximum frame size was exceeded' });
    socket.end();
  });
  const expected = {
    code: 'SOAR_TRANSACTION_REFUSED',
    message: expect.stringContaining('300000 bytes'),
    details: { committed: 'no', sizeBytes: 300_000 },
  };
  expect(await failureOf(connection.transact({ sends: [large], settles: deliveries }))).toMatchObject(expected);
  expect(client.frames.map(({ command }) => command)).not.toContain('ACK');
  broker.answer = () => undefined;
  await clock.advance(1000);
  await expect.poll(() => connection.getState().status).toBe('connected');
  expect(await failureOf(connection.transact({ sends: [large], settles: [] }))).toMatchObject(expected);
  expect(await failureOf(connection.send(large))).toMatchObject(expected);
  await connection.transact({ sends: [reply], settles: [] });
  expect(broker.clients.length).toBe(2);
});

test('[S22] a newline follows a receipt when nothing else does', async () => {
  const { connection, client, clock } = await openWithMessages(0);
  await clock.advance(2);
  await connection.send(reply);
  await clock.advance(2);
  await expect.poll(() => client.pieces.at(-1)).toBe('\n');
});

test('[S22] a newline follows a message that is not answered at once', async () => {
  const { client, clock } = await openWithMessages(1);
  await clock.advance(2);
  await expect.poll(() => client.pieces.at(-1)).toBe('\n');
});

test('[S23] a single SEND resolves with its receipt and rejects when it is refused or lost', async () => {
  const { broker, connection, client } = await openWithMessages(0);
  await connection.send(reply);
  expect(client.frames[0]?.headers).toMatchObject({ destination: replyTo, persistent: 'true', receipt: expect.any(String) });
  broker.answer = refuse('SEND', { message: 'User key is not authorized to write to: queue://x' });
  expect(await failureOf(connection.send(reply))).toMatchObject({ code: 'SOAR_BROKER_NOT_AUTHORIZED', details: { committed: 'no' } });
  broker.answer = refuse('SEND', { message: 'no space' });
  expect(await failureOf(connection.send(reply))).toMatchObject({ code: 'SOAR_TRANSACTION_REFUSED' });
  broker.answer = onCommand('SEND', (_frame, client) => client.socket.destroy());
  expect(await failureOf(connection.send(reply))).toMatchObject({ code: 'SOAR_BROKER_CONNECTION_LOST', details: { committed: 'unknown' } });
});

test('[S25] without receipts nothing asks for one and everything counts as arrived once it is written', async () => {
  const { broker, connection, client, deliveries } = await openWithMessages(1, { receipts: 'none' });
  broker.answer = () => 'answered';
  await connection.transact({ sends: [reply], settles: deliveries });
  await connection.send(reply);
  await expect.poll(() => client.frames.map(({ command }) => command)).toEqual(['BEGIN', 'SEND', 'ACK', 'COMMIT', 'SEND']);
  expect(client.frames.every(({ headers }) => headers.receipt === undefined)).toBe(true);
});

test('[S26] an ERROR that belongs to no request is logged, and the connection stays', async () => {
  const { connection, client, log } = await openWithMessages(0);
  client.write('ERROR', { message: 'Unexpected ACK received for message-id [null]' }, 'org.apache…\n\tat x');
  await connection.send(reply);
  expect(log).toEqual(['A frame was refused by the broker: Unexpected ACK received for message-id [null]']);
});

test('[S26] bytes that are no STOMP end the connection with what they were', async () => {
  const { connection, client } = await openWithMessages(0);
  client.socket.write('MESSAGE\ncontent-length:x\n\n\0');
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'disconnected', code: 'SOAR_BROKER_ERROR' });
});

test('[S27] a header that could end its frame early is refused before anything of it is written', async () => {
  const { connection, client } = await openWithMessages(0);
  for (const send of [
    { ...reply, destination: 'acks\0SEND' },
    { ...reply, headers: { 'correlation-id': 'a\0' } },
    { ...reply, headers: { 'a\nb': 'c' } },
  ]) {
    expect(await failureOf(connection.send(send))).toMatchObject({ code: 'SOAR_BAD_REQUEST' });
    expect(await failureOf(connection.transact({ sends: [send], settles: [] }))).toMatchObject({ code: 'SOAR_BAD_REQUEST' });
  }
  await connection.send({ ...reply, headers: { 'correlation-id': 'a\nb:c\\' } });
  expect(client.frames.map(({ command, headers }) => [command, headers['correlation-id']])).toEqual([['SEND', 'a\nb:c\\']]);
});

test('[S28] a COMMIT whose receipt never comes ends the connection at its time limit, and the next connection works', async () => {
  const opened = await openWithMessages(1, { receiptTimeoutMs: 30_000 });
  const { broker, connection, clock, deliveries } = opened;
  await learnReplyQueue(opened);
  let commits = 0;
  broker.answer = onCommand('COMMIT', () => {
    commits += 1;
  });
  const transacting = transactBoth(connection, deliveries);
  await expect.poll(() => commits).toBe(1);
  await clock.advance(29_999);
  expect(connection.getState().status).toBe('connected');
  await clock.advance(1);
  expect(connection.getState()).toMatchObject({
    status: 'disconnected',
    code: 'SOAR_BROKER_CONNECTION_LOST',
    reason: expect.stringMatching(/receipt "tx-4" of a COMMIT .* 30000 ms/),
  });
  expect(await transacting).toMatchObject({ code: 'SOAR_BROKER_CONNECTION_LOST', details: { committed: 'unknown', settleable: false } });
  broker.answer = () => undefined;
  await clock.advance(1000);
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'connected', session: 2 });
  await connection.transact({ sends: [reply], settles: [] });
});

test('[S28] the oldest missing receipt counts, whatever else is confirmed meanwhile; without an option it has 60 s', async () => {
  const { broker, connection, client, clock } = await openWithMessages(0);
  broker.answer = onCommand('SEND', () => undefined);
  const first = failureOf(connection.send(reply));
  await expect.poll(() => client.frames.length).toBe(1);
  await clock.advance(40_000);
  const second = failureOf(connection.send(reply));
  await expect.poll(() => client.frames.length).toBe(2);
  client.write('RECEIPT', { 'receipt-id': client.frames[0]?.headers.receipt ?? '' });
  expect(await first).toBe('done');
  await clock.advance(59_999);
  expect(connection.getState().status).toBe('connected');
  await clock.advance(1);
  expect(await second).toMatchObject({
    code: 'SOAR_BROKER_CONNECTION_LOST',
    message: expect.stringMatching(/of a SEND to \S+ .* 60000 ms/),
    details: { committed: 'unknown' },
  });
});

test('[S28] a receipt that comes leaves no timer, and what asks for none has no limit', async () => {
  const opened = await openWithMessages(1);
  await learnReplyQueue(opened);
  await opened.connection.transact({ sends: [reply], settles: opened.deliveries });
  await opened.clock.advance(2);
  assertNoTimerLeft(opened.clock);

  const unasked = await openWithMessages(1, { receipts: 'none' });
  unasked.broker.answer = () => 'answered';
  await unasked.connection.transact({ sends: [reply], settles: unasked.deliveries });
  await unasked.clock.advance(120_000);
  expect(unasked.connection.getState().status).toBe('connected');
});

test.each(['SUBSCRIBE', 'UNSUBSCRIBE'])('[S28] a %s whose receipt never comes ends the connection too', async (command) => {
  const { broker, connection, clock } = await createTestConnection({ clock: createFakeClock(), atEnd: onTestFinished });
  await connection.connect();
  const options = { destination: 'actions.201.fn_main', prefetch: 1, subscriptionCount: 1, exclusive: false, onDelivery: () => undefined };
  const frames = broker.clients[0]?.frames ?? [];
  broker.answer = onCommand(command, () => undefined);
  const subscribing = connection.subscribe(options).then((subscribed) => subscribed.close());
  await expect.poll(() => frames.at(-1)?.command).toBe(command);
  await clock.advance(60_000);
  expect(connection.getState()).toMatchObject({ status: 'disconnected', reason: expect.stringContaining(`${command} of`) });
  broker.answer = () => undefined;
  await clock.advance(1000);
  await subscribing;
  await expect.poll(() => connection.getState()).toMatchObject({ status: 'connected', session: 2 });
});
