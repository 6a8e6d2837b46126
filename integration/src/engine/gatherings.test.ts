import type { JsonObject } from '@wirebook/errors';
import { afterEach, describe, expect, test } from 'vitest';
import { type EngineUnderTest, type EngineUnderTestOptions, startEngine } from './engine-under-test.ts';
import { flowOf, type NodeSketch } from './flow-of.ts';
import { allCompletions, countOpenLater } from './source-flow.ts';
import { call, minuteMs, startMs } from './waiting-flow.ts';

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

function gatheringFlow(node: NodeSketch, otherPort: string, settings: JsonObject = { concurrency: 20 }) {
  return flowOf(
    {
      call,
      wait: node,
      pass: ['test.pass'],
      list: ['test.complete', { results: { $expr: '$' } }],
      other: ['test.complete', { results: 'other' }],
    },
    ['call.out -> wait.in', 'wait.out -> pass.in', 'pass.out -> list.in', `wait.${otherPort} -> other.in`],
    settings,
  );
}

const aggregateFlow = (config: JsonObject = {}) =>
  gatheringFlow(['core.aggregate', { key: { $expr: 'key' }, value: { $expr: 'n' }, count: 3, waitMs: minuteMs, ...config }], 'gathered');
const sequenceFlow = (config: JsonObject = {}) =>
  gatheringFlow(['core.resequence', { number: { $expr: 'n' }, first: 1, waitMs: minuteMs, ...config }], 'late');

const resultOf = (engine: EngineUnderTest, id: string) => engine.completions(id).map(({ results, message }) => results ?? message)[0];
const waiting = (count: number) => (engine: EngineUnderTest) => engine.until(() => engine.engine.getStatus().stepsWaiting === count);

describe('gathering', () => {
  test('[engine N8] messages of a key are gathered until there are enough; the last one carries them, the others are told', async () => {
    const engine = await start({ flows: [aggregateFlow()] });
    for (const [id, key] of [
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'a'],
      ['4', 'a'],
    ] as const)
      engine.call(id, { n: Number(id), key });
    await engine.until(() => engine.completions('4').length === 1);
    await waiting(1)(engine);
    expect(['1', '3', '4'].map((id) => resultOf(engine, id))).toEqual(['other', 'other', [1, 3, 4]]);
    expect(engine.completions('2')).toEqual([]);
  });

  test('[engine N8] one that completes the list does so at once', async () => {
    const engine = await start({ flows: [aggregateFlow({ complete: { $expr: 'last = true' }, count: 20 })] });
    engine.call('1', { n: 1, key: 'a' });
    await waiting(1)(engine);
    engine.call('2', { n: 2, key: 'a', last: true });
    await engine.until(() => engine.completions('2').length === 1);
    expect(['1', '2'].map((id) => resultOf(engine, id))).toEqual(['other', [1, 2]]);
  });

  test('[engine N8] the time counts from the first of a list', async () => {
    const engine = await start({ flows: [aggregateFlow()] });
    engine.call('1', { n: 1, key: 'a' });
    await waiting(1)(engine);
    await engine.clock.advance(minuteMs - 1000);
    engine.call('2', { n: 2, key: 'a' });
    await waiting(2)(engine);
    await engine.clock.advance(999);
    expect([...engine.completions('1'), ...engine.completions('2')]).toEqual([]);
    await engine.clock.advance(1);
    await engine.until(() => engine.completions('2').length === 1);
    expect(['1', '2'].map((id) => resultOf(engine, id))).toEqual(['other', [1, 2]]);
    expect(await countOpenLater(engine)).toBe(0);
  });

  test('[engine N9] killed while they wait they are gathered again, in the order in which they came, and for what is left of the time', async () => {
    const first = await start({ flows: [aggregateFlow()] });
    for (const id of ['1', '2']) {
      first.call(id, { n: Number(id), key: 'a' });
      await first.until(() => first.broker.settledIds.length === Number(id));
    }
    const second = await start({ flows: [aggregateFlow()], remains: first.kill(), startMs: startMs + 20_000 });
    await waiting(2)(second);
    await second.clock.advance(39_999);
    expect(allCompletions([first, second], '2')).toEqual([]);
    await second.clock.advance(1);
    await second.until(() => second.completions('2').length === 1);
    expect(['1', '2'].map((id) => resultOf(second, id))).toEqual(['other', [1, 2]]);
    expect(await countOpenLater(second)).toBe(0);
  });

  test('[engine N9] a list whose time passed while nothing ran is carried as a whole', async () => {
    const first = await start({ flows: [aggregateFlow()] });
    for (const id of ['1', '2']) {
      first.call(id, { n: Number(id), key: 'a' });
      await first.until(() => first.broker.settledIds.length === Number(id));
    }
    const second = await start({ flows: [aggregateFlow()], remains: first.kill(), startMs: startMs + 10 * minuteMs });
    await waiting(2)(second);
    await second.clock.advance(2000);
    await second.until(() => second.completions('2').length === 1);
    expect(['1', '2'].map((id) => resultOf(second, id))).toEqual(['other', [1, 2]]);
  });

  test('[engine N9] killed behind the list it is carried on by the same message, and by no other', async () => {
    const flow = flowOf(
      {
        call,
        wait: ['core.aggregate', { value: { $expr: 'n' }, count: 2, waitMs: minuteMs }],
        write: ['test.write'],
        gate: ['test.gate'],
        list: ['test.complete', { results: { $expr: '$' } }],
      },
      ['call.out -> wait.in', 'wait.out -> write.in', 'write.out -> gate.in', 'gate.out -> list.in'],
      { concurrency: 20 },
    );
    const first = await start({ flows: [flow] });
    first.call('1', { n: 1 });
    await first.until(() => first.broker.settledIds.length === 1);
    first.call('2', { n: 2 });
    await first.until(() => first.nodes.waitingCount() === 1);
    const second = await start({ flows: [flow], remains: first.kill() });
    await second.until(() => second.nodes.waitingCount() === 1);
    second.nodes.openGates();
    await second.until(() => second.completions('2').length === 1);
    expect([...first.nodes.writes, ...second.nodes.writes]).toEqual([[1, 2]]);
  });

  test('[engine N9] killed before it is on record that a list was carried it is gathered again, once', async () => {
    const flow = flowOf(
      {
        call,
        wait: ['core.aggregate', { value: { $expr: 'n' }, count: 2, waitMs: minuteMs }],
        gate: ['test.gate'],
        list: ['test.complete', { results: { $expr: '$' } }],
      },
      ['call.out -> wait.in', 'wait.out -> gate.in', 'gate.out -> list.in', 'wait.gathered -> gate.in'],
      { concurrency: 20 },
    );
    const first = await start({ flows: [flow] });
    first.call('1', { n: 1 });
    await first.until(() => first.broker.settledIds.length === 1);
    first.call('2', { n: 2 });
    await first.until(() => first.nodes.waitingCount() === 2);
    const second = await start({ flows: [flow], remains: first.kill() });
    await second.until(() => second.nodes.waitingCount() === 2);
    second.nodes.openGates();
    await second.until(() => second.completions('1').length === 1 && second.completions('2').length === 1);
    expect(second.fatal).toEqual([]);
    expect(['1', '2'].map((id) => resultOf(second, id))).toContainEqual([1, 2]);
    expect(await countOpenLater(second)).toBe(0);
  });

  test('[engine N10] a flow that gathers more than it runs at a time is refused with what to do', async () => {
    const flow = gatheringFlow(['core.batch', { count: 5 }], 'gathered', { concurrency: 4 });
    await expect(start({ flows: [flow] })).rejects.toMatchObject({
      code: 'FLOW_NODE_CONFIG_INVALID',
      message: expect.stringContaining('5 messages cannot wait in a flow that runs 4 at a time; raise its Concurrency'),
    });
  });
});

describe('turns', () => {
  test('[engine N11] messages go on in the order of their numbers, whichever came first', async () => {
    const engine = await start({ flows: [sequenceFlow()] });
    for (const id of ['3', '2']) engine.call(id, { n: Number(id) });
    await waiting(2)(engine);
    engine.call('1', { n: 1 });
    await engine.until(() => engine.completions('3').length === 1);
    expect(['1', '2', '3'].map((id) => resultOf(engine, id))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(engine.nodes.passed).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  test('[engine N11] a gap is waited for, not for ever, and who comes behind it is late', async () => {
    const engine = await start({ flows: [sequenceFlow()] });
    engine.call('1', { n: 1 });
    await engine.until(() => engine.completions('1').length === 1);
    for (const id of ['3', '4']) engine.call(id, { n: Number(id) });
    await waiting(2)(engine);
    await engine.clock.advance(minuteMs);
    await engine.until(() => engine.completions('4').length === 1);
    expect(['3', '4'].map((id) => resultOf(engine, id))).toEqual([{ n: 3 }, { n: 4 }]);
    engine.call('2', { n: 2 });
    await engine.until(() => engine.completions('2').length === 1);
    expect(resultOf(engine, '2')).toBe('other');
  });

  test('[engine N11] without a first number the lowest that came begins when one has waited', async () => {
    const flow = gatheringFlow(['core.resequence', { number: { $expr: 'n' }, waitMs: minuteMs }], 'late');
    const engine = await start({ flows: [flow] });
    for (const id of ['8', '7']) engine.call(id, { n: Number(id) });
    await waiting(2)(engine);
    await engine.clock.advance(minuteMs);
    await engine.until(() => engine.completions('8').length === 1);
    engine.call('9', { n: 9 });
    await engine.until(() => engine.completions('9').length === 1);
    expect(['7', '8', '9'].map((id) => resultOf(engine, id))).toEqual([{ n: 7 }, { n: 8 }, { n: 9 }]);
  });

  test('[engine N11] killed in the middle, how far it had come and who waits is on record', async () => {
    const first = await start({ flows: [sequenceFlow()] });
    first.call('1', { n: 1 });
    await first.until(() => first.completions('1').length === 1);
    first.call('3', { n: 3 });
    await first.until(() => first.broker.settledIds.length === 2);
    const second = await start({ flows: [sequenceFlow()], remains: first.kill() });
    await waiting(1)(second);
    second.call('2', { n: 2 });
    await second.until(() => second.completions('3').length === 1);
    second.call('1b', { n: 1 });
    await second.until(() => second.completions('1b').length === 1);
    expect(['2', '3', '1b'].map((id) => resultOf(second, id))).toEqual([{ n: 2 }, { n: 3 }, 'other']);
    expect(await countOpenLater(second)).toBe(0);
  });

  test('[engine N11] killed before it is on record that a message had its turn, it has it again and is not late', async () => {
    const flow = flowOf(
      {
        call,
        wait: ['core.resequence', { number: { $expr: 'n' }, first: 1, waitMs: minuteMs }],
        gate: ['test.gate'],
        list: ['test.complete', { results: { $expr: '$' } }],
        other: ['test.complete', { results: 'other' }],
      },
      ['call.out -> wait.in', 'wait.out -> gate.in', 'gate.out -> list.in', 'wait.late -> other.in'],
      { concurrency: 20 },
    );
    const first = await start({ flows: [flow] });
    first.call('2', { n: 2 });
    await waiting(1)(first);
    first.call('1', { n: 1 });
    await first.until(() => first.nodes.waitingCount() === 2);
    const second = await start({ flows: [flow], remains: first.kill() });
    await second.until(() => second.nodes.waitingCount() === 2);
    second.nodes.openGates();
    await second.until(() => second.completions('1').length === 1 && second.completions('2').length === 1);
    expect(['1', '2'].map((id) => resultOf(second, id))).toEqual([{ n: 1 }, { n: 2 }]);
  });
});
