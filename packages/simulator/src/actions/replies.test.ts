import { expect, test } from 'vitest';
import { createActionWorld, worldStartMs } from './action-world.stand-in.ts';

async function fireOne(settings: { expectAckTimeoutMs?: number } = {}) {
  const world = await createActionWorld(settings);
  const id = await world.log.fire({ function: 'lookup_model_by_id', inputs: { model_id: 'm1' } });
  return { ...world, id };
}

test('[A11] interim replies are listed in order with their time, and the call stays pending', async () => {
  const { broker, clock, log, id } = await fireOne();
  broker.reply(0, { message_type: 0, message: 'looking', complete: false });
  clock.advance(1500);
  broker.reply(0, { message_type: 2, message: 'slow', complete: false });
  expect(log.find(id)).toMatchObject({
    status: 'Pending',
    information: 'slow',
    completingReplies: 0,
    replies: [
      { message: 'looking', complete: false, messageType: 0, receivedAt: new Date(worldStartMs).toISOString() },
      { message: 'slow', complete: false, messageType: 2, receivedAt: new Date(worldStartMs + 1500).toISOString() },
    ],
  });
});

test('[A12] the first completing reply ends the call; a second is listed and counted, and changes nothing', async () => {
  const { broker, log, id } = await fireOne();
  broker.reply(0, { message_type: 0, message: 'Completed', complete: true, results: { value: 1 } });
  broker.reply(0, { message_type: 1, message: 'too late', complete: true, results: { value: 2 } });
  const view = log.find(id);
  expect(view).toMatchObject({ status: 'Complete', information: 'Completed', result: { value: 1 }, completingReplies: 2 });
  expect(view?.replies.map((reply) => reply.message)).toEqual(['Completed', 'too late']);
  expect(log.summary().callsByCompletingReplies).toEqual({ none: 0, one: 0, several: 1 });
});

test('[A12] replies of the same bytes have the same digest', async () => {
  const { broker, log, id } = await fireOne();
  broker.reply(0, '{"message_type":0,"message":"x","complete":true}');
  broker.reply(0, '{"message_type":0,"message":"x","complete":true}');
  broker.reply(0, '{"message_type":0, "message":"x","complete":true}');
  const digests = log.find(id)?.replies.map((reply) => reply.bodySha256) ?? [];
  expect(digests[0]).toBe(digests[1]);
  expect(digests[0]).not.toBe(digests[2]);
});

test('[A13] a plain text completes with success', async () => {
  const { broker, log, id } = await fireOne();
  broker.reply(0, 'all done');
  expect(log.find(id)).toMatchObject({ status: 'Complete', information: 'all done', replies: [{ format: 'text', complete: true }] });
});

test('[A13] Co3InvocationComplete keeps a plain text from completing, and means nothing to JSON', async () => {
  const { broker, log, id } = await fireOne();
  broker.reply(0, 'still busy', { Co3InvocationComplete: 'false' });
  expect(log.find(id)).toMatchObject({ status: 'Pending', information: 'still busy' });
  broker.reply(0, { message_type: 0, message: 'ok', complete: true }, { Co3InvocationComplete: 'false' });
  expect(log.find(id)).toMatchObject({ status: 'Complete' });
});

test.each([
  [undefined, 86_400_000],
  [5000, 5000],
])('[A14] without a completing reply a call is timed out after the time set (%s)', async (expectAckTimeoutMs, limitMs) => {
  const { broker, clock, log, id } = await fireOne(expectAckTimeoutMs === undefined ? {} : { expectAckTimeoutMs });
  clock.advance(limitMs - 1);
  expect(log.find(id)).toMatchObject({ status: 'Pending' });
  clock.advance(1);
  expect(log.find(id)).toMatchObject({ status: 'Timed Out' });
  broker.reply(0, { message_type: 0, message: 'late', complete: true });
  expect(log.find(id)).toMatchObject({ status: 'Timed Out', completingReplies: 1, replies: [{ message: 'late' }] });
});

test('[A16] a reply to no known call is counted', async () => {
  const { broker, log, id } = await fireOne();
  broker.reply(0, 'x', { 'correlation-id': 'invid:1' });
  broker.reply(0, 'x', { 'correlation-id': 'nonsense' });
  expect(log.summary().unknownReplies).toBe(2);
  expect(log.find(id)).toMatchObject({ status: 'Pending', replies: [] });
});

test('[A17] a reply that is delivered again counts once', async () => {
  const { broker, log, id } = await fireOne();
  const headers = { 'correlation-id': `invid:${id}` };
  const message = { destination: 'acks.201.fn_models', messageId: 'ID:1', headers, body: new TextEncoder().encode('done') };
  broker.deliver(message);
  broker.deliver(message);
  expect(log.find(id)).toMatchObject({ completingReplies: 1, replies: [{ messageId: 'ID:1' }] });
});

test('[A18] Action Status lists status, type, user, name, information and date of each call, newest first', async () => {
  const { broker, incident, log } = await fireOne();
  await log.fire({ rule: 'Page the Branch', incident: incident.id, user: 'analyst@harbour.example' });
  broker.reply(0, { message_type: 1, message: 'broken', complete: true });
  const date = new Date(worldStartMs).toISOString();
  expect(log.actionStatus()).toEqual([
    { status: 'Complete', type: 'Rule', user: 'Hugo Almeida', name: 'Page the Branch', information: expect.any(String), date },
    { status: 'Error', type: 'Workflow - Function', user: 'Nora Lindqvist', name: 'Lookup Model by ID', information: 'broken', date },
  ]);
});

test('[A19] a message that the broker does not take makes the invocation an error', async () => {
  const { actions, broker, log } = await createActionWorld();
  broker.failNext(new Error('the broker is closed'));
  const { id } = await actions.fire({ function: 'lookup_model_by_id', inputs: { model_id: 'x' } });
  expect(log.find(id)).toMatchObject({
    status: 'Error',
    information: expect.stringContaining('actions.201.fn_models: the broker is closed'),
  });
});

test('[A20] 20,000 calls are open at once, and each ends with its own reply', async () => {
  const { broker, log } = await createActionWorld();
  const count = 20_000;
  const ids: number[] = [];
  for (let call = 0; call < count; call += 1) ids.push(await log.fire({ function: 'lookup_model_by_id', inputs: { model_id: 'x' } }));
  expect(log.summary()).toMatchObject({ total: count, byStatus: { Pending: count } });
  for (let call = count - 1; call >= 0; call -= 1) broker.reply(call, { message_type: 0, message: `answer ${call}`, complete: true });
  expect(log.summary()).toMatchObject({ total: count, byStatus: { Complete: count }, callsByCompletingReplies: { one: count } });
  const astray = ids.filter((id, call) => log.find(id)?.information !== `answer ${call}`);
  expect(astray).toEqual([]);
});

test('[A22] of more invocations than are to be kept the oldest are forgotten, and the summary goes on counting them', async () => {
  const { broker, log } = await createActionWorld({ rememberedInvocations: 3 });
  const ids: number[] = [];
  for (let call = 0; call < 5; call += 1) {
    ids.push(await log.fire({ function: 'lookup_model_by_id', inputs: { model_id: 'x' } }));
    broker.reply(call, { message_type: call === 0 ? 1 : 0, message: 'done', complete: true });
  }
  expect(ids.map((id) => log.find(id) !== undefined)).toEqual([false, false, true, true, true]);
  expect(log.list()).toHaveLength(3);
  expect(log.summary()).toMatchObject({ total: 5, byStatus: { Complete: 4, Error: 1 }, callsByCompletingReplies: { one: 5 } });
});
