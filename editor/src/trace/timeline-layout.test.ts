import { expect, test } from 'vitest';
import { makeCall, makeEmission, makeRunView, makeStep } from './run-view.stand-in.ts';
import { formatOffset, layoutTimeline, toStepKey } from './timeline-layout.ts';

test('[T8] bars stand on one axis, from the start of the run to its end', () => {
  const { lines, axis } = layoutTimeline(
    makeRunView({
      steps: [makeStep({ stepId: 1, endedAtMs: 1025 }), makeStep({ stepId: 2, startedAtMs: 1025, endedAtMs: 1100 })],
    }),
    5000,
  );
  expect(lines.map(({ bar }) => [bar.at, bar.width])).toEqual([
    [0, 0.25],
    [0.25, 0.75],
  ]);
  expect(axis).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => ({ at, label: formatOffset(at * 100) })));
});

test('[T8] what still runs reaches to now', () => {
  const view = makeRunView({ status: 'running', finishedAtMs: null, steps: [makeStep({ stepId: 1, status: 'running', endedAtMs: null })] });
  expect(layoutTimeline(view, 1400).lines[0]?.bar).toEqual({ at: 0, width: 1 });
});

test('[T8] each try of a call is a tick; a try that was repeated says so, and the wait between them is drawn', () => {
  const step = makeStep({
    stepId: 1,
    endedAtMs: 1100,
    calls: [
      makeCall({ startedAtMs: 1010, durationMs: 10, status: 409 }),
      makeCall({ startedAtMs: 1070, durationMs: 10, attempt: 2, status: 200 }),
      makeCall({ startedAtMs: 1090, durationMs: 10, status: null, code: 'WEB_REQUEST_TIMEOUT' }),
    ],
  });
  const line = layoutTimeline(makeRunView({ steps: [step] }), 5000).lines[0];
  expect(line?.ticks).toEqual([
    { at: 0.1, isGood: false, label: '409, tried again' },
    { at: 0.7, isGood: true, label: '200' },
    { at: 0.9, isGood: false, label: 'no answer (WEB_REQUEST_TIMEOUT)' },
  ]);
  expect(line?.waits).toHaveLength(1);
  expect(line?.waits[0]).toMatchObject({ at: 0.2, durationMs: 50, why: 'retry' });
});

test('[T8] the time between the message that was sent and the step that took it is a wait', () => {
  const first = makeStep({ stepId: 1, endedAtMs: 1020, emissions: [makeEmission('out', 1020)] });
  const second = makeStep({ stepId: 2, parentStepId: 1, startedAtMs: 1060, endedAtMs: 1100 });
  const [, line] = layoutTimeline(makeRunView({ steps: [first, second] }), 5000).lines;
  expect(line?.waits[0]).toMatchObject({ at: 0.2, durationMs: 40, why: 'queued' });
});

test('[T8] a long gap between two attempts leaves room for what happened', () => {
  const late = 1000 + 600_000;
  const view = makeRunView({
    finishedAtMs: late + 50,
    attempts: [
      { attempt: 1, reason: 'delivered', startedAtMs: 1000 },
      { attempt: 2, reason: 'redelivered', startedAtMs: late },
    ],
    steps: [makeStep({ stepId: 1, endedAtMs: 1050 }), makeStep({ attempt: 2, stepId: 1, startedAtMs: late, endedAtMs: late + 50 })],
  });
  const { lines, breaks, attempts, axis } = layoutTimeline(view, late);
  expect(breaks).toHaveLength(1);
  expect(breaks[0]).toMatchObject({ width: 0.05, durationMs: 600_000 - 50 });
  expect(lines[0]?.bar.width).toBeCloseTo(0.475);
  expect(lines[1]?.bar.width).toBeCloseTo(0.475);
  expect(attempts[1]?.at).toBeCloseTo(0.525);
  expect(axis.map(({ label }) => label)).toEqual(['0', '20 ms', '10 min']);
  expect(lines.map(({ key }) => key)).toEqual(['1.1', '2.1']);
  expect(toStepKey({ attempt: 2, stepId: 1 })).toBe('2.1');
});

test('[T8] a run of no length and without steps has an axis all the same', () => {
  const { axis, lines } = layoutTimeline(makeRunView({ finishedAtMs: 1000 }), 1000);
  expect(lines).toEqual([]);
  expect(axis[0]).toEqual({ at: 0, label: '0' });
});

test.each([
  [0, '0'],
  [20, '20 ms'],
  [1500, '1.5 s'],
  [120_000, '2 min'],
  [95_000, '1 min 35 s'],
])('[T8] an offset of %d ms is "%s"', (offsetMs, text) => {
  expect(formatOffset(offsetMs)).toBe(text);
});
