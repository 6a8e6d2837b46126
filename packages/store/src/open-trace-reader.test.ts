import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeClock } from '@wirebook/testkit';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTraceReader, type ReadOnlyTraces } from './open-trace-reader.ts';
import { makePart, type PartOptions } from './trace-part-sample.ts';
import { openTraceStore, type TraceStore } from './trace-store.ts';

let folder: string;
let path: string;
let store: TraceStore;
let reader: ReadOnlyTraces;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-reader-'));
  path = join(folder, 'trace.db');
  store = openTraceStore({ path, clock: createFakeClock() });
  const opened = openTraceReader({ path });
  if (opened === undefined) throw new Error('the file is there');
  reader = opened;
});
afterEach(async () => {
  reader.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(...parts: PartOptions[]): void {
  for (const part of parts) store.append(makePart(part));
  store.flush();
}

const idsOf = (options: Partial<Parameters<ReadOnlyTraces['findRuns']>[0]>) =>
  reader.findRuns({ limit: 100, ...options }).runs.map(({ head }) => head.runId);

test('[T13] a reader beside the writer sees what was written, newest first, in pages', () => {
  write(
    { runId: 'a', outcome: 'succeeded', startedAtMs: 1000 },
    { runId: 'b', outcome: 'failed', startedAtMs: 2000 },
    { runId: 'c', outcome: null, startedAtMs: 2000 },
    { runId: 'd', outcome: 'succeeded', startedAtMs: 3000, flowId: 'other' },
  );
  expect(idsOf({})).toEqual(['d', 'c', 'b', 'a']);
  expect(idsOf({ limit: 2 })).toEqual(['d', 'c']);
  expect(idsOf({ before: { startedAtMs: 2000, runId: 'c' } })).toEqual(['b', 'a']);
  expect(idsOf({ status: 'running' })).toEqual(['c']);
  expect(idsOf({ status: 'failed' })).toEqual(['b']);
  expect(idsOf({ flowId: 'lookup', incidentId: 2095, status: 'succeeded' })).toEqual(['a']);
  expect(idsOf({ incidentId: 1 })).toEqual([]);
  expect(reader.getRun('b')).toMatchObject({ outcome: 'failed', errorCode: 'HTTP_STATUS' });
  expect([reader.findRun('b')?.head.runId, reader.findRun('none')]).toEqual(['b', undefined]);
  expect(reader.findLastRuns(['lookup', 'other', 'none']).map(({ head }) => head.runId)).toEqual(['c', 'd']);
});

test.each([0, 1, 10])('[T14] runs are found by node and by words, also those of which only %i parts are indexed', (indexed) => {
  write(
    { runId: 'a', outcome: 'succeeded', startedAtMs: 1000, log: 'Überweisung an Müller' },
    { runId: 'b', outcome: 'failed', startedAtMs: 2000, value: { model: 'Nexus-6' } },
  );
  store.indexPending(indexed);
  expect(idsOf({ nodeId: 'n1' })).toEqual(['b', 'a']);
  expect(idsOf({ nodeId: 'n' })).toEqual([]);
  expect(idsOf({ nodeId: '%' })).toEqual([]);
  expect(idsOf({ text: 'überweis mull' })).toEqual(['a']);
  expect(idsOf({ text: 'nexus' })).toEqual(['b']);
  expect(idsOf({ text: 'nexus zebra' })).toEqual([]);
  expect(idsOf({ text: '  ' })).toEqual(['b', 'a']);
  expect(idsOf({ text: '"' })).toEqual([]);
  expect(reader.findRuns({ limit: 1, text: 'nexus' }).isIncomplete).toBe(false);
});

test('[T14] too many parts without an index make a search incomplete, and it says so', () => {
  write(...Array.from({ length: 1001 }, (_, index) => ({ runId: `r${index}`, outcome: 'succeeded', startedAtMs: index }) as const));
  expect(reader.findRuns({ limit: 5, text: 'nothing-like-it' })).toEqual({ runs: [], isIncomplete: true });
});

test('[T15] a reader changes nothing: without a file of the present schema there is none, and a newer one is refused', () => {
  expect(openTraceReader({ path: join(folder, 'absent.db') })).toBeUndefined();
  const old = new Database(join(folder, 'old.db'));
  expect(openTraceReader({ path: join(folder, 'old.db') })).toBeUndefined();
  old.pragma('user_version = 99');
  old.close();
  expect(() => openTraceReader({ path: join(folder, 'old.db') })).toThrow(expect.objectContaining({ code: 'STORE_VERSION_NEWER' }));
});
