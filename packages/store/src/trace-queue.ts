import type { TracePart } from '@wirebook/engine';
import type { TracedValue, TraceEvent } from '@wirebook/trace';

/** What was not kept since the store was opened. */
export interface TraceDrops {
  /** Parts that lost their trigger body and the values of their events. */
  readonly payloads: number;
  /** Runs that lost all parts that were waiting; later ones may have been kept. */
  readonly succeededRuns: number;
  /** The same, of runs whose end was not known. */
  readonly unfinishedRuns: number;
  readonly failedRuns: number;
}

type DroppedRuns = Exclude<keyof TraceDrops, 'payloads'>;

export interface TraceQueueOptions {
  readonly maxParts: number;
  /** Counted roughly, without writing the parts out. */
  readonly maxBytes: number;
}

/**
 * Parts on their way to the file, bounded in number and bytes. When it is full, values go first, then successful runs, then runs
 * that have not ended, and failed runs last; always the oldest.
 */
export interface TraceQueue {
  push(part: TracePart): void;
  /** Takes out the oldest parts. */
  take(limit: number): readonly TracePart[];
  /** Puts parts that were taken back in front. */
  giveBack(parts: readonly TracePart[]): void;
  readonly size: number;
  readonly sizeBytes: number;
  readonly drops: TraceDrops;
}

interface Waiting {
  readonly part: TracePart;
  readonly sizeBytes: number;
}

/** Room is made for this share at once, so that an overload does not walk the whole queue for each part. */
const shareAfterDrop = 0.75;
const eventBytes = 120;
const unmeasuredValueBytes = 500;

export function createTraceQueue({ maxParts, maxBytes }: TraceQueueOptions): TraceQueue {
  let waiting: Waiting[] = [];
  let sizeBytes = 0;
  const drops = { payloads: 0, succeededRuns: 0, unfinishedRuns: 0, failedRuns: 0 };

  function makeRoom(): void {
    if (waiting.length <= maxParts && sizeBytes <= maxBytes) return;
    const partsWanted = Math.floor(maxParts * shareAfterDrop);
    const bytesWanted = Math.floor(maxBytes * shareAfterDrop);
    if (sizeBytes > maxBytes) stripUntil(bytesWanted);
    const kinds = findKinds();
    for (const kind of ['succeededRuns', 'unfinishedRuns', 'failedRuns'] as const) {
      if (waiting.length <= maxParts && sizeBytes <= maxBytes) return;
      dropUntil((runId) => kinds.get(runId) === kind, { kind, partsWanted, bytesWanted });
    }
  }

  /** What is known of each run by all of its parts that wait. */
  function findKinds(): ReadonlyMap<string, DroppedRuns> {
    const kinds = new Map<string, DroppedRuns>();
    for (const { part } of waiting) {
      const kind = kindOf(part);
      if (kind !== 'unfinishedRuns' || !kinds.has(part.head.runId)) kinds.set(part.head.runId, kind);
    }
    return kinds;
  }

  function stripUntil(bytesWanted: number): void {
    waiting = waiting.map((item) => {
      if (sizeBytes <= bytesWanted || !hasValues(item.part)) return item;
      const part = stripValues(item.part);
      const stripped = { part, sizeBytes: estimateBytes(part) };
      sizeBytes -= item.sizeBytes - stripped.sizeBytes;
      drops.payloads += 1;
      return stripped;
    });
  }

  /** A run goes whole: what is decided at its first part holds for all. */
  function dropUntil(
    isOfKind: (runId: string) => boolean,
    { kind, partsWanted, bytesWanted }: { kind: DroppedRuns; partsWanted: number; bytesWanted: number },
  ): void {
    const decided = new Map<string, boolean>();
    let left = waiting.length;
    waiting = waiting.filter((item) => {
      const { runId } = item.part.head;
      let isDropped = decided.get(runId);
      if (isDropped === undefined) {
        isDropped = isOfKind(runId) && (left > partsWanted || sizeBytes > bytesWanted);
        decided.set(runId, isDropped);
        if (isDropped) drops[kind] += 1;
      }
      if (!isDropped) return true;
      left -= 1;
      sizeBytes -= item.sizeBytes;
      return false;
    });
  }

  return {
    push: (part) => {
      const partBytes = estimateBytes(part);
      waiting.push({ part, sizeBytes: partBytes });
      sizeBytes += partBytes;
      makeRoom();
    },
    take: (limit) => {
      const taken = limit >= waiting.length ? waiting : waiting.slice(0, limit);
      waiting = limit >= waiting.length ? [] : waiting.slice(limit);
      for (const item of taken) sizeBytes -= item.sizeBytes;
      return taken.map((item) => item.part);
    },
    giveBack: (parts) => {
      const items = parts.map((part) => ({ part, sizeBytes: estimateBytes(part) }));
      for (const item of items) sizeBytes += item.sizeBytes;
      waiting = [...items, ...waiting];
      makeRoom();
    },
    get size() {
      return waiting.length;
    },
    get sizeBytes() {
      return sizeBytes;
    },
    get drops() {
      return { ...drops };
    },
  };
}

function kindOf({ finished }: TracePart): DroppedRuns {
  if (finished === null) return 'unfinishedRuns';
  return isFailure(finished.outcome) ? 'failedRuns' : 'succeededRuns';
}

function isFailure(outcome: NonNullable<TracePart['finished']>['outcome']): boolean {
  return outcome === 'failed' || outcome === 'timed-out';
}

function estimateBytes({ events, triggerBody }: TracePart): number {
  let bytes = eventBytes + (triggerBody?.length ?? 0);
  for (const event of events) {
    bytes += eventBytes;
    if ('output' in event) bytes += estimateValueBytes(event.output);
    else if ('text' in event) bytes += event.text.length;
  }
  return bytes;
}

function estimateValueBytes(output: TracedValue): number {
  if (output.value === undefined) return 0;
  return output.sizeBytes ?? unmeasuredValueBytes;
}

function hasValues({ events, triggerBody }: TracePart): boolean {
  return triggerBody !== null || events.some((event) => 'output' in event && event.output.value !== undefined);
}

function stripValues(part: TracePart): TracePart {
  return { ...part, triggerBody: null, events: part.events.map(stripValue) };
}

function stripValue(event: TraceEvent): TraceEvent {
  if ('output' in event) return { ...event, output: { sizeBytes: event.output.sizeBytes, truncated: true } };
  return event;
}
