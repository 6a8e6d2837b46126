import { expect, test } from 'vitest';
import { everyRun, matchesRun, mergeRunRows, readRunFilter, toListRunsQuery, toSearchParams } from './run-filter.ts';
import { makeRunRow } from './run-row.stand-in.ts';

const row = makeRunRow({ runId: 'r7', flowId: 'a', flowName: 'Create ticket', triggerName: 'Create Ticket', incidentId: 2101 });

test.each([
  [{}, true],
  [{ flowId: 'a' }, true],
  [{ flowId: 'b' }, false],
  [{ status: 'succeeded' as const }, true],
  [{ status: 'failed' as const }, false],
  [{ text: 'ticket 2101' }, true],
  [{ text: 'TICKET r7' }, true],
  [{ text: 'ticket 9' }, false],
  [{ incidentId: '2101' }, true],
  [{ incidentId: '210' }, false],
])('[T5] the filter %j fits: %s', (filter, fits) => {
  expect(matchesRun(row, { ...everyRun, ...filter })).toBe(fits);
});

test('[T5] only what is set is asked of the store', () => {
  expect(toListRunsQuery(everyRun)).toEqual({});
  expect(toListRunsQuery({ flowId: 'a', nodeId: 'n', status: 'failed', text: ' x y ', incidentId: '7' })).toEqual({
    flowId: 'a',
    nodeId: 'n',
    status: 'failed',
    text: 'x y',
    incidentId: '7',
  });
});

test('[T5] a filter goes into the address and comes back, and an unknown state is none', () => {
  const filter = { flowId: 'a', nodeId: 'n', status: 'timed-out', text: 'x y', incidentId: '7' } as const;
  expect(readRunFilter(toSearchParams(filter))).toEqual(filter);
  expect(readRunFilter(new URLSearchParams('state=odd&incident=7a'))).toEqual({ ...everyRun, incidentId: '7' });
});

test('[T6] live and stored runs are one list, newest first, and the end of a run is not forgotten', () => {
  const older = makeRunRow({ runId: 'r1', startedAtMs: 10 });
  const running = { ...makeRunRow({ runId: 'r2', startedAtMs: 20 }), status: 'running' as const };
  const ended = { ...running, status: 'failed' as const };
  const newest = makeRunRow({ runId: 'r3', startedAtMs: 30 });
  expect(mergeRunRows([newest, running], [ended, older])).toEqual([newest, ended, older]);
  expect(mergeRunRows([newest, ended], [running, older])).toEqual([newest, ended, older]);
});
