import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@wirebook/errors';
import { afterEach, describe, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, lookup, startEngine } from './engine-under-test.ts';
import { createFakeBroker } from './fake-broker.ts';
import type { KillPoint } from './killing-ledger.ts';
import type { OutsideWrite } from './test-nodes.ts';

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

const flow = chain('f', lookup, ['test.status', { text: 'working' }], ['test.write'], ['test.complete']);

interface CrashRow {
  /** Row of the crash table in SPEC.md. */
  readonly title: string;
  readonly killAt: KillPoint;
  readonly statuses: number;
  readonly writes: number;
  readonly runsAgain: boolean;
  readonly outcome: 'result' | 'error';
}

/** The crash table of SPEC.md: what the platform sees over both engines. */
const crashTable: readonly CrashRow[] = [
  {
    title: '[engine K1] killed before the message is on record',
    killAt: { when: 'before', what: 'receive' },
    statuses: 1,
    writes: 1,
    runsAgain: true,
    outcome: 'result',
  },
  {
    title: '[engine K2] killed with the message on record and nothing begun',
    killAt: { when: 'after', what: 'receive' },
    statuses: 1,
    writes: 1,
    runsAgain: true,
    outcome: 'result',
  },
  {
    title: '[engine K3] killed before a status is on record',
    killAt: { when: 'before', what: 'status-sent' },
    statuses: 1,
    writes: 1,
    runsAgain: true,
    outcome: 'result',
  },
  {
    title: '[engine K4] killed with a status on record and not sent',
    killAt: { when: 'after', what: 'status-sent' },
    statuses: 0,
    writes: 1,
    runsAgain: true,
    outcome: 'result',
  },
  {
    title: '[engine K5] killed before a write is announced',
    killAt: { when: 'before', what: 'step-intended' },
    statuses: 1,
    writes: 1,
    runsAgain: true,
    outcome: 'result',
  },
  {
    title: '[engine K6] killed with a write announced and not made',
    killAt: { when: 'after', what: 'step-intended' },
    statuses: 1,
    writes: 1,
    runsAgain: true,
    outcome: 'error',
  },
  {
    title: '[engine K7] killed with a write made and not on record',
    killAt: { when: 'before', what: 'step-done' },
    statuses: 1,
    writes: 1,
    runsAgain: true,
    outcome: 'error',
  },
  {
    title: '[engine K8] killed with a write on record',
    killAt: { when: 'after', what: 'step-done' },
    statuses: 1,
    writes: 1,
    runsAgain: true,
    outcome: 'result',
  },
  {
    title: '[engine K9] killed before the completing reply is on record',
    killAt: { when: 'before', what: 'reply-saved' },
    statuses: 1,
    writes: 1,
    runsAgain: true,
    outcome: 'result',
  },
  {
    title: '[engine K10] killed with the completing reply on record and not sent',
    killAt: { when: 'after', what: 'reply-saved' },
    statuses: 1,
    writes: 1,
    runsAgain: false,
    outcome: 'result',
  },
  {
    title: '[engine K11] killed with the reply taken by the broker and not confirmed on record',
    killAt: { when: 'before', what: 'answered' },
    statuses: 1,
    writes: 1,
    runsAgain: false,
    outcome: 'result',
  },
  {
    title: '[engine K12] killed with the confirmation on record',
    killAt: { when: 'after', what: 'answered' },
    statuses: 1,
    writes: 1,
    runsAgain: false,
    outcome: 'result',
  },
];

async function killAndGoOn(row: CrashRow): Promise<void> {
  const first = await start({ flows: [flow], killAt: row.killAt });
  first.call('1', { a: 1 });
  // Confirmations are written later, with the next transaction or by the timer.
  if (row.killAt.what === 'answered') await first.until(() => first.broker.settledIds.length === 1);
  if (row.killAt.what === 'answered') await first.clock.advance(600);
  await first.until(() => first.isKilled());
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  const second = await start({ flows: [flow], remains: { folder: first.folder, broker: first.broker } });
  await second.until(
    () => second.broker.settledIds.length + first.broker.settledIds.length === 1 && second.engine.getStatus().messagesInHand === 0,
  );
  const completions = [...first.completions('1'), ...second.completions('1')];
  const statuses = [...first.replies('1'), ...second.replies('1')].filter((reply) => reply.complete === false);
  expect(completions).toHaveLength(1);
  expect(completions[0]?.message_type).toBe(row.outcome === 'result' ? 0 : 1);
  if (row.outcome === 'error') expect(String(completions[0]?.message)).toContain('ENGINE_WRITE_IN_DOUBT');
  expect(statuses).toHaveLength(row.statuses);
  // A kill between intent and act leaves the write undone and in doubt.
  expect(first.nodes.writes.length + second.nodes.writes.length).toBe(row.title.startsWith('[engine K6]') ? 0 : row.writes);
  expect(second.eventTypes().includes('attempt.started')).toBe(row.runsAgain);
}

describe('an engine killed at a point of the crash table and started again', () => {
  for (const row of crashTable) test(`${row.title}: one completing reply, the write not repeated`, () => killAndGoOn(row));
});

describe('an engine killed during a write that its node can check', () => {
  const checked = (config: JsonObject) => chain('f', lookup, ['test.checked-write', { text: 'kept', ...config }], ['test.complete']);
  const before: KillPoint = { when: 'after', what: 'step-intended' };
  const behind: KillPoint = { when: 'before', what: 'step-done' };

  async function killDuring(killAt: KillPoint, options: { config?: JsonObject; laterConfig?: JsonObject; outside?: OutsideWrite[] }) {
    const config = options.config ?? { whenInDoubt: 'check' };
    const outside = options.outside ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-engine-'));
    const first = await start({ flows: [checked(config)], killAt, remains: { folder, broker: createFakeBroker(), outside } });
    first.call('1');
    await first.until(() => first.isKilled());
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return { first, remains: { folder, broker: first.broker, outside }, flows: [checked(options.laterConfig ?? config)] };
  }

  async function goOn({ first, ...options }: Awaited<ReturnType<typeof killDuring>>) {
    const second = await start(options);
    await second.until(() => second.broker.settledIds.length === 1);
    const completions = [...first.completions('1'), ...second.completions('1')];
    expect(completions).toHaveLength(1);
    const lines = second.events().flatMap((event) => (event.type === 'step.logged' ? [event.text] : []));
    return { second, completion: completions[0], lines };
  }

  test.each([
    ['[engine K6c] announced and not made: it is made once', before, 'nothing was written'],
    ['[engine K7c] made and not on record: it is not repeated', behind, 'the write was made'],
  ])('%s and the run succeeds', async (_, killAt, line) => {
    const { second, completion, lines } = await goOn(await killDuring(killAt, { outside: [{ text: 'kept', atMs: 0 }] }));
    expect(completion).toMatchObject({ message_type: 0, results: { number: 2 } });
    expect(second.outside.map(({ text }) => text)).toEqual(['kept', 'kept']);
    expect(lines).toEqual([expect.stringContaining(line)]);
  });

  test('[engine T6] a node that cannot tell fails the step as in doubt, and fails it the same way in the next attempt', async () => {
    const killed = await killDuring(behind, {});
    killed.first.outside.push({ text: 'kept', atMs: Number.MAX_SAFE_INTEGER });
    const again = await start({ flows: killed.flows, remains: killed.remains, killAt: { when: 'before', what: 'reply-saved' } });
    await again.until(() => again.isKilled());
    killed.remains.outside.pop();
    const { second, completion, lines } = await goOn({ ...killed, remains: { ...killed.remains, broker: again.broker } });
    expect(completion).toMatchObject({ message_type: 1, message: expect.stringContaining('there are 2 of them') });
    expect(String(completion?.message)).toContain('ENGINE_WRITE_IN_DOUBT');
    expect(lines).toEqual([]);
    expect(second.outside).toHaveLength(1);
  });

  test('[engine T6] a config that is not the one announced is not looked for', async () => {
    const { second, completion, lines } = await goOn(
      await killDuring(before, { laterConfig: { text: 'something else', whenInDoubt: 'check' } }),
    );
    expect(String(completion?.message)).toContain('its config is not the one with which it began, so it is not repeated');
    expect(lines).toEqual([expect.stringContaining('cannot be told')]);
    expect(second.outside).toEqual([]);
  });

  test('[engine T6] an intent of a config that asked for no check cannot be checked', async () => {
    const { completion } = await goOn(await killDuring(before, { config: {}, laterConfig: { whenInDoubt: 'check' } }));
    expect(String(completion?.message)).toContain('when it began there was no check');
  });

  test('[engine T6] without being asked to check, the step fails as in doubt', async () => {
    const { completion, lines } = await goOn(await killDuring(behind, { config: {} }));
    expect(String(completion?.message)).toContain('whether it wrote is not known');
    expect(lines).toEqual([]);
  });
});

describe('a detached run killed in its second half', () => {
  test('[engine K13] goes on in the next engine from the ledger, completes nothing twice and repeats no write', async () => {
    const long = chain('f', lookup, ['test.complete'], ['test.write'], ['test.gate'], ['test.complete'], ['test.write']);
    const first = await start({ flows: [long] });
    first.call('1', { a: 1 });
    await first.until(() => first.nodes.waitingCount() === 1 && first.broker.settledIds.length === 1);
    const second = await start({ flows: [long], remains: first.kill() });
    await second.until(() => second.nodes.waitingCount() === 1);
    second.nodes.openGates();
    await second.until(() => second.eventTypes().includes('run.finished'));
    expect([...first.completions('1'), ...second.completions('1')]).toHaveLength(1);
    expect(first.nodes.writes).toHaveLength(1);
    expect(second.nodes.writes).toHaveLength(1);
    expect(second.eventTypes()).toContain('step.reused');
    expect(second.eventTypes()).toContain('reply.absorbed');
    await second.until(() => second.ledger.count().takenOver === 0);
  });

  test('[engine K14] between the commit of reply and message and the transaction: the reply leaves once, the rest runs from the ledger', async () => {
    const long = chain('f', lookup, ['test.complete'], ['test.gate'], ['test.write']);
    const first = await start({ flows: [long], killAt: { when: 'after', what: 'taken-over' } });
    first.call('1', { a: 1 });
    await first.until(() => first.isKilled());
    const second = await start({ flows: [long], remains: { folder: first.folder, broker: first.broker } });
    second.nodes.leaveGatesOpen();
    second.nodes.openGates();
    await second.until(() => second.broker.settledIds.length === 1);
    await second.until(() => {
      second.nodes.openGates();
      return second.nodes.writes.length === 1;
    });
    expect([...first.completions('1'), ...second.completions('1')]).toHaveLength(1);
  });
});

describe('redelivery', () => {
  test('[engine L2] of a message that runs here is not run again, and the newest delivery is the one that is settled', async () => {
    const { broker, call, completions, nodes, until } = await start({
      flows: [chain('f', lookup, ['test.gate'], ['test.pass'], ['test.complete'])],
    });
    call('1');
    await until(() => nodes.waitingCount() === 1);
    broker.reconnect();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    nodes.openGates();
    await until(() => broker.settledIds.length === 1);
    expect(nodes.passed).toHaveLength(1);
    expect(completions('1')).toHaveLength(1);
    expect([broker.countInFlight(), broker.countReady()]).toEqual([0, 0]);
  });

  test('[engine L2] delivered twice on one connection, a message runs once and both deliveries are settled', async () => {
    const { broker, call, completions, nodes, until } = await start({ flows: [chain('f', lookup, ['test.gate'], ['test.complete'])] });
    call('1');
    await until(() => nodes.waitingCount() === 1);
    broker.duplicate('1');
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    nodes.openGates();
    await until(() => broker.settledIds.length === 2);
    expect(completions('1')).toHaveLength(1);
  });

  test('[engine L4] of a message that is answered and done is settled only', async () => {
    const { broker, call, completions, engine, until } = await start({ flows: [chain('f', lookup, ['test.complete'])] });
    call('1');
    await until(() => broker.settledIds.length === 1);
    await until(() => engine.getStatus().messagesInHand === 0);
    call('1');
    await until(() => broker.settledIds.length === 2);
    expect(completions('1')).toHaveLength(1);
  });

  test('[engine L6] after a kill keeps the run id and counts the attempt', async () => {
    const first = await start({ flows: [chain('f', lookup, ['test.status', { text: 's' }], ['test.gate'], ['test.complete'])] });
    first.call('1');
    await first.until(() => first.nodes.waitingCount() === 1);
    await first.clock.advance(600);
    const second = await start({ flows: [chain('f', lookup, ['test.gate'], ['test.complete'])], remains: first.kill() });
    await second.until(() => second.nodes.waitingCount() === 1);
    await second.clock.advance(600);
    expect(first.parts[0]?.head.runId).toBeDefined();
    expect(second.parts[0]?.head.runId).toBe(first.parts[0]?.head.runId);
    expect([first.parts[0]?.attempt, second.parts[0]?.attempt]).toEqual([1, 2]);
  });

  test('[engine L5] delivered twice, answered and confirmed, a message whose last ACK is lost gets no second reply', async () => {
    const { broker, call, completions, engine, nodes, until } = await start({
      flows: [chain('f', lookup, ['test.complete'], ['test.gate'])],
    });
    call('1');
    await until(() => nodes.waitingCount() === 1 && broker.settledIds.length === 1);
    broker.loseSettles(1);
    call('1');
    await until(() => broker.settledIds.length === 2);
    expect(completions('1')).toHaveLength(1);
    expect(engine.getStatus().ledger.inDoubt).toBe(0);
  });

  test('[engine L9] without the ledger look-up a redelivery does run twice (negative control)', async () => {
    const { broker, call, nodes, until } = await start({
      flows: [chain('f', lookup, ['test.pass'], ['test.complete'])],
      isLedgerConsulted: false,
    });
    broker.loseFrames(1);
    call('1');
    await until(() => broker.settledIds.length === 1);
    expect(nodes.passed).toHaveLength(2);
  });
});

describe('attempts', () => {
  test('[engine T3] an idempotent write in doubt is repeated', async () => {
    const put = chain('f', lookup, ['test.put'], ['test.complete']);
    const first = await start({ flows: [put], killAt: { when: 'before', what: 'step-done' } });
    first.call('1');
    await first.until(() => first.isKilled());
    const second = await start({ flows: [put], remains: { folder: first.folder, broker: first.broker } });
    await second.until(() => second.broker.settledIds.length === 1);
    expect(first.nodes.writes.length + second.nodes.writes.length).toBe(2);
    expect(second.completions('1')[0]?.message_type).toBe(0);
  });

  test('[engine T5] a write that failed for certain fails the same way in the next attempt, and is not made again', async () => {
    const bad = chain('f', lookup, ['test.bad-write', {}, 'Write it'], ['test.complete']);
    const first = await start({ flows: [bad], killAt: { when: 'before', what: 'reply-saved' } });
    first.call('1');
    await first.until(() => first.isKilled());
    const second = await start({ flows: [bad], remains: { folder: first.folder, broker: first.broker } });
    await second.until(() => second.broker.settledIds.length === 1);
    expect(first.nodes.writes.length + second.nodes.writes.length).toBe(1);
    expect(second.completions('1')[0]?.message).toBe(
      'node "Write it": the platform refused it (SOAR_BAD_REQUEST: the flow has to be changed)',
    );
  });

  test('[engine L7] a message that was running at three error-ends of the engine goes to the poison tray with an error reply', async () => {
    const stuck = chain('f', lookup, ['test.gate'], ['test.complete']);
    let remains: EngineUnderTestOptions['remains'];
    for (let crash = 0; crash < 3; crash += 1) {
      const engine = await start({ flows: [stuck], ...(remains === undefined ? {} : { remains }) });
      if (remains === undefined) engine.call('1', { a: 1 });
      await engine.until(() => engine.nodes.waitingCount() === 1);
      engine.engine.recordCrash();
      remains = engine.kill();
    }
    const last = await start({ flows: [stuck], ...(remains === undefined ? {} : { remains }) });
    await last.until(() => last.broker.settledIds.length === 1);
    expect(last.nodes.waitingCount()).toBe(0);
    expect(last.ledger.listPoison(10)).toMatchObject([{ code: 'ENGINE_MESSAGE_POISON' }]);
    expect(last.completions('1')).toMatchObject([{ message_type: 1, complete: true }]);
  });

  test('[engine L8] suspects of a crash run one at a time, and only the one that ran is blamed for the next', async () => {
    const stuck = chain('f', lookup, ['test.gate'], ['test.complete']);
    const first = await start({ flows: [stuck] });
    first.call('1');
    first.call('2');
    await first.until(() => first.nodes.waitingCount() === 2);
    first.engine.recordCrash();
    const second = await start({ flows: [stuck], remains: first.kill() });
    await second.until(() => second.nodes.waitingCount() === 1);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(second.nodes.waitingCount()).toBe(1);
    second.nodes.openGates();
    await second.until(() => second.nodes.waitingCount() === 1 && second.broker.settledIds.length === 1);
    second.nodes.openGates();
    await second.until(() => second.broker.settledIds.length === 2);
  });
});
