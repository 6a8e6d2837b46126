import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import { afterEach, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, lookup, startEngine } from './engine-under-test.ts';

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

const mebibyte = 1_048_576;
const oneAtATime = { ...chain('f', lookup, ['test.gate'], ['test.pass'], ['test.complete', { results: 1 }]), settings: { concurrency: 1 } };

function spilledFiles({ folder }: EngineUnderTest): readonly string[] {
  return readdirSync(join(folder, 'spill'));
}

/** A call of about this size; each number has other bytes. */
function largeBody(n: number, sizeBytes: number): Uint8Array {
  const filling = `ä${`${n}-`.repeat(Math.ceil(sizeBytes / 2)).slice(0, sizeBytes)}`;
  return new TextEncoder().encode(JSON.stringify({ function: { id: 1, name: 'lookup' }, inputs: { n, filling } }));
}

function putLarge(engine: EngineUnderTest, n: number, sizeBytes: number): Uint8Array {
  const body = largeBody(n, sizeBytes);
  engine.put(`${n}`, body, { 'reply-to': '/queue/acks.201.fn_models', 'correlation-id': `cid-${n}` });
  return body;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('[engine B1] of 50 waiting messages of 5 MB no more than the budget stays in memory, and each run gets its exact bytes', async () => {
  const count = 50;
  const engine = await start({ flows: [oneAtATime], prefetch: count, heldMaxBytes: 20 * mebibyte });
  const digests = Array.from({ length: count }, (_, n) => sha256(putLarge(engine, n, 5_000_000)));
  const { until, nodes } = engine;
  const waiting = () => engine.engine.getStatus().waiting;
  await until(() => engine.engine.getStatus().messagesInHand === count && nodes.waitingCount() === 1);
  const { memoryBytes, spilledMessages, spilledBytes } = waiting();
  expect(memoryBytes).toBeLessThanOrEqual(20 * mebibyte);
  // One runs, and four fit in the budget.
  expect(memoryBytes).toBeGreaterThan(20_000_000);
  expect(spilledMessages).toBe(count - 1 - 4);
  expect(spilledBytes).toBeGreaterThan(225_000_000);
  expect(spilledFiles(engine)).toHaveLength(spilledMessages);
  for (let n = 0; n < count; n += 1) {
    await until(() => nodes.openGates() === 1);
    await until(() => engine.broker.settledIds.length === n + 1);
  }
  await until(() => engine.engine.getStatus().messagesInHand === 0);
  expect(waiting()).toEqual({ memoryBytes: 0, spilledMessages: 0, spilledBytes: 0, spilledInAll: spilledMessages });
  expect(spilledFiles(engine)).toEqual([]);
  const triggers = engine.parts.flatMap(({ triggerBody }) => (triggerBody === null ? [] : [sha256(triggerBody)]));
  expect(triggers).toEqual(digests);
  expect(nodes.passed.map((message) => (message as { n: number }).n)).toEqual(Array.from({ length: count }, (_, n) => n));
}, 60_000);

test('[engine B1] what fits in the budget is not spilled', async () => {
  const engine = await start({ flows: [oneAtATime], heldMaxBytes: mebibyte });
  for (let n = 0; n < 5; n += 1) putLarge(engine, n, 100_000);
  await engine.until(() => engine.engine.getStatus().messagesInHand === 5 && engine.nodes.waitingCount() === 1);
  expect(engine.engine.getStatus().waiting).toMatchObject({ spilledMessages: 0, spilledInAll: 0 });
  expect(engine.engine.getStatus().waiting.memoryBytes).toBeGreaterThan(400_000);
});

test('[engine B2] a rule keeps its name over the spill', async () => {
  const byRule = {
    ...chain('f', ['test.destination', { destination: 'fn_models', rules: ['Create Ticket'] }], ['test.gate'], ['test.complete']),
    settings: { concurrency: 1 },
  };
  const engine = await start({ flows: [byRule], heldMaxBytes: 0 });
  for (const id of ['1', '2']) {
    const body = JSON.stringify({ action_id: 7, incident: { id: 5 }, properties: {} });
    engine.put(id, body, { 'reply-to': '/queue/acks.201.fn_models', 'correlation-id': `cid-${id}` });
  }
  await engine.until(() => engine.engine.getStatus().waiting.spilledMessages === 1 && engine.nodes.waitingCount() === 1);
  engine.nodes.leaveGatesOpen();
  engine.nodes.openGates();
  await engine.until(() => engine.broker.settledIds.length === 2);
  expect(new Set(engine.parts.map(({ head }) => head.triggerName))).toEqual(new Set(['Create Ticket']));
});

test('[engine B2] after a lost connection a spilled message is let go, comes again and runs once', async () => {
  const engine = await start({ flows: [oneAtATime], heldMaxBytes: 0 });
  for (let n = 0; n < 4; n += 1) putLarge(engine, n, 10_000);
  await engine.until(() => engine.engine.getStatus().waiting.spilledMessages === 3);
  engine.broker.disconnect();
  engine.nodes.openGates();
  await engine.until(() => engine.engine.getStatus().waiting.spilledMessages === 0);
  expect(spilledFiles(engine)).toEqual([]);
  engine.nodes.leaveGatesOpen();
  engine.broker.reconnect();
  await engine.until(() => engine.broker.settledIds.length === 4);
  expect(engine.nodes.passed).toHaveLength(4);
});

test('[engine B2] a stop leaves nothing in the spill', async () => {
  const engine = await start({ flows: [oneAtATime], heldMaxBytes: 0 });
  for (let n = 0; n < 3; n += 1) putLarge(engine, n, 10_000);
  await engine.until(() => engine.engine.getStatus().waiting.spilledMessages === 2);
  engine.nodes.leaveGatesOpen();
  engine.nodes.openGates();
  await engine.engine.stop({ drainMs: 0 });
  expect(spilledFiles(engine)).toEqual([]);
  expect(engine.engine.getStatus().waiting).toMatchObject({ memoryBytes: 0, spilledBytes: 0 });
});

test('[engine B3] a message that cannot be spilled stays in memory and runs', async () => {
  const engine = await start({
    flows: [oneAtATime],
    heldMaxBytes: 0,
    spill: {
      write: () => {
        throw new WirebookError('STORE_FAILED', 'could not write: no space left on device');
      },
      read: () => new Uint8Array(),
      remove: () => undefined,
    },
  });
  for (let n = 0; n < 3; n += 1) putLarge(engine, n, 10_000);
  await engine.until(() => engine.nodes.waitingCount() === 1 && engine.engine.getStatus().runsWaiting === 2);
  expect(engine.engine.getStatus().waiting).toMatchObject({ spilledMessages: 0 });
  expect(engine.engine.getStatus().waiting.memoryBytes).toBeGreaterThan(20_000);
  expect(engine.logLines.filter((line) => line.startsWith('warn a waiting message stays in memory'))).toHaveLength(2);
  engine.nodes.leaveGatesOpen();
  engine.nodes.openGates();
  await engine.until(() => engine.broker.settledIds.length === 3);
});

test('[engine B1] messages that wait for the name of their rule are in the budget too, and are let go at a lost connection', async () => {
  const byRule = chain('f', ['test.destination', { destination: 'fn_models', rules: ['Create Ticket'] }], ['test.pass'], ['test.complete']);
  let isKnown = false;
  const engine = await start({
    flows: [byRule],
    heldMaxBytes: 0,
    findRuleName: async () => {
      if (isKnown) return 'Create Ticket';
      throw new WirebookError('SOAR_REST_UNREACHABLE', 'no answer');
    },
  });
  const { broker, clock, until } = engine;
  const waiting = () => engine.engine.getStatus().waiting;
  for (const id of ['1', '2', '3']) {
    const body = JSON.stringify({ action_id: 7, incident: { id: 5 }, properties: { filling: 'x'.repeat(10_000) } });
    engine.put(id, body, { 'reply-to': '/queue/acks.201.fn_models', 'correlation-id': `cid-${id}` });
  }
  await until(() => waiting().spilledMessages === 3);
  broker.disconnect();
  await clock.advance(5000);
  await until(() => waiting().spilledMessages === 0);
  broker.reconnect();
  await until(() => waiting().spilledMessages === 3);
  expect(waiting().memoryBytes).toBe(0);
  isKnown = true;
  await clock.advance(5000);
  await until(() => broker.settledIds.length === 3);
  expect(engine.nodes.passed).toHaveLength(3);
  expect(new Set(engine.parts.map(({ head }) => head.triggerName))).toEqual(new Set(['Create Ticket']));
  expect(spilledFiles(engine)).toEqual([]);
});

test('[engine B1] messages that wait for the end of a deploy are in the budget too', async () => {
  const engine = await start({ flows: [chain('f', ['test.function', { function: 'other' }], ['test.pass'])], heldMaxBytes: 0 });
  const confirm = engine.broker.holdSubscriptionsTo('actions.201.elsewhere');
  const elsewhere = chain('g', ['test.destination', { destination: 'elsewhere' }], ['test.pass']);
  const deploying = engine.deploy([chain('f', lookup, ['test.pass'], ['test.complete']), elsewhere]);
  for (let n = 0; n < 3; n += 1) putLarge(engine, n, 10_000);
  await engine.until(() => engine.engine.getStatus().waiting.spilledMessages === 3);
  confirm();
  await deploying;
  await engine.until(() => engine.broker.settledIds.length === 3);
  expect(engine.nodes.passed.map((message) => (message as { n: number }).n)).toEqual([0, 1, 2]);
  expect(spilledFiles(engine)).toEqual([]);
});
