import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, type ReadableSpan, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { TracePart } from '@wirebook/engine';
import type { TraceEvent } from '@wirebook/trace';

export interface SpanPipeOptions {
  /** Of the collector, with its path. */
  readonly url: string;
  readonly service: string;
  readonly version: string;
}

/** What knows OpenTelemetry: makes spans of what happened and hands them to a collector. */
export interface SpanPipe {
  /** Reads the parts of traces; a run that is over gives its spans. */
  createReader(onSpans: (spans: readonly ReadableSpan[]) => void): (part: TracePart) => void;
  /** Null when the collector took them, else why not. */
  send(spans: ReadableSpan[]): Promise<string | null>;
  close(): Promise<void>;
}

/** Runs whose end is waited for, and events of one of them; what is beyond makes no spans. */
const mostRuns = 2000;
const mostEvents = 5000;
const exportSucceeded = 0;

export function createSpanPipe({ url, service, version }: SpanPipeOptions): SpanPipe {
  let made: ReadableSpan[] = [];
  const collect: SpanProcessor = {
    onStart: () => undefined,
    onEnd: (span) => made.push(span),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    spanProcessors: [collect],
  });
  const tracer = provider.getTracer('wirebook', version);
  const exporter = new OTLPTraceExporter({ url });

  return {
    createReader: (onSpans) => {
      const running = new Map<string, TraceEvent[]>();
      return (part) => {
        const { runId } = part.head;
        const known = running.get(runId);
        const begins = part.events.some(({ type }) => type === 'attempt.started');
        if (known === undefined && !begins) return;
        const events = begins || known === undefined ? [] : known;
        if (events.length < mostEvents) events.push(...part.events.filter(isTimed));
        if (part.finished === null) {
          if (known !== undefined || running.size < mostRuns) running.set(runId, events);
          return;
        }
        running.delete(runId);
        made = [];
        toSpans(part, events, tracer);
        onSpans(made);
        made = [];
      };
    },
    send: (spans) =>
      new Promise((settle) => {
        exporter.export(spans, ({ code, error }) => settle(code === exportSucceeded ? null : (error?.message ?? 'no reason was given')));
      }),
    close: async () => {
      await exporter.shutdown();
    },
  };
}

type TimedEvent = Extract<
  TraceEvent,
  { type: 'attempt.started' | 'step.started' | 'step.reused' | 'step.finished' | 'step.failed' | 'call.attempted' | 'run.finished' }
>;

const timedTypes: ReadonlySet<TraceEvent['type']> = new Set<TimedEvent['type']>([
  'attempt.started',
  'step.started',
  'step.reused',
  'step.finished',
  'step.failed',
  'call.attempted',
  'run.finished',
]);

function isTimed(event: TraceEvent): event is TimedEvent {
  return timedTypes.has(event.type);
}

function toSpans(part: TracePart, events: readonly TraceEvent[], tracer: Tracer): void {
  const { head, attempt, finished } = part;
  if (finished === null) return;
  const startedAtMs = events[0]?.atMs ?? head.startedAtMs;
  const run = tracer.startSpan(
    `run ${head.flowName}`,
    {
      kind: SpanKind.CONSUMER,
      startTime: startedAtMs,
      root: true,
      attributes: {
        'wirebook.run.id': head.runId,
        'wirebook.run.attempt': attempt,
        'wirebook.run.outcome': finished.outcome,
        'wirebook.flow.id': head.flowId,
        'wirebook.flow.name': head.flowName,
        'wirebook.flow.version': head.flowVersion,
        'wirebook.trigger.kind': head.triggerKind,
        ...(head.triggerName === null ? {} : { 'wirebook.trigger.name': head.triggerName }),
        'messaging.system': 'activemq',
        'messaging.destination.name': head.destination,
        'messaging.message.id': head.messageId,
      },
    },
    ROOT_CONTEXT,
  );
  if (finished.outcome !== 'succeeded') fail(run, finished.errorCode);
  const inRun = trace.setSpan(ROOT_CONTEXT, run);
  addSteps({ events, tracer, inRun, endMs: finished.atMs });
  run.end(Math.max(finished.atMs, startedAtMs));
}

interface StepsOptions {
  readonly events: readonly TraceEvent[];
  readonly tracer: Tracer;
  readonly inRun: Context;
  readonly endMs: number;
}

/** A step is a child of the run, and its calls are children of the step: a step that follows another has outlived it. */
function addSteps({ events, tracer, inRun, endMs }: StepsOptions): void {
  const open = new Map<number, Span>();
  for (const event of events) {
    if (event.type === 'step.started' || event.type === 'step.reused') {
      const attributes = {
        'wirebook.node.id': event.nodeId,
        'wirebook.step.id': event.stepId,
        ...(event.parentStepId === null ? {} : { 'wirebook.step.parent_id': event.parentStepId }),
        ...(event.type === 'step.reused' ? { 'wirebook.step.reused': true } : {}),
      };
      const step = tracer.startSpan(`step ${event.nodeId}`, { startTime: event.atMs, attributes }, inRun);
      if (event.type === 'step.reused') step.end(event.atMs);
      else open.set(event.stepId, step);
    } else if (event.type === 'step.finished' || event.type === 'step.failed') {
      const step = open.get(event.stepId);
      if (event.type === 'step.failed' && step !== undefined) fail(step, event.error.code);
      step?.end(event.atMs);
      open.delete(event.stepId);
    } else if (event.type === 'call.attempted') {
      const step = open.get(event.stepId);
      if (step !== undefined) addCall(event, { tracer, inStep: trace.setSpan(inRun, step) });
    }
  }
  // Steps that a timeout or a stop cut off.
  for (const step of open.values()) step.end(endMs);
}

function addCall(
  event: Extract<TraceEvent, { type: 'call.attempted' }>,
  { tracer, inStep }: { readonly tracer: Tracer; readonly inStep: Context },
): void {
  const call = tracer.startSpan(
    event.method,
    {
      kind: SpanKind.CLIENT,
      startTime: event.atMs - event.durationMs,
      attributes: {
        'http.request.method': event.method,
        'http.request.resend_count': Math.max(0, event.attempt - 1),
        ...(URL.canParse(event.url) ? { 'server.address': new URL(event.url).hostname } : {}),
        ...(event.status === null ? {} : { 'http.response.status_code': event.status }),
      },
    },
    inStep,
  );
  const firstFailure = 400;
  if (event.code !== null || (event.status ?? 0) >= firstFailure) fail(call, event.code ?? String(event.status));
  call.end(event.atMs);
}

/** Of an error only its code leaves: messages and details may quote what cases hold. */
function fail(span: Span, code: string | null): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (code !== null) span.setAttribute('error.type', code);
}
