import type { EngineStatus, Ledger, LedgerEntry, TracePart } from '@wirebook/engine';
import { createFakeClock } from '@wirebook/testkit';
import type { TraceEvent } from '@wirebook/trace';
import { expect, test } from 'vitest';
import { createEngineMetrics } from './engine-metrics.ts';

const status = {
  runsActive: 2,
  runsWaiting: 3,
  messagesInHand: 4,
  completionsUnderWay: 1,
  ledger: { open: 5, oldestOpenAtMs: 4000, inDoubt: 0, takenOver: 0, poison: 7, poisonDropped: 9 },
} as EngineStatus;
const traces = {
  pendingParts: 6,
  unindexedParts: 0,
  drops: { payloads: 1, succeededRuns: 0, unfinishedRuns: 0, failedRuns: 0 },
  unwritableParts: 0,
};
const outbound = {
  circuits: [{ host: 'api.example.com', failureCount: 5, untilMs: 99_000 }],
  rateWaiting: 12,
  connectionWaiting: 13,
  refusedByCircuit: 14,
  refusedByQueue: 15,
  platformWaiting: 16,
  scriptsQueued: 17,
  scriptsHeld: 18,
  stepsWaiting: 19,
};
const read = { status, outbound, traces: traces as never, droppedSpans: 8 };

function create() {
  return createEngineMetrics({
    clock: createFakeClock(10_000),
    platformOrigin: 'https://soar.example:443/',
    broker: {
      listDestinations: () => [{ name: 'fn_main', isSubscribed: true, receivedCount: 11, newestMessageAtMs: 9000 }],
      settledCount: 10,
    },
  });
}

test('[M4] runs, steps, replies and calls are counted and timed by what their traces say', async () => {
  const metrics = create();
  const kept: TracePart[] = [];
  const sink = metrics.watchTrace({ append: (part) => kept.push(part) });
  const events = [
    { type: 'attempt.started', atMs: 0, attempt: 1, reason: 'delivered' },
    { type: 'step.started', atMs: 0, stepId: 1, nodeId: 'post', parentStepId: null },
    { type: 'call.attempted', atMs: 5, stepId: 1, method: 'GET', url: 'https://soar.example:443/rest/x', status: 429, code: null },
    { type: 'call.attempted', atMs: 5, stepId: 1, method: 'GET', url: 'https://other.example/', status: null, code: 'HTTP_TIMEOUT' },
    { type: 'step.finished', atMs: 200, stepId: 1 },
    { type: 'reply.made', atMs: 200, stepId: 1, kind: 'result', text: 'x', sizeBytes: 1 },
    { type: 'run.finished', atMs: 300, outcome: 'succeeded', error: null },
  ] as unknown as TraceEvent[];
  const part = { head: { runId: 'r', flowId: 'f' }, attempt: 1, events, finished: null } as unknown as TracePart;
  sink.append(part);
  expect(kept).toEqual([part]);
  const text = await metrics.toText(read);
  for (const line of [
    'wirebook_runs_total{flow="f",outcome="succeeded"} 1',
    'wirebook_run_duration_seconds_sum{flow="f"} 0.3',
    'wirebook_step_duration_seconds_bucket{le="0.25",flow="f",node="post"} 1',
    'wirebook_step_duration_seconds_bucket{le="0.1",flow="f",node="post"} 0',
    'wirebook_rest_calls_total{target="platform",status="429"} 1',
    'wirebook_rest_calls_total{target="other",status="HTTP_TIMEOUT"} 1',
    'wirebook_replies_total{kind="result"} 1',
  ])
    expect(text.split('\n')).toContain(line);
});

test('[M4] queues, drops, subscriptions and the oldest open message are told as they are when somebody asks', async () => {
  const metrics = create();
  await metrics.toText(read);
  const lines = (await metrics.toText(read)).split('\n');
  for (const line of [
    'wirebook_messages_received_total{destination="fn_main"} 11',
    'wirebook_newest_message_age_seconds{destination="fn_main"} 1',
    'wirebook_subscription_open{destination="fn_main"} 1',
    'wirebook_messages_settled_total 10',
    'wirebook_queue_size{queue="runs_waiting"} 3',
    'wirebook_queue_size{queue="trace_parts"} 6',
    'wirebook_dropped_total{what="poison"} 9',
    'wirebook_dropped_total{what="spans"} 8',
    'wirebook_oldest_open_message_age_seconds 6',
  ])
    expect(lines).toContain(line);
  expect(lines.some((line) => line.startsWith('nodejs_eventloop_lag_seconds '))).toBe(true);
});

test('[M4] deliveries of known messages count as redeliveries', async () => {
  const metrics = create();
  const entries = [{ deliveries: 1 }, { deliveries: 2 }] as LedgerEntry[];
  const ledger = metrics.watchLedger({ receive: () => entries } as unknown as Ledger);
  expect(ledger.receive([])).toBe(entries);
  expect(await metrics.toText(read)).toContain('wirebook_messages_redelivered_total 1');
});

test('[M10] open circuits, calls that wait or were refused, and what waits for a thread or its time are told', async () => {
  const metrics = create();
  await metrics.toText(read);
  const lines = (await metrics.toText(read)).split('\n');
  for (const line of [
    'wirebook_circuit_open{host="api.example.com"} 1',
    'wirebook_queue_size{queue="http_rate_limited"} 12',
    'wirebook_queue_size{queue="http_connections"} 13',
    'wirebook_http_refused_total{reason="circuit_open"} 14',
    'wirebook_http_refused_total{reason="queue_full"} 15',
    'wirebook_queue_size{queue="platform_calls"} 16',
    'wirebook_queue_size{queue="scripts"} 17',
    'wirebook_queue_size{queue="scripts_held"} 18',
    'wirebook_queue_size{queue="steps_waiting"} 19',
  ])
    expect(lines).toContain(line);
  const later = await metrics.toText({ ...read, outbound: { ...outbound, circuits: [] } });
  expect(later).not.toContain('wirebook_circuit_open{');
});
