import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TracePart } from '@wirebook/engine';
import { createFakeClock, createRecordedLog } from '@wirebook/testkit';
import type { TraceEvent } from '@wirebook/trace';
import { afterEach, expect, test } from 'vitest';
import { openSpanExport, type SpanExport } from './span-export.ts';

interface SeenSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status?: { readonly code?: number };
}

let collector: Server | null = null;
let spans: SpanExport | null = null;

afterEach(async () => {
  await spans?.close();
  collector?.closeAllConnections();
  await new Promise((settle) => (collector === null ? settle(undefined) : collector.close(settle)));
  collector = null;
  spans = null;
});

/** Takes OTLP as JSON over HTTP, as a collector does. */
async function startCollector(status = 200) {
  const bodies: string[] = [];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      paths.push(request.url ?? '');
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  collector = server;
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const readSpans = (): SeenSpan[] =>
    bodies.flatMap((body) =>
      JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: SeenSpan[] }[] }) =>
        resource.scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, paths, readSpans };
}

const head = {
  runId: 'run-1',
  flowId: 'create-ticket',
  flowName: 'Create Ticket',
  flowVersion: 'abc',
  triggerKind: 'function',
  destination: 'actions.201.fn_main',
  messageId: 'm1',
  correlationId: 'c1',
  triggerName: 'lookup',
  incidentId: 2095,
  startedAtMs: 1000,
} as const;

type Body<Event> = Event extends TraceEvent ? Omit<Event, 'seq'> : never;

function part(finished: TracePart['finished'], ...events: Body<TraceEvent>[]): TracePart {
  return {
    head,
    attempt: 1,
    events: events.map((event, seq) => ({ ...event, seq }) as TraceEvent),
    triggerBody: null,
    triggerHeaders: null,
    finished,
  };
}

const end = { atMs: 1100, outcome: 'failed', errorCode: 'SOAR_REST_TIMEOUT' } as const;
const first = part(
  null,
  { type: 'attempt.started', atMs: 1000, attempt: 1, reason: 'delivered' },
  { type: 'step.started', atMs: 1001, stepId: 1, nodeId: 'source', parentStepId: null },
  { type: 'step.emitted', atMs: 1001, stepId: 1, port: 'out', output: { value: 'patient case-4711', sizeBytes: 5, truncated: false } },
  { type: 'step.finished', atMs: 1002, stepId: 1 },
  { type: 'step.started', atMs: 1002, stepId: 2, nodeId: 'post', parentStepId: 1 },
);
const last = part(
  end,
  {
    type: 'call.attempted',
    atMs: 1090,
    stepId: 2,
    method: 'POST',
    url: 'https://soar.example/rest/x?token=case-4711',
    attempt: 1,
    durationMs: 80,
    status: 503,
    code: null,
  },
  { type: 'step.failed', atMs: 1095, stepId: 2, error: { code: 'SOAR_REST_TIMEOUT', message: 'about patient case-4711' }, handled: false },
  { type: 'run.finished', atMs: 1100, outcome: 'failed', error: { code: 'SOAR_REST_TIMEOUT', message: 'about patient case-4711' } },
);

async function open(url: string) {
  const clock = createFakeClock();
  const log = createRecordedLog();
  spans = await openSpanExport({ variables: { OTEL_EXPORTER_OTLP_ENDPOINT: url }, version: '1.2.3', clock, log });
  if (spans === null) throw new Error('nothing is exported');
  const kept: TracePart[] = [];
  return { spans, sink: spans.watch({ append: (each) => kept.push(each) }), kept, clock, log };
}

test('[M8] a collector gets a run with its steps, and the calls of a step below it', async () => {
  const { url, paths, readSpans } = await startCollector();
  const opened = await open(url);
  opened.sink.append(first);
  opened.sink.append(last);
  expect(opened.kept).toEqual([first, last]);
  await opened.spans.close();
  expect(paths).toEqual(['/v1/traces']);
  const byName = new Map(readSpans().map((span) => [span.name, span]));
  expect([...byName.keys()].sort()).toEqual(['POST', 'run Create Ticket', 'step post', 'step source']);
  const run = byName.get('run Create Ticket');
  expect(run?.parentSpanId ?? '').toBe('');
  expect(byName.get('step source')?.parentSpanId).toBe(run?.spanId);
  expect(byName.get('step post')?.parentSpanId).toBe(run?.spanId);
  expect(byName.get('POST')?.parentSpanId).toBe(byName.get('step post')?.spanId);
  expect(new Set(readSpans().map(({ traceId }) => traceId)).size).toBe(1);
  expect(run?.attributes).toContainEqual({ key: 'wirebook.run.outcome', value: { stringValue: 'failed' } });
  expect(run?.status?.code).toBe(2);
});

test('[M8] spans carry no values of a run, no messages of errors and no queries of addresses', async () => {
  const { url, bodies } = await startCollector();
  const { sink, spans: exported } = await open(url);
  sink.append(first);
  sink.append(last);
  await exported.close();
  expect(bodies.join()).not.toContain('case-4711');
  expect(bodies.join()).toContain('SOAR_REST_TIMEOUT');
});

test('[M9] spans that a collector refuses are dropped, counted and told once', async () => {
  const { url } = await startCollector(400);
  const { sink, spans: exported, log } = await open(url);
  sink.append(first);
  sink.append(last);
  await exported.close();
  expect(exported.droppedCount).toBe(4);
  expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('[M8] nothing is exported, and nothing loaded, without an endpoint', async () => {
  const none = await openSpanExport({ variables: {}, version: '1', clock: createFakeClock(), log: createRecordedLog() });
  expect(none).toBeNull();
});
