import type { EngineLog, TracePart, TraceSink } from '@wirebook/engine';
import type { Clock, Timer } from '@wirebook/node-kit';
import { createSpanQueue } from './span-queue.ts';

export interface SpanExportOptions {
  /** The environment: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, else `OTEL_EXPORTER_OTLP_ENDPOINT` with `/v1/traces` behind it. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly clock: Pick<Clock, 'startTimer'>;
  readonly log: Pick<EngineLog, 'info' | 'warn'>;
}

/** Sends runs and their steps as spans to a collector; it never holds up a run. */
export interface SpanExport {
  watch(sink: TraceSink): TraceSink;
  /** Spans that did not fit into the queue, or that the collector did not take. */
  readonly droppedCount: number;
  /** Sends what waits, for a bounded time. */
  close(): Promise<void>;
}

const flushIntervalMs = 1000;
const closeWithinMs = 2000;

/** Null when no collector is configured: then nothing of OpenTelemetry is loaded. */
export async function openSpanExport({ variables, version, clock, log }: SpanExportOptions): Promise<SpanExport | null> {
  const url = findEndpoint(variables);
  if (url === null) return null;
  const { createSpanPipe } = await import('./span-pipe.ts');
  const pipe = createSpanPipe({ url, service: variables.OTEL_SERVICE_NAME ?? 'wirebook', version });
  const queue = createSpanQueue({
    send: pipe.send,
    onRefused: (reason, count) => log.warn(`the collector of spans did not take ${count} spans: ${reason}`, { count }),
  });
  log.info('spans of runs are exported', { url: withoutQuery(url) });
  let timer: Timer = clock.startTimer(flushIntervalMs, flush);

  function flush(): void {
    void queue.flush();
    timer = clock.startTimer(flushIntervalMs, flush);
  }

  return {
    watch: (sink) => {
      const read = pipe.createReader((spans) => queue.add(spans));
      return {
        append: (part: TracePart) => {
          sink.append(part);
          read(part);
        },
      };
    },
    get droppedCount() {
      return queue.droppedCount;
    },
    close: async () => {
      timer.cancel();
      const patience = new Promise<void>((settle) => {
        timer = clock.startTimer(closeWithinMs, () => settle());
      });
      await Promise.race([queue.flush().then(() => pipe.close()), patience]);
      timer.cancel();
    },
  };
}

function findEndpoint(variables: SpanExportOptions['variables']): string | null {
  const traces = variables.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  if (traces !== undefined && traces !== '') return traces;
  const base = variables.OTEL_EXPORTER_OTLP_ENDPOINT;
  return base === undefined || base === '' ? null : `${base.replace(/\/$/, '')}/v1/traces`;
}

/** A query, or a name before the host, may hold a token. */
function withoutQuery(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}` : 'an address that cannot be read';
}
