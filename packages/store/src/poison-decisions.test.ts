import type { LedgerChange } from '@wirebook/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestLedger, key, reply, type TestLedger } from './ledger.stand-in.ts';
import { openPoisonReader, type PoisonReader } from './open-poison-reader.ts';

let ledger: TestLedger;
let reader: PoisonReader | undefined;

beforeEach(() => {
  ledger = createTestLedger();
});

afterEach(() => {
  reader?.close();
  reader = undefined;
  ledger.remove();
});

const raw = { headers: { 'reply-to': '/queue/acks' }, body: Uint8Array.from([0, 255, 1]) };

/** In the tray, settled, and its reply in a state. */
function poison(messageId: string, changes: (entryId: number) => readonly LedgerChange[]): number {
  const { id } = ledger.receiveOne(messageId);
  ledger.write([
    { type: 'run-started', entryId: id, flowId: 'flow' },
    ...changes(id),
    { type: 'poisoned', entryId: id, key: key(messageId), raw, code: 'C', reason: 'r', atMs: 3, savedReply: null },
    { type: 'settled', entryId: id, atMs: 9 },
  ]);
  return id;
}

const saved = (entryId: number): LedgerChange[] => [{ type: 'reply-saved', entryId, reply, runDone: true }];
const confirmed = (entryId: number): LedgerChange[] => [...saved(entryId), { type: 'reply-confirmed', entryId }];

function read(): PoisonReader {
  reader ??= openPoisonReader({ path: ledger.path });
  if (reader === undefined) throw new Error('there is no ledger');
  return reader;
}

test('[L23] the tray is read newest first, by pages, beside its writer', () => {
  for (const name of ['a', 'b', 'c']) poison(name, confirmed);
  const page = read().list({ limit: 2 });
  expect(page).toMatchObject([
    { messageId: 'c', sizeBytes: 3, code: 'C', entry: { runId: 'run-c', reply: 'confirmed', run: 'done', isSettled: true } },
    { messageId: 'b' },
  ]);
  expect(read().list({ limit: 2, beforeId: page[1]?.id })).toMatchObject([{ messageId: 'a' }]);
  poison('d', saved);
  expect(read().counts()).toEqual({ messages: 4, dropped: 0 });
  expect([...(read().find(4)?.message.raw.body ?? [])]).toEqual([0, 255, 1]);
  expect(read().find(99)).toBeNull();
});

test('[L23] what the ledger knows of a message is read, in the tray or not', () => {
  poison('a', confirmed);
  ledger.receiveOne('b');
  expect(read().findEntry(key('a'))).toMatchObject({ runId: 'run-a', reply: 'confirmed', run: 'done', isSettled: true });
  expect(read().findEntry(key('b'))).toMatchObject({ runId: 'run-b', reply: 'none', isSettled: false });
  expect(read().findEntry(key('c'))).toBeNull();
});

test('[L23] there is no tray without a file', () => {
  expect(openPoisonReader({ path: `${ledger.path}.none` })).toBeUndefined();
});

test('[L22] running again opens the entry with its message; a confirmed reply stays, an unsent one goes and is owed, one in doubt is not made again', () => {
  const answered = poison('answered', confirmed);
  const unanswered = poison('unanswered', saved);
  const doubtful = poison('doubtful', (entryId) => [...saved(entryId), { type: 'reply-in-doubt', entryId }]);
  ledger.write([
    { type: 'poison-reopened', entryId: answered, raw, atMs: 20 },
    { type: 'poison-reopened', entryId: unanswered, raw, atMs: 20 },
    { type: 'poison-reopened', entryId: doubtful, raw, atMs: 20 },
    { type: 'poison-removed', poisonId: 1 },
    { type: 'poison-removed', poisonId: 2 },
    { type: 'poison-removed', poisonId: 3 },
  ]);
  expect(ledger.count()).toMatchObject({ open: 3, poison: 0 });
  expect(ledger.receiveOne('answered')).toMatchObject({
    reply: 'confirmed',
    run: 'running',
    takenOver: true,
    owesReply: false,
    starts: 1,
    savedReply: reply,
  });
  expect(ledger.receiveOne('unanswered')).toMatchObject({ reply: 'none', owesReply: true, savedReply: null });
  expect(ledger.receiveOne('doubtful')).toMatchObject({ reply: 'not-needed', takenOver: true, owesReply: false, savedReply: null });
  expect(() => ledger.write([{ type: 'poison-reopened', entryId: answered, raw, atMs: 21 }])).toThrow(/poison-reopened.*does not fit/);
});

test('[L22] an owed reply of a further attempt that was saved and not sent is taken up after a crash', () => {
  const id = poison('m', saved);
  ledger.write([
    { type: 'poison-reopened', entryId: id, raw, atMs: 20 },
    { type: 'poison-removed', poisonId: 1 },
    { type: 'reply-saved', entryId: id, reply, runDone: true },
  ]);
  const page = ledger.resumeTakenOver({ flowId: 'flow', afterId: 0, limit: 10, maxBytes: 1e6 });
  expect(page).toMatchObject([{ id, reply: 'saved', owesReply: true, run: 'done', savedReply: reply }]);
});

test('[L22] a reply in place of the refused one is in doubt until it is confirmed or refused', () => {
  const id = poison('m', saved);
  const other = { ...reply, body: '{"error":1}' };
  ledger.write([{ type: 'poison-reply-begun', entryId: id, reply: other }]);
  expect(ledger.receiveOne('m')).toMatchObject({ reply: 'in-doubt', savedReply: other });
  expect(() => ledger.write([{ type: 'poison-reply-begun', entryId: id, reply }])).toThrow(/does not fit/);
  ledger.write([{ type: 'poison-reply-refused', entryId: id }]);
  ledger.write([{ type: 'poison-reply-begun', entryId: id, reply: other }]);
  ledger.write([{ type: 'reply-confirmed', entryId: id }]);
  expect(ledger.receiveOne('m')).toMatchObject({ reply: 'confirmed' });
});

test('[L24] what lies in the tray keeps its steps and its entry until it leaves the tray', () => {
  const id = poison('m', (entryId) => [{ type: 'step-intended', entryId, stepKey: 'k', atMs: 1, intentJson: null }, ...confirmed(entryId)]);
  ledger.dropContents(1_000_000, 10);
  expect(ledger.prune(1_000_000, 10)).toBe(0);
  expect(ledger.readSteps(id).steps).toHaveLength(1);
  ledger.write([{ type: 'poison-removed', poisonId: 1 }]);
  expect(ledger.prune(1_000_000, 10)).toBe(1);
});
