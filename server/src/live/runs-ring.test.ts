import type { DebugLine, RunRow } from '@wirebook/api';
import { expect, test } from 'vitest';
import { createRunsRing } from './runs-ring.ts';

const nothingDropped = { rows: 0, lines: 0 };

function row(runId: string, stepCount = 0): RunRow {
  return {
    head: {
      runId,
      flowId: 'a',
      flowName: 'A',
      flowVersion: 'h',
      triggerKind: 'action',
      destination: 'q',
      messageId: runId,
      correlationId: null,
      triggerName: null,
      incidentId: null,
      startedAtMs: 0,
    },
    version: 1,
    status: 'running',
    attempts: 1,
    errorCode: null,
    finishedAtMs: null,
    durationMs: null,
    stepCount,
    retryCount: 0,
    failedNodeIds: [],
    isCompleted: false,
  };
}

function line(seq: number): DebugLine {
  return { seq, atMs: 0, runId: 'r', flowId: 'a', flowName: 'A', nodeId: 'n', level: 'debug', label: '', text: `${seq}`, sizeBytes: 1 };
}

function rows(from: number, to: number): RunRow[] {
  return Array.from({ length: to - from }, (_, index) => row(`r${from + index}`));
}

test('[L5] a run that changed several times is sent once, in its newest state', () => {
  const ring = createRunsRing({ bootId: 'b1' });
  ring.add({ rows: [row('r1', 1), row('r2', 1), row('r1', 2)], lines: [line(1)], dropped: nothingDropped });
  const batch = ring.next(ring.begin(undefined, undefined));
  expect(batch?.rows.map(({ head, stepCount }) => [head.runId, stepCount])).toEqual([
    ['r2', 1],
    ['r1', 2],
  ]);
  expect(batch).toMatchObject({ bootId: 'b1', lines: [{ seq: 1 }], dropped: nothingDropped });
  expect(ring.next(batch?.seq ?? 0)).toBeNull();
});

test('[L5] what is more than a batch holds goes with the next ones, without gap or repeat', () => {
  const ring = createRunsRing({ bootId: 'b1' });
  ring.add({ rows: rows(0, 600), lines: Array.from({ length: 700 }, (_, index) => line(index)), dropped: nothingDropped });
  const seenRows: string[] = [];
  const seenLines: number[] = [];
  let batches = 0;
  for (let batch = ring.next(ring.begin(undefined, undefined)); batch !== null; batch = ring.next(batch.seq)) {
    batches += 1;
    expect(batch.rows.length).toBeLessThanOrEqual(250);
    expect(batch.lines.length).toBeLessThanOrEqual(250);
    seenRows.push(...batch.rows.map(({ head }) => head.runId));
    seenLines.push(...batch.lines.map(({ seq }) => seq));
  }
  expect(batches).toBeGreaterThan(2);
  expect(seenRows).toEqual(rows(0, 600).map(({ head }) => head.runId));
  expect(seenLines).toEqual(Array.from({ length: 700 }, (_, index) => index));
});

test('[L6] what falls out of the ring before a browser could be sent is counted for it', () => {
  const ring = createRunsRing({ bootId: 'b1', maxRows: 10, maxLines: 5 });
  ring.add({ rows: rows(0, 4), lines: [], dropped: nothingDropped });
  const quick = ring.next(ring.begin(undefined, undefined))?.seq ?? 0;
  ring.add({ rows: rows(4, 20), lines: [1, 2, 3, 4, 5, 6, 7].map(line), dropped: { rows: 2, lines: 1 } });
  const batch = ring.next(quick);
  expect(batch?.rows).toHaveLength(10);
  expect(batch?.lines.map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7]);
  // Ten of the 16 new ones are there; two were lost on their way here.
  expect(batch?.dropped).toEqual({ rows: 6 + 2, lines: 2 + 1 });
  expect(ring.next(batch?.seq ?? 0)).toBeNull();
  // Who comes now has missed nothing: what is older it asks the store for.
  expect(ring.next(ring.begin(undefined, undefined))?.dropped.rows).toBeLessThanOrEqual(2);
});

test('[L7] a browser that comes back goes on where it was; with a number of another start it begins anew', () => {
  const ring = createRunsRing({ bootId: 'b2' });
  ring.add({ rows: rows(0, 3), lines: [], dropped: nothingDropped });
  const before = ring.lastSeq;
  ring.add({ rows: rows(3, 5), lines: [], dropped: nothingDropped });
  const namesAfter = (after: number, bootId: string) => ring.next(ring.begin(after, bootId))?.rows.map(({ head }) => head.runId);
  expect(namesAfter(before, 'b2')).toEqual(['r3', 'r4']);
  expect(namesAfter(before, 'b1')).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
  expect(namesAfter(99_999, 'b2')).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
});
