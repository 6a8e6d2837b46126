import type { DebugLine, RunsBatch } from '@wirebook/api';
import { expect, test } from 'vitest';
import { makeRunRow } from '../trace/run-row.stand-in.ts';
import { createLiveStore } from './live-store.ts';

let seq = 0;

function makeBatch(parts: Partial<RunsBatch>): RunsBatch {
  seq += 1;
  return { bootId: 'boot', seq, rows: [], lines: [], dropped: { rows: 0, lines: 0 }, ...parts };
}

function makeLine(number: number): DebugLine {
  const rest = { runId: 'r1', flowId: 'f', flowName: 'F', nodeId: 'n', level: 'print', label: 'x', text: 'x', sizeBytes: 1 } as const;
  return { seq: number, atMs: number, ...rest };
}

const row = (runId: string, startedAtMs: number) => makeRunRow({ runId, startedAtMs });
const idsOf = (store: ReturnType<typeof createLiveStore>) => store.getState().rows.map(({ head }) => head.runId);

test('[T13] a run has one row with its newest state, and new runs stand above', () => {
  const store = createLiveStore();
  store.take(makeBatch({ rows: [{ ...row('r1', 1), status: 'running' }] }));
  store.take(makeBatch({ rows: [row('r2', 2), row('r1', 1)] }));
  expect(idsOf(store)).toEqual(['r2', 'r1']);
  expect(store.getState().rows[1]?.status).toBe('succeeded');
});

test('[T13] a batch is one piece of news', () => {
  const store = createLiveStore();
  let told = 0;
  store.subscribe(() => {
    told += 1;
  });
  store.take(makeBatch({ rows: [row('r1', 1), row('r2', 2)], lines: [makeLine(1)], dropped: { rows: 1, lines: 0 } }));
  expect(told).toBe(1);
});

test('[T14] nothing is lost in a pause: it is counted, and shown when the list goes on', () => {
  const store = createLiveStore();
  store.take(makeBatch({ rows: [{ ...row('r1', 1), status: 'running' }], lines: [makeLine(1)] }));
  store.pause();
  const { rows } = store.getState();
  store.take(makeBatch({ rows: [row('r2', 2)], lines: [makeLine(2)] }));
  store.take(makeBatch({ rows: [row('r2', 2), row('r1', 1)], lines: [makeLine(3)] }));
  expect(store.getState().rows).toBe(rows);
  expect(store.getState()).toMatchObject({ isPaused: true, pausedCount: 2, pausedLineCount: 2 });
  store.resume();
  expect(idsOf(store)).toEqual(['r2', 'r1']);
  expect(store.getState()).toMatchObject({ isPaused: false, pausedCount: 0, pausedLineCount: 0 });
  expect(store.getState().rows[1]?.status).toBe('succeeded');
  expect(store.getState().lines.map(({ seq: number }) => number)).toEqual([1, 2, 3]);
});

test('[T15] what the server did not send and what did not fit here are counted together', () => {
  const store = createLiveStore();
  store.take(makeBatch({ dropped: { rows: 5, lines: 2 } }));
  store.take(makeBatch({ rows: Array.from({ length: 2300 }, (_, index) => row(`r${index}`, index)) }));
  expect(store.getState().rows).toHaveLength(2000);
  expect(store.getState().rows[0]?.head.runId).toBe('r2299');
  expect(store.getState().dropped).toEqual({ rows: 305, lines: 2 });
  store.take(makeBatch({ lines: Array.from({ length: 5200 }, (_, index) => makeLine(index)) }));
  expect(store.getState().lines).toHaveLength(5000);
  expect(store.getState().dropped).toEqual({ rows: 305, lines: 202 });
});

test('[T15] a long pause is bounded too, and what it had to let go is counted', () => {
  const store = createLiveStore();
  store.pause();
  for (let round = 0; round < 30; round += 1) {
    store.take(makeBatch({ rows: Array.from({ length: 100 }, (_, index) => row(`r${round}-${index}`, round * 100 + index)) }));
  }
  expect(store.getState().pausedCount).toBe(2000);
  expect(store.getState().dropped.rows).toBe(1000);
  store.resume();
  expect(store.getState().rows).toHaveLength(2000);
});

test('[T15] what is cleared is gone, and what comes after is shown', () => {
  const store = createLiveStore();
  store.take(makeBatch({ rows: [row('r1', 1)], lines: [makeLine(1)], dropped: { rows: 0, lines: 4 } }));
  store.clearLines();
  expect(store.getState()).toMatchObject({ lines: [], dropped: { rows: 0, lines: 0 } });
  expect(idsOf(store)).toEqual(['r1']);
  store.take(makeBatch({ lines: [makeLine(2)] }));
  expect(store.getState().lines).toHaveLength(1);
  store.clear();
  expect(store.getState()).toMatchObject({ rows: [], lines: [] });
});

test('[T16] a reconnect asks for what came after the last batch of this server', async () => {
  const { watchLiveRuns } = await import('./watch-live-runs.ts');
  const store = createLiveStore();
  let body: () => object = () => ({});
  let hear: (batch: RunsBatch) => void = () => undefined;
  const stop = watchLiveRuns(
    {
      on: (_event, listener) => {
        hear = listener as typeof hear;
        return () => {
          hear = () => undefined;
        };
      },
      watch: (_topic, ask) => {
        body = ask;
        return () => undefined;
      },
    },
    store,
  );
  expect(body()).toEqual({});
  hear(makeBatch({ bootId: 'b7', seq: 41 }));
  expect(body()).toEqual({ after: 41, bootId: 'b7' });
  stop();
  hear(makeBatch({ bootId: 'b8', seq: 1 }));
  expect(body()).toEqual({ after: 41, bootId: 'b7' });
});
