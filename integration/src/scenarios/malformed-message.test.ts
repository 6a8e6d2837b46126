import { randomBytes } from 'node:crypto';
import type { InvocationView } from '@wirebook/simulator';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { type EngineProcess, startEngine } from '../harness/engine-process.ts';
import { readPoison } from '../harness/engine-records.ts';
import { chainFlow, destinationSource, functionSource } from '../harness/flow-chain.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { waitFor } from '../harness/wait-for.ts';
import { addUnservedFunction, functionCall, messageHeaders, openReplyDesk, type ReplyDesk, toModelQueue } from './raw-message.ts';

const mebibyte = 1_048_576;

const flows = [
  chainFlow({
    id: 'measure',
    nodes: [
      functionSource(),
      { id: 'set', type: 'core.set', config: { keep: false, fields: [{ path: 'length', value: { $expr: '$length($inputs.model_id)' } }] } },
      { id: 'result', type: 'soar.result', config: { envelope: 'none' } },
    ],
  }),
  chainFlow({ id: 'desk', nodes: [destinationSource('ticket_desk', ['Create Ticket']), { id: 'ack', type: 'soar.ack' }] }),
];

describeOnBrokers('a malformed message', (setting) => {
  let engine: EngineProcess;
  let desk: ReplyDesk;
  let poisonBefore: number;

  beforeAll(async () => {
    await addUnservedFunction(setting.platform.simulator);
    engine = await startEngine({ platform: setting.platform, flows });
  });
  afterAll(async () => {
    const { exitCode } = await engine.stop();
    expect(exitCode).toBe(0);
  });

  async function send(body: string | Uint8Array, changes: Readonly<Record<string, string | null>> = {}): Promise<void> {
    const { simulator } = setting.platform;
    desk = await openReplyDesk(simulator);
    poisonBefore = readPoison(engine.dataDir).length;
    await simulator.publish(toModelQueue(messageHeaders(desk.correlationId, changes), body));
  }

  async function nextPoison() {
    return await waitFor('the poison tray', () => readPoison(engine.dataDir)[poisonBefore]);
  }

  function expectErrorReply(view: InvocationView, text: RegExp): void {
    expect(view).toMatchObject({ status: 'Error', completingReplies: 1 });
    expect(view.replies.map(({ messageType }) => messageType)).toEqual([1]);
    expect(view.information).toMatch(text);
  }

  /** Behind the malformed one on the same queue: it was settled and nothing came to a halt. */
  afterEach(async () => {
    const { simulator } = setting.platform;
    const good = await fireAndWait(simulator, { function: 'lookup_model_by_id', inputs: { model_id: 'four' } });
    expect(good).toMatchObject({ status: 'Complete', result: { length: 4 } });
    expect(desk.view().completingReplies).toBeLessThanOrEqual(1);
  });

  test('[engine E1] invalid JSON is answered with an error that says where, and kept in the poison tray with its bytes', async () => {
    const body = '{"function": {"name": "lookup_model_by_id"}, "inputs": ';
    await send(body);
    expectErrorReply(await desk.ended(), /not JSON.*ENGINE_MESSAGE_UNREADABLE/);
    const poison = await nextPoison();
    expect(poison).toMatchObject({ code: 'ENGINE_MESSAGE_UNREADABLE', key: { destination: 'actions.201.fn_models' } });
    expect(Buffer.from(poison.raw.body).toString()).toBe(body);
  });

  test('[engine E1] invalid UTF-8 is answered with an error that names the byte, and kept with its bytes', async () => {
    const body = Buffer.concat([Buffer.from('{"function":{"name":"'), Buffer.of(0xc3, 0x28, 0xff, 0x00), Buffer.from('"}}')]);
    await send(body);
    expectErrorReply(await desk.ended(), /not UTF-8: byte 21 of 28.*ENGINE_MESSAGE_UNREADABLE/);
    expect(Buffer.from((await nextPoison()).raw.body).equals(body)).toBe(true);
  });

  test.each([
    ['an empty body', '', /is empty/],
    ['a list', '[1, 2]', /is a list/],
    ['lists nested a hundred thousand times', '['.repeat(100_000) + ']'.repeat(100_000), /is a list|nested/],
    ['objects nested ten thousand times', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, /nested more than 200 levels/],
    ['a function call without a name', '{"function": {"id": 4}, "inputs": {}}', /calls a function without a name/],
  ])('[engine E1] %s is answered with an error and kept in the poison tray', async (_what, body, text) => {
    await send(body);
    expectErrorReply(await desk.ended(), text);
    expect((await nextPoison()).code).toBe('ENGINE_MESSAGE_UNREADABLE');
  });

  test('[engine E2] a message without reply-to is not run and lies in the poison tray', async () => {
    await send(functionCall({ model_id: 'x' }), { 'reply-to': null });
    const poison = await nextPoison();
    expect(poison).toMatchObject({ code: 'ENGINE_REPLY_NOT_POSSIBLE', reason: expect.stringContaining('no reply-to') });
    expect(desk.view().replies).toEqual([]);
  });

  test('[engine E3] a message without correlation-id is not run, gets an error reply and lies in the poison tray', async () => {
    const { simulator } = setting.platform;
    const before = simulator.invocations.summary().unknownReplies;
    await send(functionCall({ model_id: 'x' }), { 'correlation-id': null });
    const poison = await nextPoison();
    expect(poison).toMatchObject({ code: 'ENGINE_REPLY_NOT_POSSIBLE', reason: expect.stringContaining('no correlation-id') });
    await waitFor('the reply without an address', () => simulator.invocations.summary().unknownReplies === before + 1);
  });

  test('a body of 5 MB is taken and run', async () => {
    const length = 5 * mebibyte;
    await send(functionCall({ model_id: 'x'.repeat(length) }));
    expect(await desk.ended()).toMatchObject({ status: 'Complete', result: { length } });
  });

  test('[engine E4] a body of 20 MB is refused with its size', async () => {
    const body = functionCall({ model_id: randomBytes(10 * mebibyte).toString('hex') });
    await send(body);
    expectErrorReply(await desk.ended(), new RegExp(`has ${body.length} bytes: more than max_message_bytes.*ENGINE_MESSAGE_TOO_LARGE`));
    expect((await nextPoison()).code).toBe('ENGINE_MESSAGE_TOO_LARGE');
  });

  test('[engine U1] a function that no flow serves gets an error reply that names it', async () => {
    await send(functionCall({}, 'no_such_function'));
    expectErrorReply(await desk.ended(), /no flow serves function "no_such_function".*ENGINE_FUNCTION_UNHANDLED/);
  });

  test('[engine U2] a rule that the platform does not know gets an error reply that names its id and the destination', async () => {
    await send(JSON.stringify({ action_id: 987_654, incident: { id: 1 }, properties: {}, type_info: {} }));
    expectErrorReply(
      await desk.ended(),
      /rule 987654, whose name the platform does not tell, on destination "fn_models".*ENGINE_RULE_UNHANDLED/,
    );
  });

  test('[engine E5] keys such as __proto__ change nothing but the message', async () => {
    const inputs = '{"model_id":"seven77","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    await send(functionCall({}).replace('"inputs":{}', `"inputs":${inputs},"__proto__":{"polluted":true}`));
    expect(await desk.ended()).toMatchObject({ status: 'Complete', result: { length: 7 } });
  });
});
