import type { LedgerChange } from '@wirebook/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestLedger, key, reply, type TestLedger, takenOver } from './ledger.stand-in.ts';

let ledger: TestLedger;

beforeEach(() => {
  ledger = createTestLedger();
});

afterEach(() => {
  ledger.remove();
});

function save(entryId: number): LedgerChange {
  return { type: 'reply-saved', entryId, reply, runDone: true };
}

test('[L11] a run that goes on from the ledger keeps its entry open, in the tray or not', () => {
  const { id } = ledger.receiveOne('m1');
  const raw = { headers: {}, body: new Uint8Array(1) };
  ledger.write([
    { type: 'poisoned', entryId: id, key: key('m1'), raw, code: 'C', reason: 'r', atMs: 3, savedReply: null },
    { type: 'reply-saved', entryId: id, reply, runDone: false },
    takenOver(id, raw),
    { type: 'answered', entryId: id, atMs: 9 },
  ]);
  expect(ledger.resumeTakenOver({ flowId: 'flow', afterId: 0, limit: 10, maxBytes: 1000 })).toMatchObject([{ id }]);
  ledger.write([{ type: 'run-done', entryId: id }]);
  expect([ledger.resumeTakenOver({ flowId: 'flow', afterId: 0, limit: 10, maxBytes: 1000 }), ledger.count().open]).toEqual([[], 0]);
});

test('[L20] an entry that is presumed settled is closed, keeps its reply until it is pruned, and opens again with a delivery', () => {
  const late = ledger.receiveOne('late').id;
  const gone = ledger.receiveOne('gone').id;
  ledger.write([
    save(late),
    { type: 'reply-in-doubt', entryId: late },
    { type: 'presumed-settled', entryId: late, atMs: 100 },
    save(gone),
    { type: 'presumed-settled', entryId: gone, atMs: 101 },
  ]);
  expect(ledger.count()).toMatchObject({ open: 0, inDoubt: 0 });
  for (let call = 0; call < 5; call += 1) ledger.dropContents(1000, 10);
  expect(ledger.receiveOne('late')).toMatchObject({ id: late, reply: 'in-doubt', run: 'done', savedReply: reply, deliveries: 2 });
  expect(ledger.count()).toMatchObject({ open: 1, inDoubt: 1 });
  expect(ledger.prune(101, 10)).toBe(0);
  expect(ledger.prune(102, 10)).toBe(1);
  expect(ledger.receiveOne('gone').deliveries).toBe(1);
});

test('[L20] open entries of one destination that wait for a delivery are listed; those whose run the ledger holds do not wait', () => {
  const raw = { headers: {}, body: new Uint8Array(1) };
  for (const name of ['new', 'saved', 'closed', 'running here', 'detached and done']) ledger.receiveOne(name);
  ledger.receive([{ key: { ...key('m'), destination: 'actions.201.other' }, runId: 'r', receivedAtMs: 5 }]);
  ledger.write([save(2), save(3), { type: 'answered', entryId: 3, atMs: 9 }, takenOver(4, raw), takenOver(5, raw), save(5)]);
  const page = { brokerHost: 'soar.example', destination: 'actions.201.fn_main', afterId: 0, limit: 10 };
  expect(ledger.listUndelivered(page)).toEqual([1, 2, 5]);
  expect(ledger.listUndelivered({ ...page, afterId: 1, limit: 1 })).toEqual([2]);
  expect(ledger.listUndelivered({ ...page, brokerHost: 'other' })).toEqual([]);
  expect(() => ledger.write([{ type: 'presumed-settled', entryId: 4, atMs: 1 }])).toThrow('"presumed-settled" does not fit');
  expect(() => ledger.write([{ type: 'presumed-settled', entryId: 3, atMs: 1 }])).toThrow('"presumed-settled" does not fit');
});

test('[L12] pruning removes old closed entries, oldest first, and never an open one', () => {
  for (const [index, name] of ['open', 'a', 'b', 'c', 'young'].entries()) {
    const { id } = ledger.receiveOne(name);
    ledger.write([
      { type: 'step-intended', entryId: id, stepKey: 'k', atMs: 5, intentJson: null },
      { type: 'status-sent', entryId: id, statusKey: 's' },
    ]);
    if (name === 'open') continue;
    ledger.write([save(id), { type: 'reply-confirmed', entryId: id }, { type: 'settled', entryId: id, atMs: 100 - index }]);
  }
  ledger.write([{ type: 'settled', entryId: 5, atMs: 5000 }]);
  expect(ledger.prune(1000, 2)).toBe(2);
  expect(ledger.receiveOne('a')).toMatchObject({ id: 2, deliveries: 2, savedReply: reply });
  expect(ledger.receiveOne('c').deliveries).toBe(1);
  expect(ledger.prune(1000, 100)).toBe(1);
  expect(ledger.prune(1000, 100)).toBe(0);
  expect(ledger.receiveOne('open')).toMatchObject({ id: 1, deliveries: 2 });
  expect(ledger.receiveOne('young')).toMatchObject({ id: 5, deliveries: 2 });
  expect(ledger.readSteps(3)).toEqual({ steps: [], statusKeys: [] });
});

test('[L15] replies of closed entries are forgotten step by step, those of open ones and of young ones are kept', () => {
  for (const [name, atMs] of [
    ['a', 101],
    ['b', 102],
    ['c', 103],
    ['young', 5000],
  ] as const) {
    const { id } = ledger.receiveOne(name);
    ledger.write([save(id), { type: 'answered', entryId: id, atMs }]);
  }
  const open = ledger.receiveOne('open').id;
  ledger.write([save(open), { type: 'settled', entryId: open, atMs: 104 }]);
  expect(ledger.dropContents(1000, 2)).toBe(2);
  expect([ledger.receiveOne('a').savedReply, ledger.receiveOne('b').savedReply, ledger.receiveOne('c').savedReply]).toEqual([
    null,
    null,
    reply,
  ]);
  for (let call = 0; call < 5; call += 1) ledger.dropContents(1000, 2);
  expect([ledger.receiveOne('c').savedReply, ledger.receiveOne('open').savedReply, ledger.receiveOne('young').savedReply]).toEqual([
    null,
    reply,
    reply,
  ]);
});

test('[L15] message, steps and statuses of a closed entry go with its reply, those of an open one stay', () => {
  const raw = { headers: {}, body: new Uint8Array(9) };
  for (const name of ['closed', 'open']) {
    const entryId = ledger.receiveOne(name).id;
    ledger.write([
      takenOver(entryId, raw),
      { type: 'step-intended', entryId, stepKey: 'k', atMs: 1, intentJson: null },
      { type: 'status-sent', entryId, statusKey: 's' },
      { type: 'reply-saved', entryId, reply, runDone: false },
      { type: 'answered', entryId, atMs: 100 },
    ]);
  }
  ledger.write([{ type: 'run-done', entryId: 1 }]);
  ledger.dropContents(1000, 10);
  expect(ledger.readSteps(1)).toEqual({ steps: [], statusKeys: [] });
  expect(ledger.readSteps(2)).toMatchObject({ steps: [{ stepKey: 'k' }], statusKeys: ['s'] });
  expect(ledger.resumeTakenOver({ flowId: 'flow', afterId: 0, limit: 10, maxBytes: 1000 })).toMatchObject([{ id: 2, savedReply: reply }]);
});

test('[L15] after a restart nothing is passed over, though the oldest entry was settled last', () => {
  for (const [name, atMs] of [
    ['slow', 900],
    ['quick', 50],
    ['presumed', 0],
  ] as const) {
    const entryId = ledger.receiveOne(name).id;
    ledger.write([save(entryId), atMs === 0 ? { type: 'presumed-settled', entryId, atMs: 10 } : { type: 'answered', entryId, atMs }]);
  }
  ledger.reopen();
  ledger.dropContents(1000, 10);
  const kept = ['slow', 'quick', 'presumed'].map((name) => ledger.receiveOne(name).savedReply !== null);
  expect(kept).toEqual([false, false, true]);
});
