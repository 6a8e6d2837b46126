import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeClock, type FakeClock } from '@wirebook/testkit';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AppStore, openAppStore } from './app-store.ts';
import { keptAuditLines } from './audit-table.ts';
import { keptPastDrafts } from './flow-table.ts';
import { keptSideDrafts } from './side-draft-table.ts';

let folder: string;
let path: string;
let clock: FakeClock;
let store: AppStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-app-'));
  path = join(folder, 'data', 'app.db');
  clock = createFakeClock(1000);
  store = openAppStore({ path, clock });
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

function readColumn(sql: string): unknown[] {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare(sql).pluck().all();
  } finally {
    database.close();
  }
}

function addUser(id = 'u1', name = 'Ada'): void {
  store.users.add({ id, name, role: 'owner' });
}

function addFlow(id: string): void {
  store.flows.add({ id, document: '{"r":0}', by: 'Ada' });
}

function addVersion(flowId: string, hash: string) {
  return store.versions.add({ flowId, hash, document: `{"h":"${hash}"}`, note: '', createdBy: 'Ada' });
}

test('[P1] the folder is made for its owner only, and everything reads back after the file is opened again', () => {
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
  addUser();
  addFlow('a');
  store.setFact('samples', 'imported');
  store.close();
  store = openAppStore({ path, clock });
  expect(store.users.list().map(({ name }) => name)).toEqual(['Ada']);
  expect(store.flows.find('a')).toMatchObject({ revision: 0, document: '{"r":0}', createdBy: 'Ada', savedAtMs: 1000 });
  expect(store.findFact('samples')).toBe('imported');
  expect(store.findFact('other')).toBeUndefined();
});

test('[P2] names of users are unique without regard to case; a second one is refused with STORE_FAILED', () => {
  addUser();
  expect(store.users.findByName('ADA')?.id).toBe('u1');
  expect(() => addUser('u2', 'aDA')).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
});

test('[P3] tokens of sessions and links are kept as SHA-256 only', () => {
  addUser();
  store.sessions.add({ id: 's1', token: 'secret-of-the-session', userId: 'u1', isByLink: true, expiresAtMs: 5000 });
  store.links.add({ token: 'secret-of-the-link', userId: 'u1', expiresAtMs: 5000 });
  const everything = [
    ...readColumn('SELECT hex(token_hash) FROM sessions'),
    ...readColumn('SELECT hex(token_hash) FROM sign_in_links'),
    ...readColumn('SELECT id || user_id FROM sessions'),
  ];
  expect(everything.slice(0, 2).every((hash) => /^[0-9A-F]{64}$/.test(String(hash)))).toBe(true);
  expect(everything.join(' ')).not.toContain('secret');
  expect(store.sessions.findByToken('secret-of-the-session')).toEqual({
    id: 's1',
    userId: 'u1',
    isByLink: true,
    createdAtMs: 1000,
    expiresAtMs: 5000,
  });
  expect(store.sessions.findByToken('another')).toBeUndefined();
});

test('[P4] a session that is over is not found, and pruning removes it', async () => {
  addUser();
  store.sessions.add({ id: 's1', token: 't1', userId: 'u1', isByLink: false, expiresAtMs: 2000 });
  store.sessions.add({ id: 's2', token: 't2', userId: 'u1', isByLink: false, expiresAtMs: 2000 });
  store.sessions.setEnd('s2', 9000);
  await clock.advance(1000);
  expect(store.sessions.findByToken('t1')).toBeUndefined();
  expect(store.sessions.listIds()).toEqual(['s2']);
  store.sessions.prune();
  expect(readColumn('SELECT id FROM sessions')).toEqual(['s2']);
});

test('[P5] a link signs in once and until its end, and a new one voids the one before', async () => {
  addUser();
  store.links.add({ token: 'first', userId: 'u1', expiresAtMs: 5000 });
  store.links.add({ token: 'second', userId: 'u1', expiresAtMs: 5000 });
  expect(store.links.take('first')).toBeUndefined();
  expect(store.links.take('second')).toBe('u1');
  expect(store.links.take('second')).toBeUndefined();
  store.links.add({ token: 'late', userId: 'u1', expiresAtMs: 5000 });
  await clock.advance(4000);
  expect(store.links.take('late')).toBeUndefined();
});

test('[P6] removing a user ends the sessions and links; those of others stay', () => {
  addUser();
  addUser('u2', 'Bo');
  for (const user of ['u1', 'u2']) {
    store.sessions.add({ id: `s-${user}`, token: user, userId: user, isByLink: false, expiresAtMs: 5000 });
    store.links.add({ token: `l-${user}`, userId: user, expiresAtMs: 5000 });
  }
  store.users.remove('u1');
  expect(store.sessions.findByToken('u1')).toBeUndefined();
  expect(store.links.take('l-u1')).toBeUndefined();
  expect(store.sessions.findByToken('u2')?.id).toBe('s-u2');
  expect(store.sessions.removeOfUser('u2', 's-u2')).toEqual([]);
  expect(store.sessions.removeOfUser('u2')).toEqual(['s-u2']);
});

test('[P7] a draft is saved only upon the revision named; a save upon another changes nothing', () => {
  addFlow('a');
  expect(store.flows.save({ id: 'a', baseRevision: 0, document: '{"r":1}', by: 'Bo' })).toMatchObject({ revision: 1, savedBy: 'Bo' });
  expect(store.flows.save({ id: 'a', baseRevision: 0, document: '{"lost":1}', by: 'Cy' })).toBeUndefined();
  expect(store.flows.save({ id: 'none', baseRevision: 0, document: '{}', by: 'Cy' })).toBeUndefined();
  expect(store.flows.find('a')).toMatchObject({ revision: 1, document: '{"r":1}', savedBy: 'Bo' });
});

test('[P8] the documents of the last 50 revisions are kept, older ones are forgotten', () => {
  addFlow('a');
  const last = keptPastDrafts + 5;
  for (let revision = 0; revision < last; revision += 1)
    store.flows.save({ id: 'a', baseRevision: revision, document: `{"r":${revision + 1}}`, by: 'Ada' });
  expect(store.flows.findDocument('a', last)).toBe(`{"r":${last}}`);
  expect(store.flows.findDocument('a', last - keptPastDrafts)).toBe(`{"r":${last - keptPastDrafts}}`);
  expect(store.flows.findDocument('a', last - keptPastDrafts - 1)).toBeUndefined();
  expect(readColumn('SELECT count(*) FROM past_drafts')).toEqual([keptPastDrafts]);
});

test('[P8] past documents beyond 8 MB of a flow are forgotten, the newest stay', () => {
  addFlow('a');
  const large = (revision: number) => JSON.stringify({ revision, filling: 'x'.repeat(3 * 1024 * 1024) });
  for (let revision = 0; revision < 5; revision += 1)
    store.flows.save({ id: 'a', baseRevision: revision, document: large(revision + 1), by: 'Ada' });
  expect(readColumn('SELECT revision FROM past_drafts ORDER BY revision')).toEqual([3, 4]);
});

test('[P9] side drafts are listed newest first, and beyond 100 of a flow the oldest goes', async () => {
  addFlow('a');
  for (let number = 0; number <= keptSideDrafts; number += 1) {
    store.sideDrafts.add({ id: `d${number}`, flowId: 'a', userName: 'Bo', baseRevision: 0, document: `{"n":${number}}` });
    await clock.advance(1);
  }
  const ids = store.sideDrafts.list('a').map(({ id }) => id);
  expect(ids).toHaveLength(keptSideDrafts);
  expect(ids[0]).toBe(`d${keptSideDrafts}`);
  expect(ids).not.toContain('d0');
  expect(store.sideDrafts.find('other', 'd5')).toBeUndefined();
  expect(store.sideDrafts.find('a', 'd5')).toMatchObject({ document: '{"n":5}', userName: 'Bo' });
  expect(store.sideDrafts.remove('a', 'd5')).toBe(true);
  expect(store.sideDrafts.remove('a', 'd5')).toBe(false);
});

test('[P10] versions are numbered from 1 in each flow and never change', () => {
  addFlow('a');
  addFlow('b');
  expect([addVersion('a', 'x').number, addVersion('a', 'y').number, addVersion('b', 'x').number]).toEqual([1, 2, 1]);
  expect(store.versions.list('a').map(({ number }) => number)).toEqual([2, 1]);
  expect(store.versions.find('a', 1)?.document).toBe('{"h":"x"}');
  expect(store.versions.findLatest('a')?.hash).toBe('y');
  expect(store.versions.findHash('a', 1)).toBe('x');
  expect(store.versions.findNumberByHash('a', 'x')).toBe(1);
  expect(store.versions.findNumberByHash('a', 'z')).toBeUndefined();
  const database = new Database(path);
  expect(() => database.exec("UPDATE versions SET document = '{}'")).toThrow('a version never changes');
  database.close();
});

test('[P11] one version of a flow runs at a time, over restarts; the one before is on record as ended', async () => {
  addFlow('a');
  addVersion('a', 'x');
  addVersion('a', 'y');
  store.deployments.begin({ flowId: 'a', version: 1, by: 'Ada' });
  await clock.advance(10);
  store.deployments.begin({ flowId: 'a', version: 2, by: 'Bo' });
  store.close();
  store = openAppStore({ path, clock });
  expect(store.deployments.listPresent()).toEqual([{ flowId: 'a', version: 2, deployedAtMs: 1010, deployedBy: 'Bo', endedAtMs: null }]);
  store.deployments.end('a');
  expect(store.deployments.listPresent()).toEqual([]);
  expect(store.deployments.findPresent('a')).toBeUndefined();
  expect(store.deployments.findLatest('a')).toMatchObject({ version: 2, endedAtMs: 1010 });
  expect(readColumn('SELECT ended_at_ms FROM deployments')).toEqual([1010, 1010]);
});

test('[P12] removing a flow removes all that belongs to it', () => {
  addFlow('a');
  addFlow('b');
  for (const id of ['a', 'b']) {
    store.flows.save({ id, baseRevision: 0, document: '{}', by: 'Ada' });
    store.sideDrafts.add({ id: `d-${id}`, flowId: id, userName: 'Bo', baseRevision: 0, document: '{}' });
    addVersion(id, 'x');
    store.deployments.begin({ flowId: id, version: 1, by: 'Ada' });
  }
  store.flows.remove('a');
  for (const table of ['past_drafts', 'side_drafts', 'versions', 'deployments'])
    expect(readColumn(`SELECT flow_id FROM ${table}`), table).toEqual(['b']);
  expect(store.flows.has('a')).toBe(false);
});

test('[P13] of the audit the newest 10,000 lines are kept', () => {
  store.transaction(() => {
    for (let number = 0; number < keptAuditLines + 3; number += 1)
      store.audit.add({ userName: 'Ada', action: 'deploy', subject: `${number}` });
  });
  expect(readColumn('SELECT count(*) FROM audit')).toEqual([keptAuditLines]);
  expect(store.audit.list(2)).toEqual([
    { atMs: 1000, userName: 'Ada', action: 'deploy', subject: `${keptAuditLines + 2}` },
    { atMs: 1000, userName: 'Ada', action: 'deploy', subject: `${keptAuditLines + 1}` },
  ]);
});

test('[P14] writes of one transaction are there whole or not at all', () => {
  expect(() =>
    store.transaction(() => {
      addFlow('a');
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(store.flows.has('a')).toBe(false);
});

test('[P15] a second process may add users and links beside a running server', () => {
  const other = openAppStore({ path, clock });
  other.users.add({ id: 'u9', name: 'Zoe', role: 'viewer' });
  other.links.add({ token: 'from-outside', userId: 'u9', expiresAtMs: 5000 });
  other.close();
  expect(store.links.take('from-outside')).toBe('u9');
});
