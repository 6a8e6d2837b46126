import { afterEach, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, lookup, startEngine } from './engine-under-test.ts';

let started: EngineUnderTest[] = [];

async function start(options: EngineUnderTestOptions): Promise<EngineUnderTest> {
  const engine = await startEngine(options);
  started.push(engine);
  return engine;
}

afterEach(async () => {
  for (const engine of started.reverse()) await engine.close();
  started = [];
});

const flow = chain('f', lookup, ['test.pass'], ['test.complete']);
const minuteMs = 60_000;

async function idle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test.each([
  { policy: 'transaction', lost: 'answered' },
  { policy: 'reply-then-settle', lost: 'reply-confirmed' },
  { policy: 'reply-then-settle', lost: 'answered' },
] as const)(
  '[engine K17] killed under $policy before "$lost" is on record, and never delivered again: closed after five minutes, a late redelivery runs nothing',
  async ({ policy, lost }) => {
    const first = await start({ flows: [flow], policy, killAt: { when: 'before', what: lost } });
    first.call('1', { a: 1 });
    await first.until(() => first.broker.settledIds.length === 1);
    await first.clock.advance(600);
    expect(first.isKilled()).toBe(true);
    const second = await start({ flows: [flow], policy, remains: { folder: first.folder, broker: first.broker } });
    expect(second.engine.getStatus().ledger.open).toBe(1);
    await second.clock.advance(5 * minuteMs - 1000);
    expect(second.engine.getStatus().ledger.open).toBe(1);
    await second.clock.advance(2000);
    expect(second.engine.getStatus().ledger).toMatchObject({ open: 0, inDoubt: 0 });
    expect(second.broker.sent).toEqual([]);

    second.call('1', { a: 1 });
    await second.until(() => second.broker.settledIds.length === 1);
    await second.clock.advance(600);
    expect(second.nodes.passed).toEqual([]);
    expect(second.broker.sent).toEqual(first.broker.sent);
    expect(second.engine.getStatus().ledger.open).toBe(0);
  },
);

test('[engine L12] a receipt lost to a reconnect leaves nothing open either; each break begins the five minutes anew', async () => {
  const { broker, call, clock, completions, engine, until } = await start({ flows: [flow] });
  broker.loseReceipts(1);
  call('1');
  await until(() => broker.settledIds.length === 1);
  await idle();
  await clock.advance(4 * minuteMs);
  broker.reconnect();
  await clock.advance(4 * minuteMs);
  expect(engine.getStatus().ledger).toMatchObject({ open: 1, inDoubt: 1 });
  await clock.advance(2 * minuteMs);
  expect(engine.getStatus().ledger).toMatchObject({ open: 0, inDoubt: 0 });
  expect(completions('1')).toHaveLength(1);
});

test('[engine L12] a message that needs no reply, killed before "settled" is on record, is closed too', async () => {
  const silent = chain('f', ['test.destination', { destination: 'fn_models', fireAndForget: true }], ['test.pass']);
  const first = await start({ flows: [silent], killAt: { when: 'before', what: 'settled' } });
  first.put('1', JSON.stringify({ action_id: 7, incident: { id: 2 } }), { 'reply-to': '/queue/acks.201.x', 'correlation-id': 'cid-1' });
  await first.until(() => first.broker.settledIds.length === 1);
  await first.clock.advance(600);
  const second = await start({ flows: [silent], remains: { folder: first.folder, broker: first.broker } });
  expect(second.engine.getStatus().ledger.open).toBe(1);
  await second.clock.advance(6 * minuteMs);
  expect(second.engine.getStatus().ledger.open).toBe(0);
});

test('[engine L12] what is in hand, and what goes on from the ledger, is not closed however long it takes', async () => {
  const dayMs = 86_400_000;
  const long = {
    ...chain('f', lookup, ['test.gate'], ['test.complete'], ['test.gate']),
    settings: { timeoutMs: dayMs, stepTimeoutMs: dayMs },
  };
  const { call, clock, completions, engine, nodes, until } = await start({ flows: [long] });
  call('1');
  await until(() => nodes.waitingCount() === 1);
  await clock.advance(8 * minuteMs);
  expect(engine.getStatus().ledger.open).toBe(1);
  nodes.openGates();
  await until(() => completions('1').length === 1 && nodes.waitingCount() === 1);
  await clock.advance(20 * minuteMs);
  expect(engine.getStatus().ledger).toMatchObject({ open: 1, takenOver: 1 });
  nodes.openGates();
  await until(() => engine.getStatus().messagesInHand === 0);
  await idle();
  expect(engine.getStatus().ledger.open).toBe(0);
});
