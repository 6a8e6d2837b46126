import type { DebugLine, NodeActivity, RunRow, RunsBatch } from '@wirebook/api';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** Runs and debug lines as they happen; bounded, with what fell out counted. */
interface LiveState {
  /** Newest first, one row a run. */
  readonly rows: readonly RunRow[];
  /** Oldest first. */
  readonly lines: readonly DebugLine[];
  /** What this browser was not sent, or had to let go: it is in the store of the server. */
  readonly dropped: { readonly rows: number; readonly lines: number };
  /** Batches go on arriving and are kept beside the list until it goes on. */
  readonly isPaused: boolean;
  /** Runs that came or changed since the pause. */
  readonly pausedCount: number;
  /** Debug lines that came since the pause. */
  readonly pausedLineCount: number;
  readonly bootId: string | null;
  readonly seq: number;
}

interface LiveActions {
  take(batch: RunsBatch): void;
  pause(): void;
  resume(): void;
  clear(): void;
  /** Forgets the debug lines only. */
  clearLines(): void;
}

export type LiveStore = StoreApi<LiveState> & LiveActions;

const maxRows = 2000;
const maxLines = 5000;

export function createLiveStore(): LiveStore {
  const store = createStore<LiveState>()(() => ({
    rows: [],
    lines: [],
    dropped: { rows: 0, lines: 0 },
    isPaused: false,
    pausedCount: 0,
    pausedLineCount: 0,
    bootId: null,
    seq: 0,
  }));
  const { getState: get, setState: set } = store;
  /** What came while paused; merged into rows like the rest, shown when the list goes on. */
  let waiting: { rows: Map<string, RunRow>; lines: DebugLine[] } = { rows: new Map(), lines: [] };

  /** The state with these shown on top of what is shown; `dropped` counts on. */
  function show(rows: Iterable<RunRow>, lines: readonly DebugLine[], dropped: LiveState['dropped']): Partial<LiveState> {
    const state = get();
    const merged = mergeRows(state.rows, rows);
    const allLines = lines.length === 0 ? state.lines : [...state.lines, ...lines];
    return {
      rows: merged.slice(0, maxRows),
      lines: allLines.length > maxLines ? allLines.slice(-maxLines) : allLines,
      dropped: {
        rows: dropped.rows + Math.max(0, merged.length - maxRows),
        lines: dropped.lines + Math.max(0, allLines.length - maxLines),
      },
    };
  }

  function keep(batch: RunsBatch, dropped: LiveState['dropped']): Partial<LiveState> {
    for (const row of batch.rows) waiting.rows.set(row.head.runId, row);
    waiting.lines.push(...batch.lines);
    const rows = dropOldest(waiting.rows, maxRows);
    const lines = waiting.lines.splice(0, Math.max(0, waiting.lines.length - maxLines)).length;
    return {
      pausedCount: waiting.rows.size,
      pausedLineCount: waiting.lines.length,
      dropped: { rows: dropped.rows + rows, lines: dropped.lines + lines },
    };
  }

  return Object.assign(store, {
    take: (batch: RunsBatch) => {
      const state = get();
      const dropped = { rows: state.dropped.rows + batch.dropped.rows, lines: state.dropped.lines + batch.dropped.lines };
      // One set a batch: each is a drawing.
      const news = state.isPaused ? keep(batch, dropped) : show(batch.rows, batch.lines, dropped);
      set({ bootId: batch.bootId, seq: batch.seq, ...news });
    },
    pause: () => set({ isPaused: true, pausedCount: 0, pausedLineCount: 0 }),
    resume: () => {
      const { rows, lines } = waiting;
      waiting = { rows: new Map(), lines: [] };
      set({ isPaused: false, pausedCount: 0, pausedLineCount: 0, ...show(rows.values(), lines, get().dropped) });
    },
    clear: () => {
      waiting = { rows: new Map(), lines: [] };
      set({ rows: [], lines: [], dropped: { rows: 0, lines: 0 }, pausedCount: 0, pausedLineCount: 0 });
    },
    clearLines: () => {
      waiting.lines = [];
      set({ lines: [], dropped: { rows: get().dropped.rows, lines: 0 }, pausedLineCount: 0 });
    },
  });
}

/** Newest first by the time they began; a run that is there already takes its new state in its place. */
function mergeRows(shown: readonly RunRow[], came: Iterable<RunRow>): RunRow[] {
  const newest = new Map<string, RunRow>();
  for (const row of came) newest.set(row.head.runId, row);
  if (newest.size === 0) return [...shown];
  const kept = shown.map((row) => {
    const update = newest.get(row.head.runId);
    newest.delete(row.head.runId);
    return update ?? row;
  });
  const added = [...newest.values()].sort((left, right) => right.head.startedAtMs - left.head.startedAtMs);
  return [...added, ...kept];
}

function dropOldest(rows: Map<string, RunRow>, limit: number): number {
  let dropped = 0;
  for (const key of rows.keys()) {
    if (rows.size <= limit) break;
    rows.delete(key);
    dropped += 1;
  }
  return dropped;
}

/** What the nodes of the open flow did lately; kept apart from the document, because it changes ten times a second. */
export interface ActivityStore {
  get(nodeId: string): NodeActivity | undefined;
  take(nodes: readonly NodeActivity[]): void;
  clear(): void;
  /** For useSyncExternalStore: told when this node has news. */
  subscribe(nodeId: string, listener: () => void): () => void;
}

export function createActivityStore(): ActivityStore {
  const activities = new Map<string, NodeActivity>();
  const listeners = new Map<string, Set<() => void>>();
  const tell = (nodeId: string) => {
    for (const listener of listeners.get(nodeId) ?? []) listener();
  };
  return {
    get: (nodeId) => activities.get(nodeId),
    take: (nodes) => {
      for (const activity of nodes) activities.set(activity.nodeId, activity);
      for (const { nodeId } of nodes) tell(nodeId);
    },
    clear: () => {
      const known = [...activities.keys()];
      activities.clear();
      for (const nodeId of known) tell(nodeId);
    },
    subscribe: (nodeId, listener) => {
      const set = listeners.get(nodeId) ?? new Set();
      listeners.set(nodeId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(nodeId);
      };
    },
  };
}
