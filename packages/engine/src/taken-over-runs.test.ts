import { expect, test } from 'vitest';
import { createTakenOverMessage, type HeldMessage } from './held-message.ts';
import type { LedgerEntry, RawMessage, TakenOverPage } from './ports/ledger.ts';
import { createTakenOverRuns, type TakenOverRuns } from './taken-over-runs.ts';

type TakenOver = LedgerEntry & { readonly raw: RawMessage };

function takenOver(id: number, sizeBytes: number): TakenOver {
  return {
    id,
    key: { brokerHost: 'b', destination: 'd', messageId: `m${id}` },
    runId: `r${id}`,
    flowId: 'f',
    reply: 'confirmed',
    run: 'running',
    savedReply: null,
    starts: 1,
    crashes: 0,
    uncleanEnds: 0,
    deliveries: 1,
    takenOver: true,
    receivedAtMs: 1,
    raw: { headers: {}, body: new Uint8Array(sizeBytes) },
  };
}

interface Bench {
  readonly runs: TakenOverRuns;
  readonly held: Map<number, HeldMessage>;
  readonly begun: number[];
  readonly pages: TakenOverPage[];
  /** The run of this entry is over. */
  finish(id: number): void;
}

function createBench(count: number, sizeBytes = 1): Bench {
  const stored = new Map(Array.from({ length: count }, (_, index) => [index + 1, takenOver(index + 1, sizeBytes)]));
  const held = new Map<number, HeldMessage>();
  const begun: number[] = [];
  const pages: TakenOverPage[] = [];
  const ignore = () => undefined;
  const runs = createTakenOverRuns({
    ledger: {
      resumeTakenOver: (page) => {
        pages.push(page);
        return [...stored.values()].filter(({ id }) => id > page.afterId).slice(0, page.limit);
      },
    },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore, isEnabled: () => true },
    held,
    begin: ({ entry }) => begun.push(entry.id),
  });
  return {
    runs,
    held,
    begun,
    pages,
    finish: (id) => {
      stored.delete(id);
      held.delete(id);
    },
  };
}

test('[L13] no more detached runs are taken up than there is room for; the rest follow as others end', () => {
  const { runs, held, begun, finish } = createBench(2500);
  runs.resume();
  expect(held.size).toBe(1000);
  runs.goOn();
  expect(held.size).toBe(1000);
  for (let id = 1; id <= 600; id += 1) finish(id);
  runs.goOn();
  expect(held.size).toBe(1000);
  for (let id = 1; id <= 2500; id += 1) {
    finish(id);
    runs.goOn();
  }
  expect(begun).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1));
});

test('[L13] large messages are taken up in smaller numbers', () => {
  const { runs, held } = createBench(400, 1_000_000);
  runs.resume();
  expect(held.size).toBeLessThanOrEqual(164);
});

test('[L13] when all are taken up the ledger is not asked again, until a deploy', () => {
  const { runs, pages, begun } = createBench(3);
  runs.resume();
  const asked = pages.length;
  runs.goOn();
  expect(pages.length).toBe(asked);
  runs.resume();
  expect(pages.length).toBeGreaterThan(asked);
  expect(begun).toEqual([1, 2, 3]);
});

test('[L13] a message that is in hand for its reply only, redelivered before its run was taken up, has its run taken up behind it', () => {
  const { runs, held, begun } = createBench(3);
  const redelivered = createTakenOverMessage(takenOver(2, 1));
  redelivered.isRunOver = true;
  held.set(2, redelivered);
  runs.resume();
  expect(begun).toEqual([1, 3]);
  runs.goOn();
  expect(begun).toEqual([1, 3]);
  held.delete(2);
  runs.goOn();
  runs.goOn();
  expect(begun).toEqual([1, 3, 2]);
});
