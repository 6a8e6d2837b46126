import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TracePart } from '@wirebook/engine';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePart, type PartOptions } from './trace-part-sample.ts';
import { type OpenTraceStoreOptions, openTraceStore, type TraceStore } from './trace-store.ts';

let folder: string;
let path: string;
let store: TraceStore;
let nowMs: number;
let timers: { atMs: number; onTime: () => void }[];

const clock: OpenTraceStoreOptions['clock'] = {
  now: () => nowMs,
  startTimer: (delayMs, onTime) => {
    const timer = { atMs: nowMs + delayMs, onTime };
    timers.push(timer);
    return {
      cancel: () => {
        timers = timers.filter((other) => other !== timer);
      },
    };
  },
};

function advance(ms: number): void {
  const endMs = nowMs + ms;
  for (let next = dueBefore(endMs); next !== undefined; next = dueBefore(endMs)) {
    const timer = next;
    timers = timers.filter((other) => other !== timer);
    nowMs = timer.atMs;
    timer.onTime();
  }
  nowMs = endMs;
}

function dueBefore(endMs: number) {
  return timers.filter((timer) => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
}

function open(options: Partial<OpenTraceStoreOptions> = {}): TraceStore {
  return openTraceStore({ path, clock, ...options });
}

async function reopen(options: Partial<OpenTraceStoreOptions> = {}): Promise<void> {
  await store.close();
  store = open(options);
}

function append(...parts: PartOptions[]): void {
  for (const part of parts) store.append(makePart(part));
}

function countRows(table: string): unknown {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  } finally {
    database.close();
  }
}

function runIds(runs: readonly { head: { runId: string } }[]): string[] {
  return runs.map(({ head }) => head.runId);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-trace-'));
  path = join(folder, 'trace.db');
  nowMs = 1_000_000;
  timers = [];
  store = open();
});

afterEach(async () => {
  await store.close();
  expect(timers).toEqual([]);
  rmSync(folder, { recursive: true });
});

test('[T16] the store is behind when half of what may wait does, and no more once it is written', async () => {
  await reopen({ maxPendingParts: 10 });
  for (let index = 0; index < 5; index += 1) append({ runId: `r${index}`, outcome: 'succeeded' });
  expect(store.isBehind()).toBe(false);
  append({ runId: 'r5', outcome: 'succeeded' });
  expect(store.isBehind()).toBe(true);
  store.flush();
  expect(store.isBehind()).toBe(false);
});

test('[T1] a part waits in memory until the timer writes it, and there is no timer when nothing waits', () => {
  expect(timers).toEqual([]);
  append({ runId: 'a', outcome: 'succeeded' });
  expect([countRows('runs'), store.counts().pendingParts]).toEqual([0, 1]);
  advance(99);
  expect(countRows('runs')).toBe(0);
  advance(1);
  expect([countRows('runs'), store.counts().pendingParts, timers.length]).toEqual([1, 0, 0]);
});

test('[T1] many parts are written in slices, so that none holds the process for long', async () => {
  await reopen({ maxPartsPerFlush: 10 });
  for (let index = 0; index < 25; index += 1) append({ runId: `r${index}`, outcome: 'succeeded' });
  advance(100);
  expect(countRows('runs')).toBe(10);
  advance(10);
  expect(countRows('runs')).toBe(20);
  advance(10);
  expect(countRows('runs')).toBe(25);
});

test('[T1] reading and closing write what waits', async () => {
  append({ runId: 'a', outcome: 'succeeded' });
  expect(store.getRun('a')?.outcome).toBe('succeeded');
  append({ runId: 'b', outcome: 'succeeded' });
  await reopen();
  expect(runIds(store.listRuns({ limit: 10 }))).toEqual(['b', 'a']);
});

test('[T2] a run reads back whole: two attempts in three parts, and the bytes of its trigger', () => {
  const triggerBody = Uint8Array.from({ length: 256 }, (_, index) => index);
  const parts = [
    makePart({ runId: 'a', outcome: null, triggerBody }),
    makePart({ runId: 'a', outcome: null, attempt: 2 }),
    makePart({ runId: 'a', outcome: 'failed', attempt: 2, startedAtMs: 5000 }),
  ];
  for (const part of parts) store.append(part);
  const run = store.getRun('a');
  expect({ ...run, triggerBody: [...(run?.triggerBody ?? [])] }).toEqual({
    head: parts[0]?.head,
    attempts: 2,
    outcome: 'failed',
    errorCode: 'HTTP_STATUS',
    finishedAtMs: 5003,
    sizeBytes: expect.any(Number),
    events: parts.flatMap((part) => part.events),
    triggerBody: [...triggerBody],
    triggerHeaders: { 'message-id': 'ID:a' },
  });
  expect(store.getRun('nobody')).toBeUndefined();
});

test('[T3] the trigger body is kept once a run, byte for byte', () => {
  for (const runId of ['a', 'b']) append({ runId, outcome: null, triggerBody: Buffer.from(`body of ${runId}`) });
  for (const runId of ['a', 'b']) append({ runId, attempt: 2, outcome: 'succeeded', triggerBody: null });
  store.flush();
  expect(countRows('payloads')).toBe(2);
  expect(['a', 'b'].map((id) => String(store.getRun(id)?.triggerBody))).toEqual(['body of a', 'body of b']);
});

test('[T4] what the memory could not hold is told with the counts', async () => {
  await reopen({ maxPendingParts: 4 });
  for (let index = 0; index < 5; index += 1) append({ runId: `r${index}`, outcome: 'succeeded' });
  expect(store.counts()).toMatchObject({ pendingParts: 3, drops: { payloads: 0, succeededRuns: 2, unfinishedRuns: 0, failedRuns: 0 } });
});

test('[T5] runs are listed newest first, in pages without gap or repeat even inside one millisecond', () => {
  for (let index = 0; index < 10; index += 1)
    append({ runId: `r${index}`, outcome: 'succeeded', startedAtMs: 1000 + Math.floor(index / 4) });
  const pages: string[][] = [];
  let last: { beforeMs?: number; beforeRunId?: string } = {};
  for (;;) {
    const page = store.listRuns({ limit: 3, ...last });
    const end = page.at(-1);
    if (end === undefined) break;
    pages.push(runIds(page));
    last = { beforeMs: end.head.startedAtMs, beforeRunId: end.head.runId };
  }
  expect(pages).toEqual([['r9', 'r8', 'r7'], ['r6', 'r5', 'r4'], ['r3', 'r2', 'r1'], ['r0']]);
  expect(runIds(store.listRuns({ limit: 10, beforeMs: 1001 }))).toEqual(['r3', 'r2', 'r1', 'r0']);
});

test('[T5] the list may be narrowed to a flow, an outcome or both', () => {
  append({ runId: 'a', outcome: 'succeeded', flowId: 'f1' }, { runId: 'b', outcome: 'failed', flowId: 'f1' });
  append({ runId: 'c', outcome: 'failed', flowId: 'f2' }, { runId: 'd', outcome: null, flowId: 'f2' });
  expect(runIds(store.listRuns({ limit: 10, flowId: 'f1' }))).toEqual(['b', 'a']);
  expect(runIds(store.listRuns({ limit: 10, outcome: 'failed' }))).toEqual(['c', 'b']);
  expect(runIds(store.listRuns({ limit: 10, flowId: 'f2', outcome: 'failed' }))).toEqual(['c']);
});

test('[T6] a search finds runs by words of head, trigger, values, errors and logs once they are indexed', () => {
  append({ runId: 'a', outcome: 'failed', log: 'Ünïcode warning', value: { host: 'evil.example', note: 'be quick' } });
  append({ runId: 'b', outcome: 'succeeded', triggerBody: Buffer.from('{"ip":"10.1.2.3"}') });
  store.flush();
  expect(store.search('evil', 10)).toEqual([]);
  expect([store.indexPending(1), store.indexPending(10), store.indexPending(10)]).toEqual([1, 1, 0]);
  const found = (text: string) => runIds(store.search(text, 10));
  expect(found('lookup_model_by_id')).toEqual(['b', 'a']);
  expect(found('evil.example')).toEqual(['a']);
  expect(found('10.1.2.3')).toEqual(['b']);
  expect(found('HTTP_STATUS 503')).toEqual(['a']);
  expect(found('unicode WARN')).toEqual(['a']);
  expect(found('quick nowhere')).toEqual([]);
  expect(found('ID:b')).toEqual(['b']);
});

test('[T6] nothing in a search text is an operator', () => {
  append({ runId: 'a', outcome: 'succeeded', log: 'cats and dogs' });
  store.flush();
  store.indexPending(10);
  for (const text of ['"', '*', 'cats OR mice', 'cats NOT dogs', 'text:cats', 'NEAR(cats dogs)', '', "'; DROP TABLE runs; --"]) {
    expect(store.search(text, 10), text).toEqual([]);
  }
  for (const text of ['cats" (dogs)', '^cats']) expect(runIds(store.search(text, 10)), text).toEqual(['a']);
});

test('[T7] indexing goes on where it stopped, after a new start and after everything was removed', async () => {
  append({ runId: 'a', outcome: 'succeeded' });
  store.flush();
  store.indexPending(10);
  append({ runId: 'b', outcome: 'succeeded' });
  await reopen({ retention: { maxAgeMs: 10 } });
  expect(store.counts().unindexedParts).toBe(1);
  expect(store.indexPending(10)).toBe(1);
  expect([store.prune(), store.counts().runs]).toEqual([2, 0]);
  append({ runId: 'c', outcome: 'succeeded' });
  store.flush();
  expect(store.indexPending(10)).toBe(1);
  expect(runIds(store.search('model', 10))).toEqual(['c']);
  expect(countRows('steps')).toBe(1);
});

test('[T8] runs go by age, failed ones later, with all that belongs to them', async () => {
  await reopen({ retention: { maxAgeMs: 1000, failureMaxAgeMs: 5000 } });
  const ages = { old: nowMs - 6000, middle: nowMs - 2000, young: nowMs - 500 };
  for (const [age, startedAtMs] of Object.entries(ages)) {
    for (const outcome of ['succeeded', 'failed', 'cancelled', 'timed-out', null] as const) {
      append({ runId: `${age}-${outcome}`, outcome, startedAtMs, triggerBody: Buffer.from('shared') });
    }
  }
  store.flush();
  store.indexPending(100);
  expect(store.prune()).toBe(8);
  expect(runIds(store.listRuns({ limit: 100 })).sort()).toEqual([
    'middle-failed',
    'middle-timed-out',
    'young-cancelled',
    'young-failed',
    'young-null',
    'young-succeeded',
    'young-timed-out',
  ]);
  expect([countRows('run_parts'), countRows('steps'), countRows('payloads')]).toEqual([7, 7, 7]);
  expect(store.search('model', 100)).toHaveLength(7);
  nowMs += 10_000;
  expect(store.prune()).toBe(7);
  expect([countRows('run_parts'), countRows('steps'), countRows('payloads')]).toEqual([0, 0, 0]);
});

test('[T8] too many runs: the oldest successful ones go, failed ones only when no others are left, at most limit in one call', async () => {
  await reopen({ retention: { maxRuns: 3 } });
  append({ runId: 'bad0', outcome: 'failed', startedAtMs: nowMs - 900 }, { runId: 'bad1', outcome: 'failed', startedAtMs: nowMs - 800 });
  for (let index = 0; index < 6; index += 1) append({ runId: `ok${index}`, outcome: 'succeeded', startedAtMs: nowMs - 100 + index });
  store.flush();
  expect([store.prune(2), store.prune(2), store.prune(2), store.prune(2)]).toEqual([2, 2, 1, 0]);
  expect(runIds(store.listRuns({ limit: 10 }))).toEqual(['ok5', 'bad1', 'bad0']);
  append({ runId: 'bad2', outcome: 'failed', startedAtMs: nowMs }, { runId: 'bad3', outcome: 'failed', startedAtMs: nowMs });
  store.flush();
  expect(store.prune()).toBe(2);
  expect(runIds(store.listRuns({ limit: 10 }))).toEqual(['bad3', 'bad2', 'bad1']);
});

test('[T8] too many bytes: runs go until what is left fits, failed ones last', async () => {
  await reopen({ retention: { maxBytes: 2_000_000 } });
  append({ runId: 'bad', outcome: 'failed', startedAtMs: nowMs - 900 });
  for (let index = 0; index < 200; index += 1) {
    append({ runId: `r${index}`, outcome: 'succeeded', startedAtMs: nowMs - 500 + index, triggerBody: Buffer.alloc(20_000, index) });
  }
  store.flush();
  const removed = store.prune(1000);
  expect(removed).toBeGreaterThan(50);
  expect(removed).toBeLessThan(200);
  expect(store.getRun('bad')).toBeDefined();
  expect(store.getRun('r199')).toBeDefined();
  expect(store.prune(1000)).toBe(0);
});

test('[T9] a file that is no database is moved aside and a new one begun', async () => {
  await store.close();
  writeFileSync(path, 'this is a text file, and long enough to be read as a header of a database file, which it is not at all');
  store = open();
  append({ runId: 'a', outcome: 'succeeded' });
  expect(store.getRun('a')).toBeDefined();
  expect(readFileSync(`${path}.corrupt`, 'utf8')).toContain('this is a text file');
});

test('[T9] a file found broken while it is open is moved aside; what waited is written into the new one', async () => {
  for (let index = 0; index < 200; index += 1) append({ runId: `r${index}`, outcome: 'succeeded', triggerBody: Buffer.alloc(5000, index) });
  await reopen();
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096 * 2);
  writeFileSync(path, bytes);
  append({ runId: 'after', outcome: 'succeeded' });
  expect(store.getRun('after')?.outcome).toBe('succeeded');
  expect(store.getRun('r1')).toBeUndefined();
  expect(store.counts()).toMatchObject({ renewals: 1, runs: 1, lastError: null });
  expect(existsSync(`${path}.corrupt`)).toBe(true);
});

test('[T9] a file of a newer version is refused and stays', async () => {
  await store.close();
  const database = new Database(path);
  database.pragma('user_version = 99');
  database.close();
  expect(() => open()).toThrow(expect.objectContaining({ code: 'STORE_VERSION_NEWER' }));
  expect(existsSync(`${path}.corrupt`)).toBe(false);
  rmSync(path);
  store = open();
});

test('[T10, T16] what the file refuses is shown, kept and written when it takes again, and holds nobody up', async () => {
  await reopen({ maxPendingParts: 16 });
  const blocker = new Database(path);
  blocker.exec('ALTER TABLE runs RENAME TO hidden');
  append({ runId: 'a', outcome: 'succeeded' });
  advance(100);
  expect(store.counts()).toMatchObject({ pendingParts: 1, lastError: expect.stringContaining(`could not write traces in ${path}: `) });
  for (let index = 0; index < 8; index += 1) append({ runId: `more-${index}`, outcome: 'succeeded' });
  expect(store.isBehind()).toBe(false);
  blocker.exec('ALTER TABLE hidden RENAME TO runs');
  blocker.close();
  advance(1999);
  expect(store.counts().pendingParts).toBe(9);
  advance(1);
  expect(store.counts()).toMatchObject({ pendingParts: 0, lastError: null, runs: 9 });
});

test('[T10] a part that cannot be written out is counted and takes no other with it', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const bad = { ...makePart({ runId: 'bad', outcome: 'succeeded' }), events: [circle] } as unknown as TracePart;
  append({ runId: 'a', outcome: 'succeeded' });
  store.append(bad);
  append({ runId: 'b', outcome: 'succeeded' });
  expect(runIds(store.listRuns({ limit: 10 }))).toEqual(['b', 'a']);
  expect(store.counts()).toMatchObject({ unwritableParts: 1, pendingParts: 0, lastError: expect.stringContaining('circular') });
});

test('[T11] a part that is too long has its values cut and says so', async () => {
  await reopen({ maxPartLength: 5000 });
  append({ runId: 'a', outcome: 'succeeded', value: { text: 'x'.repeat(100_000) }, log: 'y'.repeat(100_000) });
  const run = store.getRun('a');
  expect(run?.events.map((event) => event.type)).toEqual(makePart({ runId: 'a', outcome: 'succeeded' }).events.map((event) => event.type));
  expect(run?.events.find((event) => event.type === 'step.emitted')).toMatchObject({ output: { truncated: true, sizeBytes: 100_011 } });
  expect(run?.sizeBytes).toBeLessThan(5000);
});

test('[T12] events, headers and trigger go through the redaction before they are stored', async () => {
  await reopen({ redactJson: (json) => json.replaceAll('s3cret', '[gone]') });
  append({ runId: 's3cret', outcome: 'succeeded', log: 'is s3cret', triggerBody: Buffer.from('{"k":"s3cret"}') });
  const run = store.getRun('s3cret');
  expect(JSON.stringify(run?.events)).toContain('is [gone]');
  expect(run?.triggerHeaders).toEqual({ 'message-id': 'ID:[gone]' });
  expect(String(run?.triggerBody)).toBe('{"k":"[gone]"}');
});
