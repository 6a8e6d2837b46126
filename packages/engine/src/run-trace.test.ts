import { createFakeClock } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import type { TracePart } from './ports/trace-sink.ts';
import { createRunTrace } from './run-trace.ts';

const head = {
  runId: 'r1',
  flowId: 'f',
  flowName: 'f',
  flowVersion: 'v',
  triggerKind: 'function',
  destination: 'fn',
  messageId: 'm',
  correlationId: null,
  triggerName: 'lookup',
  incidentId: null,
  startedAtMs: 0,
} as const;

function begin() {
  const clock = createFakeClock();
  const parts: TracePart[] = [];
  const trace = createRunTrace({
    head,
    attempt: 1,
    sink: { append: (part) => parts.push(part) },
    clock,
    triggerBody: new TextEncoder().encode('{}'),
    triggerHeaders: {},
  });
  trace.add({ type: 'attempt.started', attempt: 1, reason: 'delivered' });
  return { clock, parts, trace };
}

test('[F15] a run that goes on is handed over after 100 ms, with its trigger; later parts follow without it', async () => {
  const { clock, parts, trace } = begin();
  await clock.advance(99);
  expect(parts).toEqual([]);
  await clock.advance(1);
  expect(parts.map(({ events, triggerBody }) => [events.length, triggerBody !== null])).toEqual([[1, true]]);
  trace.add({ type: 'step.started', stepId: 1, nodeId: 'n', parentStepId: null });
  await clock.advance(1000);
  trace.finish('succeeded', null);
  trace.flush();
  expect(parts.map(({ events, triggerBody, finished }) => [events.length, triggerBody !== null, finished?.outcome])).toEqual([
    [1, true, undefined],
    [2, false, 'succeeded'],
  ]);
});

test('[F15] a run that is over sooner leaves in one part, when its message is settled', async () => {
  const { clock, parts, trace } = begin();
  trace.finish('succeeded', null);
  await clock.advance(5000);
  expect(parts).toEqual([]);
  trace.add({ type: 'message.settled', how: 'with-reply' });
  trace.flush();
  await clock.advance(5000);
  expect(parts.map(({ events }) => events.map(({ type }) => type))).toEqual([['attempt.started', 'run.finished', 'message.settled']]);
});
