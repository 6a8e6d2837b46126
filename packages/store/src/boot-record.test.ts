import type { LastEnd, LedgerEntry } from '@wirebook/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestLedger, reply, type TestLedger, takenOver } from './ledger.stand-in.ts';

let ledger: TestLedger;

beforeEach(() => {
  ledger = createTestLedger();
});

afterEach(() => {
  ledger.remove();
});

/** As a process does that starts on the file of one that is gone. */
function boot(endedNatively = false): LastEnd {
  ledger.reopen();
  return ledger.beginBoot({ atMs: 1, endedNatively });
}

function receive(messageId: string): LedgerEntry {
  return ledger.receiveOne(messageId);
}

test('[L17] an undone entry in hand at an end without a word has lived through it, once, when it is received again', () => {
  expect(boot()).toEqual({ wasUnclean: false, blamedMessageIds: [] });
  const { id } = receive('m');
  const done = receive('done').id;
  ledger.write([{ type: 'reply-saved', entryId: done, reply, runDone: true }]);
  expect(boot()).toEqual({ wasUnclean: true, blamedMessageIds: [] });
  expect(receive('m')).toMatchObject({ id, uncleanEnds: 1, crashes: 0 });
  expect(receive('m').uncleanEnds).toBe(1);
  expect(receive('done').uncleanEnds).toBe(0);
  boot();
  expect(receive('m').uncleanEnds).toBe(2);
});

test('[L17] nothing is counted after an end that is on record, nor for an end at which the entry was not in hand', () => {
  boot();
  receive('m');
  ledger.write([{ type: 'boot-ended' }]);
  expect(boot().wasUnclean).toBe(false);
  expect(boot().wasUnclean).toBe(true);
  expect(receive('m').uncleanEnds).toBe(0);
});

test('[L17] a taken-over entry has lived through it when it is resumed', () => {
  boot();
  const { id } = receive('m');
  ledger.write([takenOver(id, { headers: {}, body: new Uint8Array(1) })]);
  boot();
  const page = { flowId: 'flow', afterId: 0, limit: 10, maxBytes: 100 };
  expect(ledger.resumeTakenOver(page)).toMatchObject([{ id, uncleanEnds: 1 }]);
  expect(ledger.resumeTakenOver(page)).toMatchObject([{ id, uncleanEnds: 1 }]);
});

test('[L18] the entry that ran alone at an end without a word gets a crash, unless its turn was over or it is done', () => {
  boot();
  const alone = receive('alone').id;
  receive('beside');
  ledger.write([{ type: 'runs-alone', entryId: alone }]);
  expect(boot()).toEqual({ wasUnclean: true, blamedMessageIds: ['alone'] });
  expect(receive('alone').crashes).toBe(1);
  expect(receive('beside')).toMatchObject({ crashes: 0, uncleanEnds: 1 });

  ledger.write([
    { type: 'runs-alone', entryId: alone },
    { type: 'alone-over', entryId: alone },
  ]);
  expect(boot().blamedMessageIds).toEqual([]);
  ledger.write([
    { type: 'runs-alone', entryId: alone },
    { type: 'run-done', entryId: alone },
  ]);
  expect(boot().blamedMessageIds).toEqual([]);
  expect(receive('alone').crashes).toBe(1);
});

test('[L18] who ran alone is blamed for an end that came from inside too, and nobody else', () => {
  boot();
  const alone = receive('alone').id;
  receive('beside');
  ledger.write([{ type: 'runs-alone', entryId: alone }]);
  expect(boot(true).blamedMessageIds).toEqual(['alone']);
  expect(receive('beside').crashes).toBe(0);
});

test('[L19] an end that came from inside is a crash of every undone entry in hand, and no unclean end besides', () => {
  boot();
  for (const name of ['a', 'b', 'done']) receive(name);
  ledger.write([{ type: 'reply-saved', entryId: 3, reply, runDone: true }]);
  expect(boot(true)).toEqual({ wasUnclean: true, blamedMessageIds: ['a', 'b'] });
  expect(receive('a')).toMatchObject({ crashes: 1, uncleanEnds: 0 });
  expect(receive('done').crashes).toBe(0);
  ledger.write([{ type: 'boot-ended' }]);
  expect(boot(true)).toEqual({ wasUnclean: false, blamedMessageIds: [] });
});

test('[L18] nobody runs alone who has no entry', () => {
  boot();
  expect(() => ledger.write([{ type: 'runs-alone', entryId: 9 }])).toThrow('"runs-alone" does not fit entry 9');
});
