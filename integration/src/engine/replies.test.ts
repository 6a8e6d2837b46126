import type { JsonObject } from '@wirebook/errors';
import { afterEach, describe, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, lookup, queue, startEngine } from './engine-under-test.ts';

let started: EngineUnderTest[] = [];

async function start(options: EngineUnderTestOptions): Promise<EngineUnderTest> {
  const engine = await startEngine(options);
  started.push(engine);
  return engine;
}

afterEach(async () => {
  for (const engine of started) await engine.close();
  started = [];
});

test('[engine P1] a result node completes with one reply to the address and correlation-id of the message, and the message is settled', async () => {
  const { broker, call, completions, until } = await start({ flows: [chain('f', lookup, ['test.complete'])] });
  call('1', { model_id: { id: 3, name: 'M3' } });
  await until(() => broker.settledIds.length === 1);
  expect(completions('1')).toEqual([{ message_type: 0, message: 'Completed', complete: true, results: { model_id: 'M3' } }]);
  expect(broker.sent[0]?.destination).toBe('/queue/acks.201.fn_models');
  expect(broker.settledIds).toEqual(['1']);
});

test('[engine P1] a second completing reply is refused with a code and the first one stands', async () => {
  const flow = chain('f', lookup, ['test.complete'], ['test.gate'], ['test.complete', { results: 'second' }]);
  const { broker, call, completions, events, nodes, until } = await start({ flows: [flow] });
  call('1', { a: 1 });
  await until(() => broker.settledIds.length === 1 && nodes.waitingCount() === 1);
  nodes.openGates();
  await until(() => events().some((event) => event.type === 'run.finished'));
  expect(completions('1')).toEqual([{ message_type: 0, message: 'Completed', complete: true, results: { a: 1 } }]);
  expect(events().find((event) => event.type === 'reply.refused')).toMatchObject({ error: { code: 'ENGINE_REPLY_ALREADY_COMPLETED' } });
});

test('[engine P2] a run without a completing reply is answered with "Completed"', async () => {
  const { broker, call, completions, until } = await start({ flows: [chain('f', lookup, ['test.pass'])] });
  call('1');
  await until(() => broker.settledIds.length === 1);
  expect(completions('1')).toEqual([{ message_type: 0, message: 'Completed', complete: true }]);
});

test('[engine P3] an error that nothing takes is answered with an error reply that names it', async () => {
  const { broker, call, completions, until } = await start({ flows: [chain('f', lookup, ['test.fail'])] });
  call('1');
  await until(() => broker.settledIds.length === 1);
  expect(completions('1')).toEqual([
    {
      message_type: 1,
      message: 'node "test.fail 1": this node always fails (NODE_INPUT_INVALID: the flow has to be changed)',
      complete: true,
    },
  ]);
});

test('[engine P3] an error reply that the engine makes holds no secret', async () => {
  const { broker, put, completions, until } = await start({ flows: [chain('f', lookup, ['test.pass'])] });
  const address = { 'reply-to': '/queue/acks.201.fn_models', 'correlation-id': 'cid-1' };
  put('1', JSON.stringify({ function: { name: 'hush-hush' }, inputs: {} }), address);
  await until(() => broker.settledIds.length === 1);
  expect(completions('1')[0]?.message).toBe('no flow serves function "***" (ENGINE_FUNCTION_UNHANDLED: the flow has to be changed)');
});

test('[engine P4] a fire-and-forget source settles without a reply', async () => {
  const flow = chain('f', ['test.destination', { destination: 'fn_models', fireAndForget: true }], ['test.pass']);
  const { broker, nodes, put, until } = await start({ flows: [flow] });
  put('1', JSON.stringify({ action_id: 7, incident: { id: 2 } }), { 'reply-to': '/queue/acks.201.fn_models', 'correlation-id': 'cid-1' });
  await until(() => broker.settledIds.length === 1);
  expect(nodes.passed).toEqual([{ action_id: 7, incident: { id: 2 } }]);
  expect(broker.sent).toEqual([]);
});

test('[engine P5] a reply over 5 MB becomes an error reply, and the message is in the poison tray', async () => {
  const { broker, call, completions, engine, until } = await start({
    flows: [chain('f', lookup, ['test.complete', { sizeBytes: 5_000_001 }])],
  });
  call('1');
  await until(() => broker.settledIds.length === 1);
  expect(completions('1')).toMatchObject([{ message_type: 1, complete: true }]);
  expect(String(completions('1')[0]?.message)).toContain('ENGINE_REPLY_TOO_LARGE');
  expect(engine.getStatus().ledger.poison).toBe(1);
});

test('[engine P6] a step that fails after it completed takes its reply back', async () => {
  const { broker, call, completions, until } = await start({ flows: [chain('f', lookup, ['test.complete', { thenFail: true }])] });
  call('1');
  await until(() => broker.settledIds.length === 1);
  expect(completions('1')).toEqual([
    {
      message_type: 1,
      message: 'node "test.complete 1": failed after it completed (NODE_INPUT_INVALID: the flow has to be changed)',
      complete: true,
    },
  ]);
});

test('[engine P7] a status reply leaves at once, before the run is over', async () => {
  const { broker, call, nodes, replies, until } = await start({
    flows: [chain('f', lookup, ['test.status', { text: 'working' }], ['test.gate'])],
  });
  call('1');
  await until(() => nodes.waitingCount() === 1 && replies('1').length === 1);
  expect(replies('1')).toEqual([{ message_type: 0, message: 'working', complete: false }]);
  expect(broker.settledIds).toEqual([]);
  nodes.openGates();
  await until(() => broker.settledIds.length === 1);
  expect(replies('1').map((reply) => reply.complete)).toEqual([false, true]);
});

describe('status replies and a connection that goes', () => {
  const twoStatuses = chain('f', lookup, ['test.status', { text: 'one' }], ['test.status', { text: 'two' }], ['test.gate']);
  const messages = (replies: readonly JsonObject[]) => replies.map(({ message }) => message);
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  test('[engine P9] those that the broker did not get are sent again in order on the next connection, once', async () => {
    const { broker, call, nodes, replies, until } = await start({ flows: [twoStatuses] });
    broker.loseFrames(1);
    call('1');
    await until(() => replies('1').length === 2);
    await turns(20);
    expect(messages(replies('1'))).toEqual(['one', 'two']);
    nodes.openGates();
    await until(() => broker.settledIds.length === 1);
    expect(messages(replies('1'))).toEqual(['one', 'two', 'Completed']);
  });

  test('[engine P9] one whose receipt is lost is sent again', async () => {
    const { broker, call, replies, until } = await start({ flows: [twoStatuses] });
    broker.loseReceipts(1);
    call('1');
    await until(() => replies('1').length >= 3);
    expect(messages(replies('1'))).toEqual(['one', 'one', 'two']);
  });

  test('[engine P9] while there is no connection they wait for it', async () => {
    const { broker, call, nodes, replies, until } = await start({
      flows: [chain('f', lookup, ['test.gate'], ['test.status', { text: 'one' }], ['test.status', { text: 'two' }], ['test.gate'])],
    });
    call('1');
    await until(() => nodes.waitingCount() === 1);
    broker.disconnect();
    nodes.openGates();
    await until(() => nodes.waitingCount() === 1);
    expect(replies('1')).toEqual([]);
    broker.reconnect();
    await until(() => replies('1').length === 2);
    expect(messages(replies('1'))).toEqual(['one', 'two']);
  });

  test('[engine P9] after three losses one is given up, which the trace says, and the next ones still leave', async () => {
    const { broker, call, clock, events, nodes, replies, until } = await start({
      flows: [chain('f', lookup, ['test.status', { text: 'one' }], ['test.gate'], ['test.status', { text: 'two' }], ['test.gate'])],
    });
    broker.loseFrames(3);
    call('1');
    await until(() => nodes.waitingCount() === 1);
    await turns(20);
    nodes.openGates();
    await until(() => replies('1').length === 1);
    await clock.advance(600);
    expect(messages(replies('1'))).toEqual(['two']);
    expect(events().filter(({ type }) => type === 'reply.refused')).toMatchObject([
      { stepId: 2, error: { code: 'SOAR_BROKER_CONNECTION_LOST', message: expect.stringContaining('lost 3 times') } },
    ]);
  });

  test('[engine P9] none is sent again once the completing reply is on its way', async () => {
    const { broker, call, events, replies, until } = await start({
      flows: [chain('f', lookup, ['test.status', { text: 'one' }], ['test.complete'])],
    });
    broker.loseFrames(1);
    call('1');
    await until(() => broker.settledIds.length === 1);
    await turns(20);
    expect(replies('1').map(({ complete }) => complete)).toEqual([true]);
    expect(events().filter(({ type }) => type === 'reply.refused')).toMatchObject([
      { stepId: 2, error: { message: expect.stringContaining('must not come behind the completing reply') } },
    ]);
  });

  test('[engine P9] one that the broker refuses is in the trace, and the run goes on', async () => {
    const { broker, call, clock, events, nodes, until } = await start({ flows: [twoStatuses] });
    broker.refuseSendsTo('/queue/acks.201.fn_models');
    call('1');
    await until(() => nodes.waitingCount() === 1);
    await turns(20);
    await clock.advance(600);
    expect(events().filter(({ type }) => type === 'reply.refused')).toMatchObject([
      { stepId: 2, error: { code: 'SOAR_BROKER_NOT_AUTHORIZED' } },
      { stepId: 3, error: { code: 'SOAR_BROKER_NOT_AUTHORIZED' } },
    ]);
  });
});

test('[engine P8] a completing reply with work left detaches the run: answered and settled at once, the work goes on', async () => {
  const { broker, call, completions, eventTypes, nodes, until } = await start({
    flows: [chain('f', lookup, ['test.complete'], ['test.gate'], ['test.write'])],
  });
  call('1', { a: 1 });
  await until(() => broker.settledIds.length === 1 && nodes.waitingCount() === 1);
  expect(completions('1')).toHaveLength(1);
  expect(nodes.writes).toEqual([]);
  nodes.openGates();
  await until(() => eventTypes().includes('run.finished'));
  expect(nodes.writes).toEqual([{ a: 1 }]);
  expect(eventTypes()).toContain('run.detached');
  expect(completions('1')).toHaveLength(1);
});

test('[engine C1] replies and ACKs of one window leave in one transaction, after they are on record', async () => {
  const { broker, call, until } = await start({ flows: [chain('f', lookup, ['test.complete'])] });
  for (let n = 0; n < 10; n += 1) call(`${n}`, { n });
  await until(() => broker.settledIds.length === 10);
  expect(broker.transactionSizes.length).toBeLessThan(10);
  expect(broker.sent).toHaveLength(10);
});

test('[engine C2] a connection that goes before the COMMIT arrives costs nothing: the redelivery gets the same bytes, and the flow runs once', async () => {
  const { broker, call, nodes, until } = await start({ flows: [chain('f', lookup, ['test.pass'], ['test.complete'])] });
  broker.loseFrames(1);
  call('1', { a: 1 });
  await until(() => broker.settledIds.length === 1);
  expect(broker.sent).toHaveLength(1);
  expect(nodes.passed).toHaveLength(1);
});

test('[engine C2] a connection that goes after the broker took the COMMIT leaves one reply', async () => {
  const { broker, call, engine, nodes, until } = await start({ flows: [chain('f', lookup, ['test.pass'], ['test.complete'])] });
  broker.loseReceipts(1);
  call('1', { a: 1 });
  await until(() => broker.settledIds.length === 1 && engine.getStatus().messagesInHand === 0);
  expect(broker.sent).toHaveLength(1);
  expect(nodes.passed).toHaveLength(1);
});

test('[engine C3] a refused batch is retried singly: only the refused reply suffers', async () => {
  const { broker, call, completions, until } = await start({ flows: [chain('f', lookup, ['test.complete'])] });
  broker.refuseSendsTo('/queue/secret');
  call('bad', {}, { 'reply-to': '/queue/secret' });
  call('1');
  call('2');
  await until(() => broker.settledIds.length === 3);
  expect([completions('1').length, completions('2').length, completions('bad').length]).toEqual([1, 1, 0]);
});

test('[engine C4] a reply that is refused three times is in the poison tray with its bytes, the message is settled, and an alarm is raised', async () => {
  const { broker, call, ledger, logLines, until } = await start({ flows: [chain('f', lookup, ['test.complete'])] });
  broker.refuseSendsTo('/queue/secret');
  call('bad', { a: 1 }, { 'reply-to': '/queue/secret' });
  await until(() => broker.settledIds.length === 1);
  expect(ledger.listPoison(10)).toMatchObject([{ code: 'ENGINE_REPLY_REFUSED', key: { destination: queue, messageId: 'bad' } }]);
  expect(JSON.parse(ledger.listPoison(10)[0]?.savedReply?.body ?? '{}')).toMatchObject({ complete: true, results: { a: 1 } });
  expect(logLines.some((line) => line.startsWith('error') && line.includes('refused'))).toBe(true);
});

test.each(['transaction', 'reply-then-settle'] as const)(
  '[engine C4] under %s a connection that goes before the message of a refused reply is settled leaves it in the tray once',
  async (policy) => {
    const { broker, call, clock, completions, engine, ledger, logLines, until } = await start({
      flows: [chain('f', lookup, ['test.complete'])],
      policy,
    });
    broker.refuseSendsTo('/queue/secret');
    broker.loseSettles(2);
    call('bad', { a: 1 }, { 'reply-to': '/queue/secret' });
    await until(() => broker.settledIds.length === 1 && engine.getStatus().messagesInHand === 0);
    await clock.advance(600);
    expect(ledger.listPoison(10)).toMatchObject([{ code: 'ENGINE_REPLY_REFUSED', key: { messageId: 'bad' } }]);
    expect(logLines.filter((line) => line.startsWith('error') && line.includes('was refused'))).toHaveLength(3);
    expect(completions('bad')).toEqual([]);
    expect(engine.getStatus().ledger).toMatchObject({ open: 0, poison: 1, poisonDropped: 0 });
  },
);

test('[engine C5] under reply-then-settle a refused reply makes no other one repeat', async () => {
  const { broker, call, completions, until } = await start({ flows: [chain('f', lookup, ['test.complete'])], policy: 'reply-then-settle' });
  broker.refuseSendsTo('/queue/secret');
  call('1');
  call('bad', {}, { 'reply-to': '/queue/secret' });
  call('2');
  await until(() => broker.settledIds.length === 3);
  expect([completions('1').length, completions('2').length, completions('bad').length]).toEqual([1, 1, 0]);
});

test('[engine C5] under reply-then-settle a lost receipt gives the same bytes twice and one run', async () => {
  const { broker, call, nodes, until } = await start({
    flows: [chain('f', lookup, ['test.pass'], ['test.complete'])],
    policy: 'reply-then-settle',
  });
  broker.loseReceipts(1);
  call('1', { a: 1 });
  await until(() => broker.settledIds.length === 1);
  expect(broker.sent).toHaveLength(2);
  expect(broker.sent[0]?.body).toBe(broker.sent[1]?.body);
  expect(nodes.passed).toHaveLength(1);
});
