import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TracePart } from '@wirebook/engine';
import type { JsonValue } from '@wirebook/errors';
import { openTraceStore, type TraceStore } from '@wirebook/store';
import { createFakeClock } from '@wirebook/testkit';
import type { TraceEvent } from '@wirebook/trace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HandlerRequest } from '../http/route-handlers.ts';
import { createRunHandlers } from './run-handlers.ts';
import { openRunTraces, type RunTraces } from './run-traces.ts';

let folder: string;
let store: TraceStore;
let traces: RunTraces;
let handlers: ReturnType<typeof createRunHandlers>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-runs-'));
  const path = join(folder, 'trace.db');
  store = openTraceStore({ path, clock: createFakeClock() });
  traces = openRunTraces({ path, clock: { ...createFakeClock() } });
  handlers = createRunHandlers({
    traces,
    versions: {
      findNumber: (_, hash) => (hash === 'v1' ? 4 : null),
      findDocument: () => null,
      findTargets: () => ({ 'source.out': ['set'] }),
    },
  });
});
afterEach(async () => {
  await traces.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

interface RunSample {
  readonly runId: string;
  readonly atMs: number;
  readonly output?: JsonValue;
  readonly isOver?: boolean;
  readonly body?: string;
}

const body = '{"function":{"name":"lookup"},"inputs":{"model_id":"T-800"}}';

function write({ runId, atMs, output = 'out', isOver = true, body: text = body }: RunSample): void {
  const bodies: readonly object[] = [
    { type: 'attempt.started', attempt: 1, reason: 'delivered' },
    { type: 'step.started', stepId: 1, nodeId: 'source', parentStepId: null },
    { type: 'step.emitted', stepId: 1, port: 'out', output: { sameAs: 'trigger.inputs', sizeBytes: null, truncated: false } },
    { type: 'step.finished', stepId: 1 },
    { type: 'step.started', stepId: 2, nodeId: 'set', parentStepId: 1 },
    { type: 'debug.printed', stepId: 2, label: 'l', output: { sameAs: 'input', sizeBytes: null, truncated: false } },
    { type: 'step.emitted', stepId: 2, port: 'out', output: { value: output, sizeBytes: null, truncated: false } },
    { type: 'step.finished', stepId: 2 },
    ...(isOver ? [{ type: 'run.finished', outcome: 'succeeded', error: null }] : []),
  ];
  const part: TracePart = {
    head: {
      runId,
      flowId: 'f',
      flowName: 'F',
      flowVersion: 'v1',
      triggerKind: 'function',
      destination: 'actions.201.fn_models',
      messageId: `ID:${runId}`,
      correlationId: 'invid:1',
      triggerName: 'lookup',
      incidentId: 2101,
      startedAtMs: atMs,
    },
    attempt: 1,
    events: bodies.map((event, index) => ({ ...event, seq: index + 1, atMs: atMs + index }) as TraceEvent),
    triggerBody: new TextEncoder().encode(text),
    triggerHeaders: { 'reply-to': '/queue/acks.201.fn_models', 'correlation-id': 'invid:1', Co3ContextToken: '***' },
    finished: isOver ? { atMs: atMs + 8, outcome: 'succeeded', errorCode: null } : null,
  };
  store.append(part);
  store.flush();
}

/** What a handler reads of a request. */
function ask<Name extends 'listRuns' | 'getRun' | 'getRunValue' | 'getRecordedMessage'>(parts: object): HandlerRequest<Name> {
  return { params: {}, query: {}, body: undefined, ...parts } as HandlerRequest<Name>;
}

test('[Q4] runs are listed newest first with the number of their version, by pages', async () => {
  for (const index of [1, 2, 3]) write({ runId: `r${index}`, atMs: 1000 * index, isOver: index !== 2 });
  const first = await handlers.listRuns(ask({ query: { limit: '2' } }));
  expect(first.runs).toMatchObject([
    { head: { runId: 'r3' }, version: 4, status: 'succeeded', stepCount: 2, durationMs: 8 },
    { head: { runId: 'r2' }, version: 4, status: 'running', durationMs: null },
  ]);
  const second = await handlers.listRuns(ask({ query: { limit: '2', before: first.next } }));
  expect([second.runs.map(({ head }) => head.runId), second.next]).toEqual([['r1'], null]);
  expect(
    (await handlers.listRuns(ask({ query: { status: 'running', nodeId: 'set', text: 't-800', incidentId: '2101', flowId: 'f' } }))).runs,
  ).toHaveLength(1);
});

test('[Q4] before the engine has begun there is no run', async () => {
  const none = openRunTraces({ path: join(folder, 'absent.db'), clock: createFakeClock() });
  const absent = createRunHandlers({
    traces: none,
    versions: { findNumber: () => null, findDocument: () => null, findTargets: () => null },
  });
  expect(await absent.listRuns(ask({}))).toEqual({ runs: [], next: null });
  await expect(absent.getRun(ask({ params: { runId: 'r' } }))).rejects.toMatchObject({ code: 'SERVER_RUN_UNKNOWN' });
  await none.close();
});

test.each([
  { limit: '201' },
  { limit: '0' },
  { limit: '-1' },
  { status: 'good' },
  { incidentId: '1 OR 1' },
  { before: 'x' },
  { text: 'x'.repeat(501) },
])('[Q4] a query that makes no sense is refused: %j', async (query) => {
  await expect(handlers.listRuns(ask({ query }))).rejects.toMatchObject({ code: 'SERVER_REQUEST_INVALID' });
});

test('[Q5] the detail of a run holds its steps with what they were given, and its trigger', async () => {
  write({ runId: 'r', atMs: 1000 });
  const detail = await handlers.getRun(ask({ params: { runId: 'r' } }));
  expect(detail.inputs).toEqual({ 1: { model_id: 'T-800' }, 2: { model_id: 'T-800' } });
  expect(detail.view.steps[1]?.prints[0]?.output).toEqual({ value: { model_id: 'T-800' }, sizeBytes: 20, truncated: false });
  expect(detail.trigger).toMatchObject({ body: JSON.parse(body), sizeBytes: body.length, isTruncated: false });
  expect(detail.row.version).toBe(4);
});

test('[Q5] a long value is cut and marked, and loaded whole by its place', async () => {
  const output = { text: 'x'.repeat(100_000) };
  write({ runId: 'r', atMs: 1000, output });
  const { view } = await handlers.getRun(ask({ params: { runId: 'r' } }));
  const shown = view.steps[1]?.emissions[0]?.output;
  expect(shown).toMatchObject({ truncated: true, sizeBytes: 100_011 });
  expect(JSON.stringify(shown).length).toBeLessThan(70_000);
  const value = (query: object) => handlers.getRunValue(ask({ params: { runId: 'r' }, query }));
  expect(await value({ attempt: '1', stepId: '2', what: 'emission', index: '0' })).toEqual({
    value: output,
    sizeBytes: 100_011,
    isTruncated: false,
  });
  expect((await value({ attempt: '1', stepId: '2', what: 'print' })).value).toEqual({ model_id: 'T-800' });
  expect((await value({ attempt: '1', stepId: '1', what: 'trigger' })).value).toEqual(JSON.parse(body));
  await expect(value({ attempt: '1', stepId: '2', what: 'emission', index: '1' })).rejects.toMatchObject({ code: 'SERVER_VALUE_UNKNOWN' });
  await expect(value({ attempt: '1', stepId: '2' })).rejects.toMatchObject({ code: 'SERVER_REQUEST_INVALID' });
});

test('[Q5] a trigger that is no JSON is shown as text', async () => {
  write({ runId: 'r', atMs: 1000, body: 'no json' });
  const detail = await handlers.getRun(ask({ params: { runId: 'r' } }));
  expect([detail.trigger?.body, detail.inputs]).toEqual(['no json', {}]);
});

test('[Q6] the recorded message of a node is that of the newest run that passed it', async () => {
  write({ runId: 'old', atMs: 1000, output: 1 });
  write({ runId: 'new', atMs: 2000, output: 2 });
  const recorded = (nodeId: string) => handlers.getRecordedMessage(ask({ params: { flowId: 'f', nodeId } }));
  expect((await recorded('set')).recorded).toMatchObject({
    runId: 'new',
    stepId: 2,
    input: { model_id: 'T-800' },
    outputs: { out: 2 },
    trigger: { kind: 'function', functionName: 'lookup', messageId: 'ID:new' },
    inputs: { model_id: 'T-800' },
    isTruncated: false,
  });
  expect(await recorded('other')).toEqual({ recorded: null });
});
