import type { TracePart, TraceSink } from '@wirebook/engine';
import { isCorruption, isRefusalOfFile, toStoreError } from './store-error.ts';
import { moveAside, openTraceFile, type TraceFile } from './trace-file.ts';
import { createTraceQueue, type TraceDrops } from './trace-queue.ts';
import type { ListRunsOptions, RunSummary, StoredRun } from './trace-reader.ts';
import type { TraceRetention } from './trace-retention.ts';

export interface OpenTraceStoreOptions {
  /** The file, usually `trace.db` in the data folder; its folder exists. */
  readonly path: string;
  readonly clock: { now(): number; startTimer(delayMs: number, onTime: () => void): { cancel(): void } };
  readonly maxPendingParts?: number;
  readonly maxPendingBytes?: number;
  readonly flushIntervalMs?: number;
  /** Parts written in one transaction by the timer, so that the event loop is not held for long; more when many wait. */
  readonly maxPartsPerFlush?: number;
  /** UTF-16 units of one part's events as JSON, beyond which values are cut. */
  readonly maxPartLength?: number;
  readonly retention?: Partial<TraceRetention>;
  /** Takes secrets out of JSON text before it is stored. */
  readonly redactJson?: (json: string) => string;
}

export interface TraceCounts {
  readonly runs: number;
  readonly pendingParts: number;
  readonly pendingBytes: number;
  /** Parts that a search does not find yet. */
  readonly unindexedParts: number;
  readonly drops: TraceDrops;
  /** Parts that could not be written out. */
  readonly unwritableParts: number;
  /** What the file refused last; null when the last write went well. */
  readonly lastError: string | null;
  /** Times a broken file was moved aside while the store was open. */
  readonly renewals: number;
}

/** Keeps traces in a file of its own, which may be lost without harm. */
export interface TraceStore extends TraceSink {
  /** Writes all that waits. */
  flush(): void;
  getRun(runId: string): StoredRun | undefined;
  /** Newest first. */
  listRuns(options: ListRunsOptions): readonly RunSummary[];
  /** Runs that hold every word of the text, newest first; parts are found once they are indexed. */
  search(text: string, limit: number): readonly RunSummary[];
  /** Makes the oldest parts that lack it ready for search; call it when there is nothing else to do. Gives their number. */
  indexPending(limit: number): number;
  /** Removes runs by age, number and bytes, at most `limit` (default 500); gives the number removed. */
  prune(limit?: number): number;
  /** Half of what may wait does; who can, waits. False while the file refuses: traces may be lost, runs must not stop for that. */
  isBehind(): boolean;
  counts(): TraceCounts;
  /** Writes what waits and closes; what cannot be written is lost. */
  close(): Promise<void>;
}

const dayMs = 24 * 3_600_000;
const defaultRetention: TraceRetention = { maxAgeMs: 7 * dayMs, failureMaxAgeMs: 30 * dayMs, maxRuns: 500_000, maxBytes: 4_000_000_000 };
const defaultPruneLimit = 500;
const slicesPerInterval = 10;
/** A long backlog is gone after a few times as many slices. */
const slicesOfBacklog = 20;
/** The file refused: nobody is helped by asking it ten times a second. */
const waitAfterFailureMs = 2000;

/**
 * Opens the trace file, WAL with NORMAL sync.
 *
 * @throws STORE_VERSION_NEWER, STORE_FAILED
 */
export function openTraceStore(options: OpenTraceStoreOptions): TraceStore {
  const { path, clock, flushIntervalMs = 100, maxPartsPerFlush = 40, maxPendingParts = 10_000, maxPendingBytes = 32_000_000 } = options;
  const queue = createTraceQueue({ maxParts: maxPendingParts, maxBytes: maxPendingBytes });
  const counters = { runs: 0, unwritableParts: 0, renewals: 0 };
  let lastError: string | null = null;
  let timer: { cancel(): void } | null = null;
  let isClosed = false;
  /** Null only when a broken file was moved aside and a new one could not be begun. */
  let file: TraceFile | null = openFile();

  function openFile(): TraceFile {
    const opened = openTraceFile({
      path,
      nowMs: clock.now(),
      writer: { maxPartLength: options.maxPartLength ?? 1_000_000, redactJson: options.redactJson },
      retention: { ...defaultRetention, ...options.retention },
    });
    counters.runs = opened.countRuns();
    return opened;
  }

  /** Reads and changes the file; when it turns out to be broken a new one is begun and tried once. */
  function useFile<Result>(action: string, use: (file: TraceFile) => Result): Result {
    try {
      try {
        return use(getFile());
      } catch (thrown) {
        if (!isCorruption(thrown)) throw thrown;
        dropFile();
        return use(getFile());
      }
    } catch (thrown) {
      throw toStoreError(thrown, `${action} in ${path}`);
    }
  }

  function getFile(): TraceFile {
    file ??= openFile();
    return file;
  }

  function dropFile(): void {
    counters.renewals += 1;
    file?.close();
    file = null;
    moveAside(path);
  }

  function scheduleFlush(delayMs: number): void {
    if (timer !== null || isClosed) return;
    timer = clock.startTimer(delayMs, () => {
      timer = null;
      const isWritten = writeSome(Math.max(maxPartsPerFlush, Math.ceil(queue.size / slicesOfBacklog)));
      if (queue.size > 0) scheduleFlush(isWritten ? flushIntervalMs / slicesPerInterval : waitAfterFailureMs);
    });
  }

  /** False when the file refused; the parts are then back in the queue, whose bound decides what is lost. */
  function writeSome(limit: number): boolean {
    const parts = queue.take(limit);
    if (parts.length === 0) return true;
    try {
      const newRuns = useFile('write traces', (used) => used.write(parts));
      counters.runs += newRuns;
      lastError = null;
      return true;
    } catch (thrown) {
      lastError = toStoreError(thrown, `write traces in ${path}`).message;
      if (isRefusalOfFile(thrown)) queue.giveBack(parts);
      else writeSingly(parts);
      return false;
    }
  }

  /** One of the parts cannot be written out at all: the others need not go with it. */
  function writeSingly(parts: readonly TracePart[]): void {
    for (const part of parts) {
      try {
        const newRuns = useFile('write a trace', (used) => used.write([part]));
        counters.runs += newRuns;
      } catch (thrown) {
        lastError = toStoreError(thrown, `write a trace in ${path}`).message;
        counters.unwritableParts += 1;
      }
    }
  }

  function flush(): void {
    while (queue.size > 0 && writeSome(queue.size));
  }

  return {
    append: (part) => {
      queue.push(part);
      scheduleFlush(flushIntervalMs);
    },
    flush,
    getRun: (runId) => {
      flush();
      return useFile('read a run', ({ reader }) => reader.getRun(runId));
    },
    listRuns: (listing) => {
      flush();
      return useFile('list runs', ({ reader }) => reader.listRuns(listing));
    },
    search: (text, limit) => useFile('search runs', ({ reader }) => reader.search(text, limit)),
    indexPending: (limit) => useFile('index runs', ({ indexer }) => indexer.indexPending(limit)),
    prune: (limit = defaultPruneLimit) => {
      const removed = useFile('prune runs', (used) => used.prune({ nowMs: clock.now(), runCount: counters.runs, limit }));
      counters.runs -= removed;
      return removed;
    },
    isBehind: () => lastError === null && (queue.size > maxPendingParts / 2 || queue.sizeBytes > maxPendingBytes / 2),
    counts: () => ({
      ...counters,
      pendingParts: queue.size,
      pendingBytes: queue.sizeBytes,
      unindexedParts: useFile('count runs', ({ indexer }) => indexer.countPending()),
      drops: queue.drops,
      lastError,
    }),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      timer?.cancel();
      flush();
      file?.close();
    },
  };
}
