import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestLedger, reply, type TestLedger, takenOver } from './ledger.stand-in.ts';

const raw = { headers: { a: '1' }, body: Uint8Array.from([1, 2, 3]) };
let ledger: TestLedger;

beforeEach(() => {
  ledger = createTestLedger();
});

afterEach(() => {
  ledger.remove();
});

function list(flowId = 'flow'): readonly number[] {
  return ledger.resumeTakenOver({ flowId, afterId: 0, limit: 10, maxBytes: 1000 }).map(({ id }) => id);
}

test('[L25] a message taken over before its reply is listed until its reply is confirmed, over a restart too', () => {
  const { id } = ledger.receiveOne('m1');
  ledger.write([takenOver(id, raw, { owesReply: true, dueAtMs: 77 }), { type: 'settled', entryId: id, atMs: 9 }]);
  ledger.reopen();
  expect(ledger.resumeTakenOver({ flowId: 'flow', afterId: 0, limit: 10, maxBytes: 1000 })).toMatchObject([
    { id, takenOver: true, owesReply: true, dueAtMs: 77 },
  ]);
  ledger.write([{ type: 'reply-saved', entryId: id, reply, runDone: true }]);
  ledger.reopen();
  expect([list(), ledger.count().open]).toEqual([[id], 1]);
  ledger.write([{ type: 'answered', entryId: id, atMs: 10 }]);
  expect([list(), ledger.count().open]).toEqual([[], 0]);
});

test('[L25] it is never presumed settled while it owes its reply', () => {
  const { id } = ledger.receiveOne('m1');
  const undelivered = () =>
    ledger.listUndelivered({ brokerHost: 'soar.example', destination: 'actions.201.fn_main', afterId: 0, limit: 10 });
  ledger.write([takenOver(id, raw, { owesReply: true }), { type: 'reply-saved', entryId: id, reply, runDone: true }]);
  expect(undelivered()).toEqual([]);
  expect(() => ledger.write([{ type: 'presumed-settled', entryId: id, atMs: 9 }])).toThrowError(/presumed-settled/);
  ledger.write([{ type: 'reply-confirmed', entryId: id }]);
  expect(undelivered()).toEqual([id]);
});

test('[L9] each flow has its own list', () => {
  for (const name of ['a', 'b', 'c']) ledger.receiveOne(name);
  ledger.write([takenOver(1, raw), takenOver(2, raw, { flowId: 'other' }), takenOver(3, raw)]);
  expect([[...ledger.listTakenOverFlows()].sort(), list(), list('other'), list('none')]).toEqual([['flow', 'other'], [1, 3], [2], []]);
  ledger.write([{ type: 'run-done', entryId: 2 }]);
  expect(ledger.listTakenOverFlows()).toEqual(['flow']);
});

test('[L9] the bytes of a taken-over message can be read alone', () => {
  const { id } = ledger.receiveOne('m1');
  expect(() => ledger.readRaw(id)).toThrowError(/not taken over/);
  ledger.write([takenOver(id, raw)]);
  const read = ledger.readRaw(id);
  expect([read.headers, [...read.body]]).toEqual([raw.headers, [1, 2, 3]]);
});

test('[L26] a key stays with who claimed it first until the claim ends', () => {
  const claim = (claimant: string, atMs: number, key = 'inc:1', scope = 'flow/node') =>
    ledger.claim({ scope, key, claimant, atMs, untilMs: atMs + 100 });
  expect([claim('run-1', 0), claim('run-2', 50), claim('run-1', 60)]).toEqual(['run-1', 'run-1', 'run-1']);
  expect([claim('run-2', 50, 'inc:2'), claim('run-2', 50, 'inc:1', 'flow/other')]).toEqual(['run-2', 'run-2']);
  ledger.reopen();
  expect([claim('run-3', 99), claim('run-3', 100), claim('run-4', 150)]).toEqual(['run-1', 'run-3', 'run-3']);
});

test('[L26] long keys are told apart', () => {
  const claim = (key: string, claimant: string) => ledger.claim({ scope: 's', key, claimant, atMs: 0, untilMs: 10 });
  const long = 'x'.repeat(5000);
  expect([claim(`${long}a`, 'one'), claim(`${long}b`, 'two'), claim(`${long}a`, 'three')]).toEqual(['one', 'two', 'one']);
});

test('[L26] claims that are over are forgotten', () => {
  ledger.claim({ scope: 's', key: 'k', claimant: 'one', atMs: 0, untilMs: 10 });
  ledger.prune(0, 10);
  expect(ledger.claim({ scope: 's', key: 'k', claimant: 'two', atMs: 5, untilMs: 10 })).toBe('two');
});

test('[L26] who has a key can be asked without claiming it', () => {
  const key = { scope: 's', key: 'k', atMs: 5 };
  expect(ledger.findClaimant(key)).toBeNull();
  ledger.takeKey({ ...key, claimant: 'one', untilMs: 10 });
  expect([ledger.findClaimant(key), ledger.findClaimant({ ...key, atMs: 10 })]).toEqual(['one', null]);
});

test('[L40] a message of our own is taken over, answered with nothing and settled in one change, and its run is listed until it is done', () => {
  const place = { brokerHost: 'wirebook', destination: 'wirebook/inject/f/n' };
  const message = { key: { ...place, messageId: 'a' }, runId: 'run-a', receivedAtMs: 5, flowId: 'f', raw };
  expect(ledger.hasOpen(place)).toBe(false);
  const made = ledger.originate(message);
  expect(made).toMatchObject({
    isNew: true,
    entry: { runId: 'run-a', takenOver: true, owesReply: false, reply: 'not-needed', run: 'none' },
  });
  ledger.reopen();
  expect(ledger.originate({ ...message, runId: 'run-b' })).toMatchObject({ isNew: false, entry: { id: made.entry.id, runId: 'run-a' } });
  expect(ledger.listTakenOverFlows()).toEqual(['f']);
  const page = ledger.resumeTakenOver({ flowId: 'f', afterId: 0, limit: 10, maxBytes: 1000 });
  expect(page.map(({ runId, raw: { body } }) => [runId, [...body]])).toEqual([['run-a', [1, 2, 3]]]);
  expect([ledger.hasOpen(place), ledger.hasOpen({ ...place, destination: 'wirebook/inject/f/other' })]).toEqual([true, false]);
  ledger.write([{ type: 'run-done', entryId: made.entry.id }]);
  expect([ledger.hasOpen(place), ledger.count().open]).toEqual([false, 0]);
});
