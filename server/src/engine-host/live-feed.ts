import type { StepLine, TracePart, TraceSink } from '@wirebook/engine';
import type { CircuitNews } from '../outbound/host-circuits.ts';
import type { CircuitNewsOfNode, EngineBatch, NodeNews } from './engine-channel.ts';
import { toLineText } from './line-text.ts';
import { applyPart, createLiveRun, type LiveRun, type NodeWatch, toRow } from './live-run.ts';

export interface LiveFeedOptions {
  /** Called when there is something to take, again only after it was taken. */
  readonly onNews: () => void;
  /** Hears of each try of a call outside. */
  readonly onCall?: ((call: { readonly url: string; readonly status: number | null; readonly code: string | null }) => void) | undefined;
  readonly maxRows?: number;
  readonly maxLines?: number;
}

/** Collects what browsers are shown live: bounded, and without writing out what is never sent. */
export interface LiveFeed {
  /** The sink that hands each part on and looks at it. */
  watch(sink: TraceSink, redactJson: (json: string) => string): TraceSink;
  addLine(line: StepLine): void;
  addCircuit(news: CircuitNews): void;
  /** All that is new; null when nothing is. */
  take(): EngineBatch | null;
}

interface NodeDraft {
  state: NodeNews['state'];
  atMs: number;
  okCount: number;
  failedCount: number;
  lastError: string | null;
}

/** Of one batch; at 20 batches a second far more than a person can follow. */
const mostRows = 1000;
const mostLines = 200;
/** JSON of printed values that one batch writes out, in UTF-16 units. */
const longestLines = 1_000_000;

export function createLiveFeed(options: LiveFeedOptions): LiveFeed {
  const { maxRows = mostRows, maxLines = mostLines } = options;
  /** Runs that are not over, for as long as they run. */
  const running = new Map<string, LiveRun>();
  const changed = new Map<string, LiveRun>();
  let lines: StepLine[] = [];
  const nodes = new Map<string, Map<string, NodeDraft>>();
  /** By node and host: the newest counts. */
  const circuits = new Map<string, CircuitNewsOfNode>();
  const dropped = { rows: 0, lines: 0 };
  let redactJson: (json: string) => string = () => '""';
  let isAnnounced = false;

  function announce(): void {
    if (isAnnounced) return;
    isAnnounced = true;
    options.onNews();
  }

  function look(part: TracePart): void {
    const { runId, flowId } = part.head;
    const run = running.get(runId) ?? beginRun(part);
    // What comes after the end of a run, such as its settling, is in the trace only.
    if (run === undefined) return;
    applyPart(run, part, toNodeWatch(flowId));
    if (options.onCall !== undefined) for (const event of part.events) if (event.type === 'call.attempted') options.onCall(event);
    if (run.status === 'running') running.set(runId, run);
    else running.delete(runId);
    changed.delete(runId);
    changed.set(runId, run);
    if (changed.size > maxRows) dropOldestRow();
    announce();
  }

  function dropOldestRow(): void {
    const [oldest] = changed.keys();
    if (oldest === undefined) return;
    changed.delete(oldest);
    dropped.rows += 1;
  }

  function toNodeWatch(flowId: string): NodeWatch {
    let ofFlow = nodes.get(flowId);
    if (ofFlow === undefined) {
      ofFlow = new Map();
      nodes.set(flowId, ofFlow);
    }
    const known = ofFlow;
    function change(nodeId: string, state: NodeNews['state'], atMs: number): NodeDraft {
      const draft = known.get(nodeId);
      if (draft === undefined) {
        const made = { state, atMs, okCount: 0, failedCount: 0, lastError: null };
        known.set(nodeId, made);
        return made;
      }
      draft.state = state;
      draft.atMs = atMs;
      return draft;
    }
    return {
      onStarted: (nodeId, atMs) => change(nodeId, 'running', atMs),
      onFinished: (nodeId, atMs) => {
        change(nodeId, 'ok', atMs).okCount += 1;
      },
      onFailed: (nodeId, atMs, reason) => {
        const draft = change(nodeId, 'failed', atMs);
        draft.failedCount += 1;
        draft.lastError = reason;
      },
    };
  }

  function takeLines(): EngineBatch['lines'] {
    const taken = lines;
    lines = [];
    let left = longestLines;
    return taken.flatMap(({ value, ...line }) => {
      if (left <= 0) {
        dropped.lines += 1;
        return [];
      }
      const written = toLineText(value, redactJson);
      left -= written.sizeBytes;
      return [{ ...line, ...written }];
    });
  }

  return {
    watch: (sink, redact) => {
      redactJson = redact;
      return {
        append: (part) => {
          sink.append(part);
          look(part);
        },
      };
    },
    addLine: (line) => {
      if (lines.length >= maxLines) {
        lines.shift();
        dropped.lines += 1;
      }
      lines.push(line);
      announce();
    },
    addCircuit: ({ host, untilMs, callers }) => {
      for (const { flowId, nodeId } of callers) circuits.set(JSON.stringify([flowId, nodeId, host]), { flowId, nodeId, host, untilMs });
      if (callers.length > 0) announce();
    },
    take: () => {
      if (!isAnnounced) return null;
      isAnnounced = false;
      const batch = {
        rows: [...changed.values()].map(toRow),
        lines: takeLines(),
        nodes: [...nodes].flatMap(([flowId, ofFlow]) => [...ofFlow].map(([nodeId, draft]) => ({ flowId, nodeId, ...draft }))),
        circuits: [...circuits.values()],
        dropped: { ...dropped },
      };
      circuits.clear();
      changed.clear();
      nodes.clear();
      dropped.rows = 0;
      dropped.lines = 0;
      return batch;
    },
  };
}

/** Undefined when the beginning of the run was not seen. */
function beginRun(part: TracePart): LiveRun | undefined {
  return part.events.some(({ type }) => type === 'attempt.started') ? createLiveRun(part.head) : undefined;
}
