import type { TraceCounts } from '@wirebook/store';
import { expect, test } from 'vitest';
import { createTraceWatch } from './trace-watch.ts';

const noDrops = { payloads: 0, succeededRuns: 0, unfinishedRuns: 0, failedRuns: 0 };
const healthy: TraceCounts = {
  runs: 1,
  pendingParts: 0,
  pendingBytes: 0,
  unindexedParts: 0,
  drops: noDrops,
  unwritableParts: 0,
  lastError: null,
  renewals: 0,
};

function watch() {
  const lines: string[] = [];
  const traceWatch = createTraceWatch({ warn: (text, facts) => lines.push(`${text} ${JSON.stringify(facts)}`) });
  return { lines, look: (changes: Partial<TraceCounts> = {}) => traceWatch.look({ ...healthy, ...changes }) };
}

test('[R3] parts of traces that were not kept are warned of once, with their number and the number of all', () => {
  const { lines, look } = watch();
  look();
  expect(lines).toEqual([]);
  look({ drops: { ...noDrops, payloads: 2, failedRuns: 1 }, unwritableParts: 1 });
  look({ drops: { ...noDrops, payloads: 2, failedRuns: 1 }, unwritableParts: 1 });
  expect(lines).toEqual(['traces are incomplete: 4 parts were not kept, 4 so far {"count":4,"totalCount":4}']);
  look({ drops: { ...noDrops, payloads: 7, failedRuns: 1 }, unwritableParts: 1 });
  expect(lines[1]).toBe('traces are incomplete: 5 parts were not kept, 9 so far {"count":5,"totalCount":9}');
});

test('[R3] a file that takes no traces is warned of when it begins, and again after it had taken some', () => {
  const { lines, look } = watch();
  const lastError = 'no space left on device';
  for (const state of [{ lastError }, { lastError }, {}, { lastError }]) look(state);
  expect(lines).toEqual([
    'traces cannot be written: no space left on device; runs go on without them {"pendingParts":0}',
    'traces cannot be written: no space left on device; runs go on without them {"pendingParts":0}',
  ]);
});
