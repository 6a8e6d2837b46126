import { WirebookError } from '@wirebook/errors';
import { afterEach, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, lookup, startEngine } from './engine-under-test.ts';

let started: EngineUnderTest[] = [];

async function start(
  options: EngineUnderTestOptions = { flows: [chain('f', lookup, ['test.pass'], ['test.complete'])] },
): Promise<EngineUnderTest> {
  const engine = await startEngine(options);
  started.push(engine);
  return engine;
}

afterEach(async () => {
  for (const engine of started.reverse()) await engine.close();
  started = [];
});

const address = { 'reply-to': '/queue/acks.201.fn_models', 'correlation-id': 'cid-bad' };

async function expectPoisonedThenGoesOn(given: {
  body: string | Uint8Array;
  headers: Readonly<Record<string, string>>;
}): Promise<EngineUnderTest> {
  const engine = await start();
  engine.put('bad', given.body, given.headers);
  await engine.until(() => engine.broker.settledIds.length === 1);
  engine.call('good', { a: 1 });
  await engine.until(() => engine.broker.settledIds.length === 2);
  expect(engine.completions('good')).toMatchObject([{ message_type: 0 }]);
  expect(engine.ledger.count().poison).toBe(1);
  return engine;
}

test('[engine E1] invalid JSON is kept with its bytes, answered with an error that says where, and settled', async () => {
  const { completions, ledger } = await expectPoisonedThenGoesOn({ body: '{"function": oops', headers: address });
  expect(new TextDecoder().decode(ledger.listPoison(1)[0]?.raw.body)).toBe('{"function": oops');
  expect(completions('bad')).toMatchObject([{ message_type: 1, complete: true }]);
  expect(String(completions('bad')[0]?.message)).toContain('ENGINE_MESSAGE_UNREADABLE');
});

test('[engine E1] invalid UTF-8 is kept byte for byte', async () => {
  const body = Uint8Array.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
  const { completions, ledger } = await expectPoisonedThenGoesOn({ body, headers: address });
  expect(Uint8Array.from(ledger.listPoison(1)[0]?.raw.body ?? [])).toEqual(body);
  expect(completions('bad')).toMatchObject([{ message_type: 1 }]);
});

test('[engine E2] a message without reply-to cannot be answered: it is in the tray, settled and not run', async () => {
  const body = JSON.stringify({ function: { name: 'lookup' }, inputs: { secret: 1 } });
  const { ledger, nodes, broker } = await expectPoisonedThenGoesOn({ body, headers: { 'correlation-id': 'cid-bad' } });
  expect(ledger.listPoison(1)).toMatchObject([{ code: 'ENGINE_REPLY_NOT_POSSIBLE' }]);
  expect(nodes.passed).toEqual([{ a: 1 }]);
  expect(broker.sent).toHaveLength(1);
});

test('[engine E3] a message without correlation-id is answered with an error where its reply-to says, and not run', async () => {
  const body = JSON.stringify({ function: { name: 'lookup' }, inputs: {} });
  const { broker, nodes } = await expectPoisonedThenGoesOn({ body, headers: { 'reply-to': '/queue/acks.201.fn_models' } });
  expect(broker.sent[0]?.headers).toEqual({});
  expect(JSON.parse(broker.sent[0]?.body ?? '{}')).toMatchObject({ message_type: 1, complete: true });
  expect(nodes.passed).toEqual([{ a: 1 }]);
});

test('[engine E4] a body over the limit is refused by name and size', async () => {
  const engine = await start();
  engine.broker.put({
    destination: 'actions.201.fn_models',
    messageId: 'bad',
    headers: address,
    body: new Uint8Array(),
    oversizeBytes: 20_000_000,
  });
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(String(engine.completions('bad')[0]?.message)).toMatch(/bad.*20000000 bytes.*ENGINE_MESSAGE_TOO_LARGE/);
});

test('[engine E5] keys like __proto__ in a message change nothing but their own message', async () => {
  const engine = await start();
  engine.put('bad', '{"function":{"name":"lookup"},"inputs":{"__proto__":{"polluted":true},"constructor":{"name":"x"},"a":1}}', address);
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  expect(engine.completions('bad')).toHaveLength(1);
});

test('[engine U1] a function that no flow serves is answered with an error that names it', async () => {
  const engine = await start();
  engine.put('1', JSON.stringify({ function: { name: 'nobody' }, inputs: {} }), { ...address, 'correlation-id': 'cid-1' });
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.completions('1')).toEqual([
    {
      message_type: 1,
      message: 'no flow serves function "nobody" (ENGINE_FUNCTION_UNHANDLED: the flow has to be changed)',
      complete: true,
    },
  ]);
  expect(engine.ledger.count().poison).toBe(0);
});

test('[engine U2] a rule that no flow takes is answered with an error that names rule and destination', async () => {
  const engine = await start({
    flows: [chain('f', ['test.destination', { destination: 'fn_models', rules: ['Create Ticket'] }], ['test.pass'])],
  });
  engine.put('1', JSON.stringify({ action_id: 8, incident: { id: 1 } }), { ...address, 'correlation-id': 'cid-1' });
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(String(engine.completions('1')[0]?.message)).toContain('rule "Page the Branch" on destination "fn_models"');
});

test('[engine U3] a source with a rule filter takes its rules before a source that takes all', async () => {
  const named = chain(
    'named',
    ['test.destination', { destination: 'fn_models', rules: ['Create Ticket'] }],
    ['test.complete', { results: 'named' }],
  );
  const all = chain('all', ['test.destination', { destination: 'fn_models' }], ['test.complete', { results: 'all' }]);
  const engine = await start({ flows: [all, named] });
  engine.put('1', JSON.stringify({ action_id: 7 }), { ...address, 'correlation-id': 'cid-1' });
  engine.put('2', JSON.stringify({ action_id: 8 }), { ...address, 'correlation-id': 'cid-2' });
  await engine.until(() => engine.broker.settledIds.length === 2);
  expect([engine.completions('1')[0]?.results, engine.completions('2')[0]?.results]).toEqual(['named', 'all']);
});

test('[engine U5] a message waits until the platform tells the name of its rule; a detached run waits too', async () => {
  const flows = [
    chain('f', ['test.destination', { destination: 'fn_models', rules: ['Create Ticket'] }], ['test.complete'], ['test.gate']),
  ];
  const first = await start({ flows });
  first.put('1', JSON.stringify({ action_id: 7 }), { ...address, 'correlation-id': 'cid-1' });
  await first.until(() => first.broker.settledIds.length === 1 && first.nodes.waitingCount() === 1);
  await first.clock.advance(600);

  let isKnown = false;
  const findRuleName = async () => {
    if (isKnown) return 'Create Ticket';
    throw new WirebookError('SOAR_REST_UNREACHABLE', 'no answer');
  };
  const second = await start({ flows, remains: first.kill(), findRuleName });
  second.put('2', JSON.stringify({ action_id: 7 }), { ...address, 'correlation-id': 'cid-2' });
  await second.until(() => second.logLines.filter((line) => line.includes('the name of rule 7 could not be read')).length === 2);
  await second.clock.advance(5000);
  expect([second.nodes.waitingCount(), second.engine.getStatus().messagesInHand]).toEqual([0, 2]);
  isKnown = true;
  await second.clock.advance(5000);
  await second.until(() => second.nodes.waitingCount() === 2 && second.completions('2').length === 1);
});

test.each([
  { brings: 'who serves it', server: 'other', answer: { message_type: 0 } },
  { brings: 'nobody', server: 'lookup', answer: { message_type: 1 } },
])('[engine U4] a call that no flow serves waits for the end of a deploy; the deploy brings $brings', async ({ server, answer }) => {
  const engine = await start({ flows: [chain('f', ['test.destination', { destination: 'fn_models', rules: ['Create Ticket'] }])] });
  const confirm = engine.broker.holdSubscriptionsTo('actions.201.elsewhere');
  const deploying = engine.deploy([
    chain('f', ['test.function', { function: server }], ['test.complete']),
    chain('g', ['test.destination', { destination: 'elsewhere' }], ['test.pass']),
  ]);
  engine.put('1', JSON.stringify({ function: { name: 'other' }, inputs: {} }), { ...address, 'correlation-id': 'cid-1' });
  await engine.until(() => engine.engine.getStatus().messagesInHand === 1);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(engine.completions('1')).toEqual([]);
  confirm();
  await deploying;
  await engine.until(() => engine.broker.settledIds.length === 1);
  expect(engine.completions('1')).toMatchObject([answer]);
});
