import { afterEach, describe, expect, test } from 'vitest';
import { type EngineUnderTest, type EngineUnderTestOptions, startEngine } from './engine-under-test.ts';
import { flowOf } from './flow-of.ts';
import type { KillPoint } from './killing-ledger.ts';
import { allCompletions, countOpenLater, turns } from './source-flow.ts';
import { call, idle, minuteMs, startMs, text, waitingFlow } from './waiting-flow.ts';

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

describe('kills', () => {
  const flow = waitingFlow(['core.delay', { waitMs: minuteMs }]);
  const rows: readonly { title: string; killAt?: KillPoint; afterMs: number; restMs: number }[] = [
    {
      title: '[engine K25] before it is on record that the message is taken over',
      killAt: { when: 'before', what: 'taken-over' },
      afterMs: 20_000,
      restMs: minuteMs,
    },
    {
      title: '[engine K26] taken over on record, the broker not told',
      killAt: { when: 'after', what: 'taken-over' },
      afterMs: 20_000,
      restMs: 40_000,
    },
    { title: '[engine K27] in the middle of its wait', afterMs: 20_000, restMs: 40_000 },
    { title: '[engine K28] while its time comes', afterMs: 90_000, restMs: 0 },
  ];

  for (const { title, killAt, afterMs, restMs } of rows)
    test(`${title}: it waits for ${restMs} ms more, and writes nothing twice`, async () => {
      const first = await start({ flows: [flow], ...(killAt === undefined ? {} : { killAt }) });
      first.call('1', { a: 1 });
      await first.until(() => first.isKilled() || (killAt === undefined && first.broker.settledIds.length === 1));
      const second = await start({ flows: [flow], remains: first.kill(), startMs: startMs + afterMs });
      await second.until(() => second.engine.getStatus().stepsWaiting === 1);
      if (restMs > 0) {
        await second.clock.advance(restMs - 1);
        await turns();
      }
      expect(second.completions('1')).toEqual([]);
      await second.clock.advance(1);
      await second.until(() => second.completions('1').length === 1);
      expect(await countOpenLater(second)).toBe(0);
      expect([...first.nodes.writes, ...second.nodes.writes]).toEqual([{ a: 1 }]);
      expect(allCompletions([first, second], '1')).toHaveLength(1);
      expect(second.broker.countInFlight()).toBe(0);
    });

  test('[engine K29] of a key that is debounced the last one goes on after the kill, what was skipped before stays skipped', async () => {
    const debounced = waitingFlow(['core.debounce', { quietMs: minuteMs }], idle);
    const first = await start({ flows: [debounced] });
    first.call('1', { id: 1 });
    await first.until(() => first.broker.settledIds.length === 1);
    first.call('2', { id: 2 });
    await first.until(() => first.completions('1').length === 1 && first.broker.settledIds.length === 2);
    const second = await start({ flows: [debounced], remains: first.kill(), startMs: startMs + 30_000 });
    await second.until(() => second.engine.getStatus().stepsWaiting === 1);
    await second.clock.advance(30_000);
    await second.until(() => second.completions('2').length === 1);
    expect(text(second, '2')).toContain('"id":2');
    expect(new Set(allCompletions([first, second], '1')).size).toBe(1);
    expect(second.nodes.passed).toHaveLength(1);
  });

  test('[engine K30] a wait that was over is not waited again: killed behind it, the run goes on', async () => {
    const written = flowOf(
      { call, wait: ['core.delay', { waitMs: minuteMs }], write: ['test.write'], gate: ['test.gate'], done: ['test.complete'] },
      ['call.out -> wait.in', 'wait.out -> write.in', 'write.out -> gate.in', 'gate.out -> done.in'],
    );
    const first = await start({ flows: [written] });
    first.call('1', { a: 1 });
    await first.until(() => first.broker.settledIds.length === 1);
    await first.clock.advance(minuteMs);
    await first.until(() => first.nodes.waitingCount() === 1);
    // Its clock stands before the time at which the message was due.
    const second = await start({ flows: [written], remains: first.kill() });
    await second.until(() => second.nodes.waitingCount() === 1);
    second.nodes.openGates();
    await second.until(() => second.completions('1').length === 1);
    expect([...first.nodes.writes, ...second.nodes.writes]).toEqual([{ a: 1 }]);
  });
});
