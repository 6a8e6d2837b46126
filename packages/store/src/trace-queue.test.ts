import type { TracePart } from '@wirebook/engine';
import type { RunOutcome } from '@wirebook/trace';
import { expect, test } from 'vitest';
import { makePart } from './trace-part-sample.ts';
import { createTraceQueue } from './trace-queue.ts';

function part(runId: string, outcome: RunOutcome | null, bodyBytes = 0): TracePart {
  return makePart({ runId, outcome, triggerBody: bodyBytes === 0 ? null : Buffer.alloc(bodyBytes) });
}

function runIds(parts: readonly TracePart[]): string[] {
  return parts.map(({ head }) => head.runId);
}

test('[T4] parts leave in the order in which they came', () => {
  const queue = createTraceQueue({ maxParts: 10, maxBytes: 1e6 });
  for (const id of ['a', 'b', 'c']) queue.push(part(id, 'succeeded'));
  expect(runIds(queue.take(2))).toEqual(['a', 'b']);
  expect(queue.size).toBe(1);
  expect(runIds(queue.take(5))).toEqual(['c']);
  expect([queue.size, queue.sizeBytes]).toEqual([0, 0]);
});

test('[T4] when there are too many parts, whole successful runs go first, then unfinished ones, failed ones last', () => {
  const queue = createTraceQueue({ maxParts: 8, maxBytes: 1e6 });
  const pushed = [part('ok1', null), part('bad', null), part('ok1', 'succeeded'), part('open', null), part('ok2', 'succeeded')];
  for (const each of [...pushed, part('bad', 'failed'), part('open2', null), part('ok3', 'succeeded')]) queue.push(each);
  expect(queue.drops).toEqual({ payloads: 0, succeededRuns: 0, unfinishedRuns: 0, failedRuns: 0 });
  queue.push(part('late', 'timed-out'));
  expect(queue.drops).toEqual({ payloads: 0, succeededRuns: 2, unfinishedRuns: 0, failedRuns: 0 });
  for (let index = 0; index < 3; index += 1) queue.push(part(`bad${index}`, 'failed'));
  expect(queue.drops).toEqual({ payloads: 0, succeededRuns: 3, unfinishedRuns: 0, failedRuns: 0 });
  queue.push(part('bad3', 'failed'));
  expect(queue.drops).toEqual({ payloads: 0, succeededRuns: 3, unfinishedRuns: 2, failedRuns: 0 });
  for (let index = 4; index < 9; index += 1) queue.push(part(`bad${index}`, 'failed'));
  expect(queue.drops).toMatchObject({ succeededRuns: 3, unfinishedRuns: 2 });
  expect(runIds(queue.take(100)).at(-1)).toBe('bad8');
  expect(queue.drops.failedRuns).toBeGreaterThan(0);
});

test('[T4] when there are too many bytes, bodies and values go before any run does', () => {
  const queue = createTraceQueue({ maxParts: 1000, maxBytes: 100_000 });
  for (let index = 0; index < 12; index += 1) queue.push(part(`r${index}`, 'succeeded', 9000));
  expect(queue.drops).toMatchObject({ succeededRuns: 0 });
  expect(queue.drops.payloads).toBeGreaterThan(0);
  expect(queue.sizeBytes).toBeLessThanOrEqual(100_000);
  const parts = queue.take(100);
  expect(parts).toHaveLength(12);
  expect(parts.map((each) => each.triggerBody === null)).toEqual(parts.map((_, index) => index < queue.drops.payloads));
  expect(parts[0]?.events.find((event) => event.type === 'step.emitted')).toMatchObject({ output: { truncated: true } });
});

test('[T4] a flood keeps within both bounds, quickly', () => {
  const queue = createTraceQueue({ maxParts: 1000, maxBytes: 1_000_000 });
  for (let index = 0; index < 50_000; index += 1) {
    queue.push(part(`r${index}`, index % 50 === 0 ? 'failed' : 'succeeded', index % 3 === 0 ? 5000 : 0));
    if (queue.size > 1000 || queue.sizeBytes > 1_000_000) throw new Error(`out of bounds: ${queue.size} parts, ${queue.sizeBytes} bytes`);
  }
  const kept = queue.take(1000);
  const { succeededRuns, failedRuns } = queue.drops;
  expect(kept.length + succeededRuns + failedRuns).toBe(50_000);
});

test('[T4] parts that are given back stand in front again', () => {
  const queue = createTraceQueue({ maxParts: 10, maxBytes: 1e6 });
  for (const id of ['a', 'b', 'c']) queue.push(part(id, 'succeeded'));
  const before = queue.sizeBytes;
  queue.giveBack(queue.take(2));
  expect(queue.sizeBytes).toBe(before);
  expect(runIds(queue.take(3))).toEqual(['a', 'b', 'c']);
});
