import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger, LedgerChange, MessageKey, SavedReply } from '@wirebook/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takenOver } from './ledger.stand-in.ts';
import { openLedger } from './ledger.ts';
import { ledgerMigrations } from './ledger-migrations.ts';
import { openDatabase } from './open-database.ts';

let folder: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-ledger-'));
  ledger = open();
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

function open(): Ledger {
  return openLedger({ path: join(folder, 'ledger.db'), clock: { now: () => 1000 } });
}

function key(messageId: string): MessageKey {
  return { brokerHost: 'soar.example', destination: 'actions.201.fn_main', messageId };
}

function receive(messageId: string, runId = `run-${messageId}`) {
  const [entry] = ledger.receive([{ key: key(messageId), runId, receivedAtMs: 5 }]);
  if (entry === undefined) throw new Error('no entry');
  return entry;
}

function listTakenOver(limit: number) {
  return ledger.resumeTakenOver({ flowId: 'flow', afterId: 0, limit, maxBytes: 1_000_000 });
}

const reply: SavedReply = { destination: '/queue/acks.201', headers: { 'correlation-id': 'c:1' }, body: '{"message":"ok"}' };

function save(entryId: number, body = reply.body): LedgerChange {
  return { type: 'reply-saved', entryId, reply: { ...reply, body }, runDone: true };
}

test('[L1] a new message makes an entry in which nothing is decided, and entries keep the order of the batch', () => {
  const entries = ledger.receive(['b', 'a', 'c'].map((id) => ({ key: key(id), runId: `run-${id}`, receivedAtMs: 5 })));
  expect(entries).toEqual(
    ['b', 'a', 'c'].map((id, index) => ({
      id: index + 1,
      key: key(id),
      runId: `run-${id}`,
      flowId: null,
      reply: 'none',
      run: 'none',
      savedReply: null,
      starts: 0,
      crashes: 0,
      uncleanEnds: 0,
      deliveries: 1,
      takenOver: false,
      owesReply: false,
      dueAtMs: null,
      receivedAtMs: 5,
    })),
  );
});

test('[L2] a message seen before gives its entry as it stands, with one delivery more', () => {
  const first = receive('m1', 'first-run');
  ledger.write([{ type: 'run-started', entryId: first.id, flowId: 'f1' }, save(first.id), { type: 'reply-in-doubt', entryId: first.id }]);
  expect(receive('m1', 'other-run')).toEqual({
    ...first,
    flowId: 'f1',
    reply: 'in-doubt',
    run: 'done',
    savedReply: reply,
    starts: 1,
    deliveries: 2,
  });
});

test('[L2] the same message-id on another destination or broker is another message', () => {
  const messages = [key('m'), { ...key('m'), destination: 'actions.201.other' }, { ...key('m'), brokerHost: 'other.example' }];
  const entries = ledger.receive(messages.map((each) => ({ key: each, runId: 'r', receivedAtMs: 5 })));
  expect(entries.map((entry) => [entry.id, entry.deliveries])).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
  ]);
});

test('[L2] a message that comes twice in one batch is one entry', () => {
  const twice = ledger.receive([1, 2].map((n) => ({ key: key('m'), runId: `r${n}`, receivedAtMs: n })));
  expect(twice.map((entry) => [entry.id, entry.runId, entry.deliveries])).toEqual([
    [1, 'r1', 1],
    [1, 'r1', 2],
  ]);
});

test('[L3] when one change of a list is refused, none is written', () => {
  const { id } = receive('m1');
  expect(() => ledger.write([{ type: 'run-started', entryId: id, flowId: 'f1' }, save(id), save(99)])).toThrow();
  expect(receive('m1')).toMatchObject({ run: 'none', starts: 0, savedReply: null, reply: 'none' });
});

test('[L4] every change that names an unknown entry is refused by name', () => {
  const raw = { headers: {}, body: new Uint8Array() };
  const changes: LedgerChange[] = [
    { type: 'run-started', entryId: 7, flowId: 'f' },
    { type: 'run-crashed', entryId: 7 },
    save(7),
    { type: 'reply-not-needed', entryId: 7 },
    { type: 'reply-in-doubt', entryId: 7 },
    { type: 'reply-confirmed', entryId: 7 },
    { type: 'run-done', entryId: 7 },
    { type: 'settled', entryId: 7, atMs: 1 },
    takenOver(7, raw),
    { type: 'presumed-settled', entryId: 7, atMs: 1 },
    { type: 'status-sent', entryId: 7, statusKey: 's' },
    { type: 'step-intended', entryId: 7, stepKey: 'k', atMs: 5, intentJson: null },
    { type: 'step-done', entryId: 7, stepKey: 'k', emissionsJson: '[]' },
    { type: 'poisoned', entryId: 7, key: key('m'), raw, code: 'C', reason: 'r', atMs: 1, savedReply: null },
  ];
  for (const change of changes) {
    expect(() => ledger.write([change]), change.type).toThrow(
      expect.objectContaining({
        code: 'STORE_FAILED',
        message: `ledger change "${change.type}" does not fit entry 7: there is no such entry; nothing was written`,
      }),
    );
  }
  expect(ledger.count()).toEqual({ open: 0, oldestOpenAtMs: null, inDoubt: 0, takenOver: 0, poison: 0, poisonDropped: 0 });
});

test('[L4] the output of a step that was never intended is refused', () => {
  const { id } = receive('m1');
  expect(() => ledger.write([{ type: 'step-done', entryId: id, stepKey: 'k', emissionsJson: '[]' }])).toThrow(
    `ledger change "step-done" does not fit entry ${id}: its reply is "none", its run "none"; nothing was written`,
  );
});

test('[L5] a saved reply reads back byte for byte: NUL, BOM, astral and combining characters, quotes, line ends, 5 MB', () => {
  const bodies = ['', '\u0000a\u0000', '\ufeff{"a":1}', '😀é\u0301"\\\r\n\u2028', 'x'.repeat(5_000_000)];
  const headers = { 'correlation-id': 'a:b\\n\nc', zeta: '', alpha: 'ü' };
  for (const [index, body] of bodies.entries()) {
    const { id } = receive(`m${index}`);
    ledger.write([{ type: 'reply-saved', entryId: id, reply: { destination: 'd', headers, body }, runDone: false }]);
    const again = receive(`m${index}`).savedReply;
    expect(again?.body === body, `body ${index}`).toBe(true);
    expect(Object.entries(again?.headers ?? {})).toEqual(Object.entries(headers));
  }
});

test('[L5] a second reply does not replace the saved one', () => {
  const { id } = receive('m1');
  ledger.write([save(id, 'first')]);
  expect(() => ledger.write([save(id, 'second')])).toThrow(
    `ledger change "reply-saved" does not fit entry ${id}: its reply is "saved", its run "done"; nothing was written`,
  );
  expect(receive('m1').savedReply?.body).toBe('first');
});

test('[L6] a reply goes from saved through in doubt to confirmed, and not back', () => {
  const { id } = receive('m1');
  expect(() => ledger.write([{ type: 'reply-in-doubt', entryId: id }])).toThrow('its reply is "none"');
  ledger.write([save(id)]);
  expect(receive('m1').reply).toBe('saved');
  ledger.write([{ type: 'reply-in-doubt', entryId: id }]);
  expect(receive('m1').reply).toBe('in-doubt');
  ledger.write([{ type: 'reply-confirmed', entryId: id }]);
  ledger.write([{ type: 'reply-confirmed', entryId: id }]);
  expect(() => ledger.write([{ type: 'reply-in-doubt', entryId: id }])).toThrow('its reply is "confirmed"');
  expect(receive('m1').reply).toBe('confirmed');
});

test('[L6] a message that needs no reply may still be given one', () => {
  const { id } = receive('m1');
  ledger.write([{ type: 'reply-not-needed', entryId: id }]);
  expect(receive('m1').reply).toBe('not-needed');
  ledger.write([save(id)]);
  expect(receive('m1').reply).toBe('saved');
});

test('[L7] steps are read in the order in which they began, an unfinished one without output', () => {
  const { id } = receive('m1');
  ledger.write([
    { type: 'step-intended', entryId: id, stepKey: 'z', atMs: 5, intentJson: null },
    { type: 'step-intended', entryId: id, stepKey: 'a', atMs: 6, intentJson: '{"mark":1}' },
    { type: 'step-done', entryId: id, stepKey: 'z', emissionsJson: '[{"port":"out"}]' },
    { type: 'step-intended', entryId: id, stepKey: 'a', atMs: 9, intentJson: null },
  ]);
  expect(ledger.readSteps(id).steps).toEqual([
    { stepKey: 'z', emissionsJson: '[{"port":"out"}]', intendedAtMs: 5, intentJson: null },
    { stepKey: 'a', emissionsJson: null, intendedAtMs: 6, intentJson: '{"mark":1}' },
  ]);
});

test('[L7] a step of a ledger that kept no times has none', () => {
  const path = join(folder, 'old.db');
  const old = openDatabase({ path, migrations: ledgerMigrations.slice(0, 1), synchronous: 'FULL', nowMs: 1 });
  old.exec(`
    INSERT INTO queues (broker_host, destination) VALUES ('soar.example', 'q');
    INSERT INTO entries (queue_id, message_id, run_id, received_at_ms) VALUES (1, 'm', 'r', 1);
    INSERT INTO steps (entry_id, step_key) VALUES (1, 'k')`);
  old.close();
  const opened = openLedger({ path, clock: { now: () => 1000 } });
  expect(opened.readSteps(1).steps).toEqual([{ stepKey: 'k', emissionsJson: null, intendedAtMs: null, intentJson: null }]);
  opened.close();
});

test('[L7] a finished step keeps its output', () => {
  const { id } = receive('m1');
  const done = (emissionsJson: string): LedgerChange => ({ type: 'step-done', entryId: id, stepKey: 'k', emissionsJson });
  ledger.write([{ type: 'step-intended', entryId: id, stepKey: 'k', atMs: 5, intentJson: null }, done('[1]')]);
  expect(() => ledger.write([{ type: 'step-intended', entryId: id, stepKey: 'k', atMs: 5, intentJson: null }])).toThrow(
    '"step-intended" does not fit',
  );
  expect(() => ledger.write([done('[2]')])).toThrow('"step-done" does not fit');
  expect(ledger.readSteps(id).steps).toMatchObject([{ stepKey: 'k', emissionsJson: '[1]' }]);
});

test('[L8] status replies on record are read by their keys, each once', () => {
  const { id } = receive('m1');
  ledger.write(['n1#1', 'n1#2', 'n1#1'].map((statusKey) => ({ type: 'status-sent', entryId: id, statusKey })));
  expect(ledger.readSteps(id)).toEqual({ steps: [], statusKeys: ['n1#1', 'n1#2'] });
  expect(ledger.readSteps(99)).toEqual({ steps: [], statusKeys: [] });
});

test('[L9] taken-over messages are listed oldest first with their exact bytes', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (const id of ['m1', 'm2', 'm3']) receive(id);
  for (const entryId of [3, 1]) ledger.write([takenOver(entryId, { headers: { a: '1' }, body: bytes })]);
  const listed = listTakenOver(10);
  expect(listed.map((entry) => [entry.id, entry.takenOver, entry.raw.headers, [...entry.raw.body]])).toEqual([
    [1, true, { a: '1' }, [...bytes]],
    [3, true, { a: '1' }, [...bytes]],
  ]);
  expect(listTakenOver(1).map((entry) => entry.id)).toEqual([1]);
});

test('[L9] a taken-over message stays listed until its run is done', () => {
  const { id } = receive('m1');
  ledger.write([
    takenOver(id, { headers: {}, body: new Uint8Array(1) }),
    { type: 'reply-saved', entryId: id, reply, runDone: false },
    { type: 'settled', entryId: id, atMs: 9 },
  ]);
  expect(listTakenOver(10)).toMatchObject([{ id, savedReply: reply, run: 'none' }]);
  ledger.write([{ type: 'run-done', entryId: id }]);
  expect(listTakenOver(10)).toEqual([]);
});

test('[L9] pages of taken-over messages are bounded in number and bytes, and go on behind an entry', () => {
  for (const name of ['a', 'b', 'c', 'huge']) receive(name);
  for (const [entryId, sizeBytes] of [
    [1, 100],
    [2, 100],
    [3, 100],
    [4, 1000],
  ] as const)
    ledger.write([takenOver(entryId, { headers: {}, body: new Uint8Array(sizeBytes) })]);
  const page = (afterId: number) => ledger.resumeTakenOver({ flowId: 'flow', afterId, limit: 10, maxBytes: 250 }).map(({ id }) => id);
  expect([page(0), page(2), page(3), page(4)]).toEqual([[1, 2], [3], [4], []]);
});

test('[L10] a poisoned message is kept whole until it is removed from the tray', () => {
  const { id } = receive('m1');
  const first = {
    key: key('m1'),
    raw: { headers: { h: '1' }, body: Buffer.from([0, 255]) },
    code: 'C1',
    reason: 'why',
    atMs: 3,
    savedReply: reply,
  };
  const second = { ...first, key: key('m2'), code: 'C2', savedReply: null };
  ledger.write([
    { type: 'poisoned', entryId: id, ...first },
    { type: 'poisoned', entryId: null, ...second },
  ]);
  expect(ledger.listPoison(10)).toEqual([
    { id: 1, ...first },
    { id: 2, ...second },
  ]);
  ledger.removePoison(1);
  expect(ledger.listPoison(10).map((message) => message.code)).toEqual(['C2']);
  expect(ledger.count().poison).toBe(1);
});

test('[L11] counts tell what is open, in doubt, taken over and poisoned', () => {
  const ids = ['done', 'running', 'unsettled', 'doubtful', 'taken', 'poisoned'].map((name) => receive(name).id);
  const [done = 0, running = 0, unsettled = 0, doubtful = 0, taken = 0, poisoned = 0] = ids;
  const raw = { headers: {}, body: new Uint8Array(1) };
  ledger.write([
    save(done),
    { type: 'reply-confirmed', entryId: done },
    { type: 'settled', entryId: done, atMs: 9 },
    { type: 'run-started', entryId: running, flowId: 'f' },
    { type: 'settled', entryId: running, atMs: 9 },
    save(unsettled),
    { type: 'reply-confirmed', entryId: unsettled },
    save(doubtful),
    { type: 'reply-in-doubt', entryId: doubtful },
    { type: 'settled', entryId: doubtful, atMs: 9 },
    takenOver(taken, raw),
    save(poisoned),
    { type: 'poisoned', entryId: poisoned, key: key('poisoned'), raw, code: 'C', reason: 'r', atMs: 3, savedReply: reply },
    { type: 'settled', entryId: poisoned, atMs: 9 },
  ]);
  expect(ledger.count()).toEqual({ open: 4, oldestOpenAtMs: 5, inDoubt: 1, takenOver: 1, poison: 1, poisonDropped: 0 });
});

test('[L14] starts and crashes are counted, and a run that is done does not start again', () => {
  const { id } = receive('m1');
  const start: LedgerChange = { type: 'run-started', entryId: id, flowId: 'f2' };
  ledger.write([start, { type: 'run-crashed', entryId: id }, start]);
  expect(receive('m1')).toMatchObject({ starts: 2, crashes: 1, run: 'running', flowId: 'f2' });
  ledger.write([{ type: 'run-done', entryId: id }]);
  expect(() => ledger.write([start])).toThrow('its run "done"');
});

test('[L13] what was written is there when the file is opened again', () => {
  const { id } = receive('m1');
  ledger.write([save(id)]);
  ledger.close();
  ledger = open();
  expect(receive('m1')).toMatchObject({ id, savedReply: reply, reply: 'saved', run: 'done', deliveries: 2 });
});

test('[L16] an answered entry is confirmed and settled in one change', () => {
  const { id } = receive('m1');
  ledger.write([save(id), { type: 'answered', entryId: id, atMs: 7 }]);
  expect(receive('m1')).toMatchObject({ reply: 'confirmed', run: 'done' });
  expect(ledger.count().open).toBe(0);
});

test('[L30] runs of entries that are not closed are listed', () => {
  const first = receive('a');
  receive('b');
  expect(ledger.listOpenRunIds()).toEqual(['run-a', 'run-b']);
  ledger.write([
    { type: 'reply-not-needed', entryId: first.id },
    { type: 'run-done', entryId: first.id },
    { type: 'settled', entryId: first.id, atMs: 9 },
  ]);
  expect(ledger.listOpenRunIds()).toEqual(['run-b']);
});
