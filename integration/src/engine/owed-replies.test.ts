import type { JsonObject } from '@wirebook/errors';
import { afterEach, describe, expect, test } from 'vitest';
import { type EngineUnderTest, type EngineUnderTestOptions, startEngine } from './engine-under-test.ts';
import type { KillPoint } from './killing-ledger.ts';
import { allCompletions, countOpenLater, flowOf, turns } from './source-flow.ts';

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

function engineOf(engines: readonly EngineUnderTest[]): EngineUnderTest {
  const [engine] = engines;
  if (engine === undefined) throw new Error('no engine was started');
  return engine;
}

test('[engine W1] the broker keeps a message until it is on the disk that the ledger has it, and its run begins behind that', async () => {
  const killed = await start({
    flows: [flowOf({}, { orderBy: '"all"' }, ['test.pass'])],
    killAt: { when: 'before', what: 'taken-over' },
  });
  killed.call('1', { a: 1 });
  await killed.until(() => killed.isKilled());
  await turns();
  expect([killed.broker.settledIds, killed.broker.countInFlight()]).toEqual([[], 1]);
  const { call, nodes, until, ledger } = await start({ flows: [flowOf({}, { orderBy: '"all"' }, ['test.gate'])] });
  call('2', { a: 1 });
  await until(() => nodes.waitingCount() === 1);
  expect(ledger.count().takenOver).toBe(1);
});

describe('replies of taken-over messages', () => {
  const ordered = flowOf({}, { orderBy: '"all"' }, ['test.write'], ['test.complete']);

  test('[engine W2] a reply whose receipt is lost leaves again with the same bytes on the next connection', async () => {
    const { call, broker, completions, until, nodes } = await start({
      flows: [flowOf({}, { orderBy: '"all"' }, ['test.gate'], ['test.complete'])],
    });
    call('1', { a: 1 });
    await until(() => nodes.waitingCount() === 1 && broker.settledIds.length === 1);
    broker.loseReceipts(1);
    nodes.openGates();
    await until(() => completions('1').length === 2);
    expect(JSON.stringify(completions('1')[0])).toBe(JSON.stringify(completions('1')[1]));
    expect(await countOpenLater(engineOf(started))).toBe(0);
  });

  test('[engine W2] a reply made while there is no connection leaves with the next one', async () => {
    const { call, broker, completions, until, nodes } = await start({
      flows: [flowOf({}, { orderBy: '"all"' }, ['test.gate'], ['test.complete'])],
    });
    call('1', { a: 1 });
    await until(() => nodes.waitingCount() === 1 && broker.settledIds.length === 1);
    broker.disconnect();
    nodes.openGates();
    await turns();
    expect(completions('1')).toHaveLength(0);
    broker.reconnect();
    await until(() => completions('1').length === 1);
    expect(await countOpenLater(engineOf(started))).toBe(0);
  });

  test('[engine W2] a reply that is refused three times is in the poison tray, and the entry is closed', async () => {
    const { call, broker, until, nodes, ledger } = await start({
      flows: [flowOf({}, { orderBy: '"all"' }, ['test.gate'], ['test.complete'])],
    });
    call('1', { a: 1 });
    await until(() => nodes.waitingCount() === 1 && broker.settledIds.length === 1);
    broker.refuseSendsTo('/queue/acks.201.fn_models');
    nodes.openGates();
    await until(() => ledger.count().poison === 1);
    expect(await countOpenLater(engineOf(started))).toBe(0);
  });

  interface CrashRow {
    readonly title: string;
    readonly killAt: KillPoint;
    readonly runsAgain: boolean;
  }

  const rows: readonly CrashRow[] = [
    {
      title: '[engine K18] before it is on record that the message is taken over',
      killAt: { when: 'before', what: 'taken-over' },
      runsAgain: true,
    },
    { title: '[engine K19] taken over on record, the broker not told', killAt: { when: 'after', what: 'taken-over' }, runsAgain: true },
    { title: '[engine K20] its write announced, not made', killAt: { when: 'after', what: 'step-intended' }, runsAgain: true },
    { title: '[engine K21] its write on record', killAt: { when: 'after', what: 'step-done' }, runsAgain: true },
    { title: '[engine K22] before its completing reply is on record', killAt: { when: 'before', what: 'reply-saved' }, runsAgain: true },
    { title: '[engine K23] its completing reply on record, not sent', killAt: { when: 'after', what: 'reply-saved' }, runsAgain: false },
    {
      title: '[engine K24] its completing reply taken by the broker, not confirmed on record',
      killAt: { when: 'before', what: 'answered' },
      runsAgain: false,
    },
  ];

  for (const { title, killAt, runsAgain } of rows) {
    test(`${title}: answered at least once with the same bytes, no write repeated`, async () => {
      const first = await start({ flows: [ordered], killAt });
      first.call('1', { a: 1 });
      first.call('2', { a: 2 });
      await first.until(() => first.isKilled());
      const second = await start({ flows: [ordered], remains: { folder: first.folder, broker: first.broker, outside: first.outside } });
      await second.until(() => allCompletions([first, second], '1').length >= 1 && allCompletions([first, second], '2').length >= 1);
      expect(await countOpenLater(second)).toBe(0);
      for (const id of ['1', '2']) {
        const replies = allCompletions([first, second], id);
        expect(new Set(replies).size).toBe(1);
      }
      const writes = [...first.nodes.writes, ...second.nodes.writes].map((message) => (message as JsonObject).a);
      expect(writes.filter((value) => value === 1).length).toBeLessThanOrEqual(1);
      if (runsAgain) expect(second.parts.map(({ head }) => head.messageId)).toContain('1');
      if (!runsAgain) expect(second.parts.map(({ head }) => head.messageId)).not.toContain('1');
      expect(second.broker.countInFlight()).toBe(0);
    });
  }
});
