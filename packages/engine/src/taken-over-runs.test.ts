import { expect, test } from 'vitest';
import { createTakenOverMessage } from './held-message.ts';
import { createHeldMessages, type HeldMessages } from './held-messages.ts';
import type { LedgerEntry, RawMessage, TakenOverPage } from './ports/ledger.ts';
import { createTakenOverRuns, type TakenOverRuns } from './taken-over-runs.ts';

type TakenOver = LedgerEntry & { readonly raw: RawMessage };

function takenOver(id: number, sizeBytes: number, flowId = 'f'): TakenOver {
  return {
    id,
    key: { brokerHost: 'b', destination: 'd', messageId: `m${id}` },
    runId: `r${id}`,
    flowId,
    reply: 'confirmed',
    run: 'running',
    savedReply: null,
    starts: 1,
    crashes: 0,
    uncleanEnds: 0,
    deliveries: 1,
    takenOver: true,
    owesReply: false,
    dueAtMs: null,
    receivedAtMs: 1,
    raw: { headers: {}, body: new Uint8Array(sizeBytes) },
  };
}

interface Bench {
  readonly runs: TakenOverRuns;
  readonly held: HeldMessages;
  readonly begun: number[];
  readonly pages: TakenOverPage[];
  /** The run of this entry is over. */
  finish(id: number): void;
}

function createBench(count: number, sizeBytes = 1, toFlowId: (id: number) => string = () => 'f'): Bench {
  const stored = new Map(Array.from({ length: count }, (_, index) => [index + 1, takenOver(index + 1, sizeBytes, toFlowId(index + 1))]));
  const held = createHeldMessages();
  const begun: number[] = [];
  const pages: TakenOverPage[] = [];
  const ignore = () => undefined;
  const runs = createTakenOverRuns({
    ledger: {
      listTakenOverFlows: () => [...new Set([...stored.values()].map(({ flowId }) => flowId ?? ''))],
      resumeTakenOver: (page) => {
        pages.push(page);
        return [...stored.values()].filter(({ id, flowId }) => id > page.afterId && flowId === page.flowId).slice(0, page.limit);
      },
    },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore, isEnabled: () => true },
    held,
    begin: ({ entry }) => begun.push(entry.id),
    answer: ignore,
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
  held.add(redelivered);
  runs.resume();
  expect(begun).toEqual([1, 3]);
  runs.goOn();
  expect(begun).toEqual([1, 3]);
  held.delete(2);
  runs.goOn();
  runs.goOn();
  expect(begun).toEqual([1, 3, 2]);
});

test('[L14] the messages of a flow that fill its room leave that of another one free', () => {
  const { runs, begun } = createBench(3001, 1, (id) => (id === 3001 ? 'quick' : 'slow'));
  runs.resume();
  expect([begun.length, begun.includes(3001)]).toEqual([1001, true]);
});

test('[L14] a message that comes while others of its flow wait in the ledger is parked behind them, and taken up in order', () => {
  const { runs, begun, finish } = createBench(1500);
  runs.resume();
  expect([runs.isFull('f'), runs.isFull('other')]).toEqual([true, false]);
  for (let id = 1; id <= 1500; id += 1) {
    finish(id);
    runs.goOnFor('f');
  }
  expect([runs.isFull('f'), begun.length]).toEqual([false, 1500]);
  runs.willPark('f');
  expect(runs.isFull('f')).toBe(true);
  runs.park('f', 1501);
  expect(runs.isFull('f')).toBe(true);
  runs.goOn();
  expect(runs.isFull('f')).toBe(false);
});
