import { expect, test } from 'vitest';
import { everyRun } from '../trace/run-filter.ts';
import { makeRunRow } from '../trace/run-row.stand-in.ts';
import { updateRows } from './use-run-history.ts';

test('[T12] a run that ends changes in its row, and newer runs are counted and move nothing', () => {
  const running = makeRunRow({ runId: 'r2', startedAtMs: 20 }, { status: 'running' });
  const older = makeRunRow({ runId: 'r1', startedAtMs: 10 });
  const ended = { ...running, status: 'failed' as const };
  const newer = makeRunRow({ runId: 'r3', startedAtMs: 30 });
  expect(updateRows([running, older], [newer, ended], everyRun)).toEqual({ rows: [ended, older], newCount: 1 });
});

test('[T12] newer runs that do not fit the filter are not counted, nor those of which only the store can tell', () => {
  const shown = [makeRunRow({ runId: 'r1', startedAtMs: 10 })];
  const newer = [makeRunRow({ runId: 'r3', startedAtMs: 30, flowId: 'other' })];
  expect(updateRows(shown, newer, { ...everyRun, flowId: 'flow' }).newCount).toBe(0);
  expect(updateRows(shown, newer, { ...everyRun, text: 'x' }).newCount).toBe(0);
  expect(updateRows(shown, newer, everyRun).newCount).toBe(1);
});
