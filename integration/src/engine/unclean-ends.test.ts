import { afterEach, expect, test } from 'vitest';
import { chain, type EngineUnderTest, type EngineUnderTestOptions, lookup, startEngine } from './engine-under-test.ts';

let started: EngineUnderTest[] = [];
let remains: EngineUnderTestOptions['remains'];

afterEach(async () => {
  for (const engine of started.reverse()) await engine.close();
  started = [];
  remains = undefined;
});

const stuck = chain('f', lookup, ['test.gate'], ['test.complete']);
const detached = chain('f', lookup, ['test.complete'], ['test.gate']);

/** The next engine on what the one before left behind. */
async function boot(options: Partial<EngineUnderTestOptions> = {}): Promise<EngineUnderTest> {
  const engine = await startEngine({ flows: [stuck], ...(remains === undefined ? {} : { remains }), ...options });
  started.push(engine);
  return engine;
}

/** As `kill -9`, and as a process that ends itself without a word. */
function kill(engine: EngineUnderTest): void {
  remains = engine.kill();
}

async function idle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Kills until the engine no longer runs the message; gives the number of kills. */
async function killWhileItRuns(): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    if (kills > 10) throw new Error('the message runs for ever');
    const engine = await boot();
    if (kills === 0) engine.call('killer');
    await engine.until(() => engine.nodes.waitingCount() === 1 || engine.broker.settledIds.length === 1);
    if (engine.nodes.waitingCount() === 0) return kills;
    kill(engine);
  }
}

test('[engine L10] a message that ends the process without a word each time it runs goes to the poison tray at the fifth end', async () => {
  expect(await killWhileItRuns()).toBe(5);
  const last = started.at(-1);
  expect(last?.ledger.listPoison(10)).toMatchObject([{ code: 'ENGINE_MESSAGE_POISON' }]);
  expect(last?.completions('killer')).toMatchObject([{ message_type: 1, complete: true }]);
});

test('[engine L10] messages that were in hand at two ends without a word run one at a time; one end makes nobody a suspect', async () => {
  const first = await boot();
  for (const id of ['1', '2']) first.call(id);
  await first.until(() => first.nodes.waitingCount() === 2);
  kill(first);
  const second = await boot();
  await second.until(() => second.nodes.waitingCount() === 2);
  kill(second);
  const third = await boot();
  third.call('new');
  await third.until(() => third.nodes.waitingCount() === 2);
  await idle();
  expect(third.nodes.waitingCount()).toBe(2);
  third.nodes.openGates();
  await third.until(() => third.broker.settledIds.length === 2 && third.nodes.waitingCount() === 1);
  third.nodes.openGates();
  await third.until(() => third.broker.settledIds.length === 3);
  expect(third.ledger.count().poison).toBe(0);
});

test('[engine L15] a suspect that waits for long in its flow gives its turn to the next, and goes on when its time has come', async () => {
  const waiting = chain('f', lookup, ['core.delay', { waitMs: 3_600_000 }], ['test.gate'], ['test.complete']);
  const first = await boot({ flows: [waiting] });
  for (const id of ['1', '2']) first.call(id);
  await first.until(() => first.broker.settledIds.length === 2);
  for (let end = 0; end < 2; end += 1) {
    kill(started.at(-1) ?? first);
    await boot({ flows: [waiting] });
    await idle();
  }
  const third = started.at(-1) ?? first;
  // The trace of a run that goes on is handed on after a while.
  await third.clock.advance(1000);
  await third.until(() => third.events().filter((event) => event.type === 'step.started' && event.nodeId === 'n1').length === 2);
  await third.clock.advance(3_600_000);
  await third.until(() => third.nodes.waitingCount() === 2);
  third.nodes.openGates();
  await third.until(() => third.completions('1').length === 1 && third.completions('2').length === 1);
});

test('[engine L10] kills from outside blame nobody who does not run alone at three of them', async () => {
  const first = await boot();
  for (const id of ['1', '2', '3']) first.call(id);
  await first.until(() => first.nodes.waitingCount() === 3);
  kill(first);
  // The first in the row runs alone at two of these kills, and is done before the next.
  for (let round = 0; round < 3; round += 1) {
    const engine = await boot();
    await engine.until(() => engine.nodes.waitingCount() >= 1);
    await idle();
    kill(engine);
  }
  const last = await boot();
  for (let done = 0; done < 3; done += 1) {
    await last.until(() => last.nodes.waitingCount() === 1 && last.broker.settledIds.length === done);
    last.nodes.openGates();
  }
  await last.until(() => last.broker.settledIds.length === 3);
  for (const id of ['1', '2', '3']) expect(last.completions(id)).toMatchObject([{ message_type: 0 }]);
});

test('[engine L10] an end that is on record, as a stop and a full disk, counts for nobody', async () => {
  for (let round = 0; round < 4; round += 1) {
    const engine = await boot();
    if (round === 0) for (const id of ['1', '2']) engine.call(id);
    await engine.until(() => engine.nodes.waitingCount() === 2);
    engine.engine.recordEnd();
    kill(engine);
  }
  const last = await boot();
  await last.until(() => last.nodes.waitingCount() === 2);
});

test('[engine L11] when the supervisor knows that the process ended itself, what was in hand is suspected at once', async () => {
  for (let round = 0; round < 3; round += 1) {
    const engine = await boot({ hasDiedNatively: round > 0 });
    if (round === 0) for (const id of ['1', '2']) engine.call(id);
    await engine.until(() => engine.nodes.waitingCount() === (round === 0 ? 2 : 1));
    await idle();
    expect(engine.nodes.waitingCount()).toBe(round === 0 ? 2 : 1);
    kill(engine);
  }
  // Both have one crash from the first end; one ran alone at the two that followed.
  const last = await boot({ hasDiedNatively: true });
  await last.until(() => last.broker.settledIds.length === 1 && last.nodes.waitingCount() === 1);
  last.nodes.openGates();
  await last.until(() => last.broker.settledIds.length === 2);
  const [poison, ...others] = last.ledger.listPoison(10);
  expect([poison?.code, others]).toEqual(['ENGINE_MESSAGE_POISON', []]);
  const innocent = poison?.key.messageId === '1' ? '2' : '1';
  expect(last.completions(innocent)).toMatchObject([{ message_type: 0 }]);
});

test('[engine K15] killed twice while it runs, a message runs alone in the third engine, and is answered once', async () => {
  for (let round = 0; round < 2; round += 1) {
    const engine = await boot();
    if (round === 0) for (const id of ['1', '2']) engine.call(id);
    await engine.until(() => engine.nodes.waitingCount() === 2);
    kill(engine);
  }
  const last = await boot();
  for (let done = 0; done < 2; done += 1) {
    await last.until(() => last.nodes.waitingCount() === 1 && last.broker.settledIds.length === done);
    await idle();
    expect(last.nodes.openGates()).toBe(1);
  }
  await last.until(() => last.broker.settledIds.length === 2);
  const completions = started.flatMap((engine) => ['1', '2'].map((id) => engine.completions(id).length));
  expect(completions.reduce((sum, count) => sum + count, 0)).toBe(2);
});

test('[engine K16] killed while it ran alone, before its run is over: one crash more; after it: none', async () => {
  for (let round = 0; round < 3; round += 1) {
    const engine = await boot({ flows: [round === 0 ? stuck : detached] });
    if (round === 0) engine.call('1');
    await engine.until(() => engine.nodes.waitingCount() === 1);
    await idle();
    kill(engine);
  }
  const fourth = await boot({ flows: [detached] });
  await fourth.until(() => fourth.nodes.waitingCount() === 1);
  expect(fourth.logLines.some((line) => line.startsWith('warn') && line.includes('suspected'))).toBe(true);
  fourth.nodes.openGates();
  await fourth.until(() => fourth.engine.getStatus().messagesInHand === 0);
  await idle();
  kill(fourth);
  const fifth = await boot({ flows: [detached] });
  await idle();
  expect([fifth.engine.getStatus().messagesInHand, fifth.nodes.waitingCount()]).toEqual([0, 0]);
  expect(fifth.logLines.filter((line) => line.includes('suspected'))).toEqual([]);
});

test('[engine L6] an attempt that the trace shows is on record: none is counted twice, however soon the kill comes', async () => {
  const first = await boot();
  first.call('1');
  await first.until(() => first.nodes.waitingCount() === 1);
  await first.clock.advance(110);
  expect(first.parts.map(({ attempt }) => attempt)).toEqual([1]);
  kill(first);
  const second = await boot();
  await second.until(() => second.nodes.waitingCount() === 1);
  await second.clock.advance(110);
  expect(second.parts.map(({ attempt }) => attempt)).toEqual([2]);
});
