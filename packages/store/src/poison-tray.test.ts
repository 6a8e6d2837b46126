import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LedgerChange } from '@wirebook/engine';
import { afterEach, expect, test } from 'vitest';
import { createTestLedger, key, reply, type TestLedger } from './ledger.stand-in.ts';
import { openLedger } from './ledger.ts';
import { ledgerMigrations } from './ledger-migrations.ts';
import { openDatabase } from './open-database.ts';
import type { PoisonDrop } from './poison-tray.ts';

let ledger: TestLedger;

afterEach(() => {
  ledger.remove();
});

function poison(messageId: string, { code = 'C', sizeBytes = 10 } = {}): LedgerChange {
  return {
    type: 'poisoned',
    entryId: null,
    key: key(messageId),
    raw: { headers: {}, body: new Uint8Array(sizeBytes) },
    code,
    reason: 'r',
    atMs: 3,
    savedReply: null,
  };
}

const idsInTray = () => ledger.listPoison(100).map((message) => message.key.messageId);

test('[L10] a message stands once for each code, and the first of them stays', () => {
  ledger = createTestLedger();
  ledger.write([poison('a'), { ...poison('a'), savedReply: reply } as LedgerChange, poison('a', { code: 'D' })]);
  ledger.write([poison('a')]);
  expect(ledger.listPoison(10).map(({ code, savedReply }) => [code, savedReply])).toEqual([
    ['C', null],
    ['D', null],
  ]);
  expect(ledger.count().poison).toBe(2);
});

test('[L21] over its number of messages the tray lets the oldest go, counts them for good, and tells', () => {
  const drops: PoisonDrop[] = [];
  const options = { poisonLimits: { maxMessages: 3, maxBytes: 1e9 }, onPoisonDropped: (drop: PoisonDrop) => drops.push(drop) };
  ledger = createTestLedger(options);
  ledger.write(['a', 'b', 'c'].map((name) => poison(name)));
  expect(drops).toEqual([]);
  ledger.write([poison('d'), poison('e')]);
  expect(idsInTray()).toEqual(['c', 'd', 'e']);
  ledger.reopen(options);
  ledger.write([poison('f')]);
  expect(drops).toEqual([
    { count: 2, totalCount: 2 },
    { count: 1, totalCount: 3 },
  ]);
  expect(ledger.count()).toMatchObject({ poison: 3, poisonDropped: 3 });
});

test('[L21] over its bytes the oldest go too; the newest stays, however large', () => {
  ledger = createTestLedger({ poisonLimits: { maxMessages: 100, maxBytes: 1000 } });
  ledger.write(['a', 'b', 'c'].map((name) => poison(name, { sizeBytes: 300 })));
  expect(idsInTray()).toEqual(['a', 'b', 'c']);
  ledger.write([poison('d', { sizeBytes: 600 })]);
  expect(idsInTray()).toEqual(['c', 'd']);
  ledger.write([poison('huge', { sizeBytes: 5000 })]);
  expect(idsInTray()).toEqual(['huge']);
  ledger.removePoison(ledger.listPoison(1)[0]?.id ?? 0);
  ledger.write(['e', 'f', 'g'].map((name) => poison(name, { sizeBytes: 300 })));
  expect(idsInTray()).toEqual(['e', 'f', 'g']);
});

test('[F1, L10, L21] a tray of an earlier version is measured, and what stood in it twice stands once', () => {
  ledger = createTestLedger();
  const path = join(mkdtempSync(join(tmpdir(), 'wirebook-tray-')), 'ledger.db');
  const old = openDatabase({ path, migrations: ledgerMigrations.slice(0, 4), synchronous: 'FULL', nowMs: 1 });
  const insert = old.prepare(`INSERT INTO poison (broker_host, destination, message_id, headers, body, code, reason, at_ms)
    VALUES ('h', 'd', ?, '{}', zeroblob(500), 'C', ?, 1)`);
  for (const [messageId, reason] of [
    ['a', 'first'],
    ['a', 'again'],
    ['b', 'other'],
  ])
    insert.run(messageId, reason);
  old.close();
  const present = openLedger({ path, clock: { now: () => 2 }, poisonLimits: { maxMessages: 10, maxBytes: 1000 } });
  expect(present.listPoison(10).map(({ key: { messageId }, reason }) => [messageId, reason])).toEqual([
    ['a', 'first'],
    ['b', 'other'],
  ]);
  present.write([poison('c')]);
  expect(present.count()).toMatchObject({ poison: 2, poisonDropped: 1 });
  present.close();
  rmSync(dirname(path), { recursive: true });
});

test('[L21] what is not written counts for nothing', () => {
  ledger = createTestLedger({ poisonLimits: { maxMessages: 1, maxBytes: 1e9 } });
  ledger.write([poison('a')]);
  expect(() => ledger.write([poison('b'), { type: 'run-done', entryId: 9 }])).toThrow('does not fit entry 9');
  expect(idsInTray()).toEqual(['a']);
  ledger.write([poison('c')]);
  expect(ledger.count()).toMatchObject({ poison: 1, poisonDropped: 1 });
});

test('[L21] the tray is read by pages that end early when they have many bytes', () => {
  ledger = createTestLedger();
  for (const name of ['a', 'b', 'c']) ledger.write([poison(name, { sizeBytes: 30_000_000 })]);
  const first = ledger.listPoison(10);
  expect(first.map((message) => message.key.messageId)).toEqual(['a', 'b']);
  expect(ledger.listPoison(10, first.at(-1)?.id).map((message) => message.key.messageId)).toEqual(['c']);
});
