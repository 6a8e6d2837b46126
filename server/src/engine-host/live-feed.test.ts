import type { TracePart } from '@wirebook/engine';
import { foldRun, type TraceEvent } from '@wirebook/trace';
import { expect, test } from 'vitest';
import { createLiveFeed } from './live-feed.ts';

type EventBody = TraceEvent extends infer E ? (E extends TraceEvent ? Omit<E, 'seq' | 'atMs'> : never) : never;

const error = { code: 'NODE_INPUT_INVALID', message: 'the key hush-hush is wrong' } as const;

/** A run with a retry, a taken error, a completing reply that its step took back, and one that left. */
const story: readonly EventBody[] = [
  { type: 'attempt.started', attempt: 1, reason: 'delivered' },
  { type: 'step.started', stepId: 1, nodeId: 'source', parentStepId: null },
  { type: 'step.finished', stepId: 1 },
  { type: 'step.started', stepId: 2, nodeId: 'call', parentStepId: 1 },
  { type: 'call.attempted', stepId: 2, method: 'PUT', url: 'https://p/x', attempt: 1, durationMs: 1, status: 409, code: 'SOAR_CONFLICT' },
  { type: 'call.attempted', stepId: 2, method: 'PUT', url: 'https://p/x', attempt: 2, durationMs: 1, status: 200, code: null },
  { type: 'reply.made', stepId: 2, kind: 'result', text: '', sizeBytes: 2 },
  { type: 'step.failed', stepId: 2, error, handled: true },
  { type: 'step.started', stepId: 3, nodeId: 'answer', parentStepId: 2 },
  { type: 'reply.made', stepId: 3, kind: 'result', text: '', sizeBytes: 2 },
  { type: 'step.finished', stepId: 3 },
  { type: 'run.finished', outcome: 'succeeded', error: null },
  { type: 'message.settled', how: 'with-reply' },
];

function toPart(runId: string, bodies: readonly EventBody[], from = 0): TracePart {
  const head = {
    runId,
    flowId: 'f',
    flowName: 'F',
    flowVersion: 'v',
    triggerKind: 'function',
    destination: 'fn',
    messageId: 'm',
    correlationId: null,
    triggerName: 'lookup',
    incidentId: null,
    startedAtMs: 1000,
  } as const;
  const events = bodies.map((body, index) => ({ ...body, seq: 1_000_001 + from + index, atMs: 1000 + from + index }) as TraceEvent);
  const finished = bodies.some(({ type }) => type === 'run.finished')
    ? ({ atMs: 1011, outcome: 'succeeded', errorCode: null } as const)
    : null;
  return { head, attempt: 1, events, triggerBody: null, triggerHeaders: null, finished };
}

function begin(limits: { maxRows?: number; maxLines?: number } = {}) {
  const news: number[] = [];
  const kept: TracePart[] = [];
  const feed = createLiveFeed({ ...limits, onNews: () => news.push(news.length) });
  const sink = feed.watch({ append: (part) => kept.push(part) }, (json) => json.replaceAll('hush-hush', '***'));
  return { feed, sink, news, kept };
}

test.each([story.length, 1, 2, 3, 5, 7, 9, 11])(
  '[B7] the row of a run in parts of %i events is what the fold of them all shows',
  (size) => {
    const { feed, sink, kept } = begin();
    for (let from = 0; from < story.length; from += size) sink.append(toPart('r', story.slice(from, from + size), from));
    const batch = feed.take();
    const view = foldRun(
      toPart('r', story).head,
      kept.flatMap(({ events }) => events),
    );
    expect(batch?.rows).toEqual([
      {
        head: view.head,
        status: view.status,
        attempts: 1,
        errorCode: null,
        finishedAtMs: view.finishedAtMs,
        durationMs: view.durationMs,
        stepCount: view.steps.length,
        retryCount: view.steps.flatMap(({ calls }) => calls).filter(({ attempt }) => attempt > 1).length,
        failedNodeIds: view.steps.filter(({ status }) => status === 'failed').map(({ nodeId }) => nodeId),
        isCompleted: view.isCompleted,
      },
    ]);
  },
);

test('[B7] a completing reply that its step took back is none', () => {
  const { feed, sink } = begin();
  sink.append(toPart('r', story.slice(0, 8)));
  expect(feed.take()?.rows).toMatchObject([{ status: 'running', isCompleted: false, failedNodeIds: ['call'] }]);
});

test('[B7] what nodes did is counted, with the last error', () => {
  const { feed, sink } = begin();
  sink.append(toPart('r', story));
  sink.append(toPart('s', story.slice(0, 4)));
  expect(feed.take()?.nodes).toEqual([
    { flowId: 'f', nodeId: 'source', state: 'ok', atMs: 1002, okCount: 2, failedCount: 0, lastError: null },
    { flowId: 'f', nodeId: 'call', state: 'running', atMs: 1003, okCount: 0, failedCount: 1, lastError: error.message },
    { flowId: 'f', nodeId: 'answer', state: 'ok', atMs: 1010, okCount: 1, failedCount: 0, lastError: null },
  ]);
});

test('[B8] what does not fit into a batch is dropped, the oldest first, and counted', () => {
  const { feed, sink, news } = begin({ maxRows: 2, maxLines: 2 });
  for (const runId of ['a', 'b', 'c']) sink.append(toPart(runId, story));
  for (const value of ['1', '2', '3', '4']) feed.addLine(toLine(value));
  const batch = feed.take();
  expect(batch?.rows.map(({ head }) => head.runId)).toEqual(['b', 'c']);
  expect(batch?.lines.map(({ text }) => text)).toEqual(['3', '4']);
  expect(batch?.dropped).toEqual({ rows: 1, lines: 2 });
  expect(news).toHaveLength(1);
  expect(feed.take()).toBeNull();
});

test('[B8] values that would take long to write out are dropped', () => {
  const { feed } = begin();
  for (let index = 0; index < 5; index += 1) feed.addLine(toLine('x'.repeat(600_000)));
  const batch = feed.take();
  expect(batch?.lines.map(({ text, sizeBytes }) => [text.length, sizeBytes])).toEqual([
    [4096, 600_000],
    [4096, 600_000],
  ]);
  expect(batch?.dropped.lines).toBe(3);
});

test('[B9] secrets are taken out of a line before it is cut', () => {
  const { feed } = begin();
  feed.addLine(toLine(`${'x'.repeat(4090)}hush-hush`));
  feed.addLine(toLine({ key: 'hush-hush' }));
  expect(feed.take()?.lines.map(({ text }) => text.slice(-12))).toEqual(['xxxxxxxxx***', '{"key":"***"}'.slice(-12)]);
});

test('[B9] a line is cut at a whole character', () => {
  const { feed } = begin();
  feed.addLine(toLine(`x${'é'.repeat(4000)}`));
  expect(feed.take()?.lines[0]).toMatchObject({ text: `x${'é'.repeat(2047)}`, sizeBytes: 8001 });
});

function toLine(value: string | { key: string }) {
  return { atMs: 1, runId: 'r', flowId: 'f', flowName: 'F', nodeId: 'n', level: 'print', label: 'l', value } as const;
}
