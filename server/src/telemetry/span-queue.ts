/** Spans on their way out, bounded; what does not fit or is not taken is dropped and counted. */
export interface SpanQueue<Span> {
  add(spans: readonly Span[]): void;
  /** Sends all that waits, one batch after the other; resolves when nothing waits or a batch was refused. */
  flush(): Promise<void>;
  readonly size: number;
  readonly droppedCount: number;
}

export interface SpanQueueOptions<Span> {
  /** Resolves with null when they were taken, else with the reason. */
  readonly send: (spans: Span[]) => Promise<string | null>;
  readonly onRefused: (reason: string, count: number) => void;
  readonly maxSpans?: number;
  readonly maxBatch?: number;
}

const mostSpans = 4096;
const largestBatch = 512;

export function createSpanQueue<Span>(options: SpanQueueOptions<Span>): SpanQueue<Span> {
  const { maxSpans = mostSpans, maxBatch = largestBatch } = options;
  let waiting: Span[] = [];
  let droppedCount = 0;
  let underWay: Promise<void> | null = null;
  let isRefusing = false;

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      const reason = await options.send(batch);
      if (reason === null) {
        isRefusing = false;
        continue;
      }
      droppedCount += batch.length;
      // Once until it is taken again: a collector that is away would fill the log.
      if (!isRefusing) options.onRefused(reason, batch.length);
      isRefusing = true;
      return;
    }
  }

  return {
    add: (spans) => {
      const room = Math.max(0, maxSpans - waiting.length);
      waiting.push(...spans.slice(0, room));
      droppedCount += Math.max(0, spans.length - room);
    },
    flush: () => {
      underWay ??= sendAll().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    get size() {
      return waiting.length;
    },
    get droppedCount() {
      return droppedCount;
    },
  };
}
