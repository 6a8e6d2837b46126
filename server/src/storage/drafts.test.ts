import type { FlowChange } from '@wirebook/flow';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BrowserStandIn, type ServerUnderTest, sampleFlow, startServerUnderTest } from '../web-server.stand-in.ts';
import { leaseLifeMs } from './lease-desk.ts';

let server: ServerUnderTest;
let ada: BrowserStandIn;
let bo: BrowserStandIn;

beforeEach(async () => {
  server = await startServerUnderTest();
  ada = await server.signIn('Ada');
  bo = await server.signIn('Bo', 'editor');
});

afterEach(() => server.close());

const params = { flowId: 'a' };

async function makeFlow(): Promise<void> {
  await ada.call('createFlow', { body: { name: 'A', document: sampleFlow('a') } });
}

function describe(description: string): FlowChange {
  return { kind: 'flow-described', description };
}

async function takeLease(browser: BrowserStandIn, clientId: string, takeOver = false) {
  const { body } = await browser.call('takeLease', { params, body: { clientId, takeOver } });
  return body;
}

function save(browser: BrowserStandIn, given: { leaseId: string; clientId: string; baseRevision: number; changes: readonly FlowChange[] }) {
  return browser.call('saveChanges', { params, body: given });
}

test('[D1] a new flow gets a readable id of its own, also when the name is taken or has no letters', async () => {
  const ids: string[] = [];
  for (const name of ['Größe & Maß: Prüfung!', 'grosse mass prufung', 'Größe & Maß: Prüfung!', '---', 'x'.repeat(200)]) {
    const { body } = await ada.call('createFlow', { body: { name } });
    ids.push(body.id);
    expect(body).toMatchObject({ name, state: 'draft', deployedVersion: null, latestVersion: null, nodeCount: 0, changedBy: 'Ada' });
  }
  expect(ids).toEqual(['grosse-mass-prufung', 'grosse-mass-prufung-2', 'grosse-mass-prufung-3', 'flow', 'x'.repeat(60)]);
});

test('[D2] an import keeps its id while that is free, gets one of its own otherwise, and must be a flow', async () => {
  const first = await ada.call('createFlow', { body: { name: 'Ticket', document: sampleFlow('a') } });
  expect(first.body).toMatchObject({ id: 'a', name: 'Ticket', nodeCount: 2, triggers: ['queue_a'] });
  const second = await ada.call('createFlow', { body: { name: 'Ticket', document: sampleFlow('a') } });
  expect(second.body.id).toBe('ticket');
  const { body } = await ada.call('getDraft', { params: { flowId: 'ticket' } });
  expect(body.document).toEqual({ ...sampleFlow('a'), id: 'ticket', name: 'Ticket' });
  const wrong = await ada.call('createFlow', { body: { name: 'Bad', document: { format: 1, nodes: 3 } } });
  expect([wrong.status, wrong.body.error.code]).toEqual([400, 'FLOW_DOCUMENT_INVALID']);
});

test('[D3] a duplicate has an id of its own and the name asked for', async () => {
  await makeFlow();
  const copy = await bo.call('duplicateFlow', { params, body: { name: 'A copy' } });
  expect(copy.body).toMatchObject({ id: 'a-copy', name: 'A copy', nodeCount: 2, changedBy: 'Bo' });
});

test('[D4] one tab writes: a second one sees who does, and may take over', async () => {
  await makeFlow();
  const held = await takeLease(ada, 'tab-of-ada');
  expect(held).toMatchObject({ granted: true, revision: 0, lease: { userName: 'Ada', clientId: 'tab-of-ada' } });
  expect(await takeLease(bo, 'tab-of-bo-1')).toEqual({
    granted: false,
    holder: { userName: 'Ada', clientId: 'tab-of-ada', expiresAtMs: server.clock.now() + leaseLifeMs },
  });
  expect((await bo.call('getDraft', { params })).body.lease).toMatchObject({ userName: 'Ada' });
  expect(await takeLease(bo, 'tab-of-bo-1', true)).toMatchObject({ granted: true, lease: { userName: 'Bo' } });
  expect((await ada.call('getDraft', { params })).body.lease).toMatchObject({ userName: 'Bo' });
});

test('[D5] a lease ends when it is given up, or 30 s after it was kept last', async () => {
  await makeFlow();
  const { lease } = await takeLease(ada, 'tab-of-ada');
  await server.clock.advance(leaseLifeMs - 1);
  expect((await takeLease(bo, 'tab-of-bo-1')).granted).toBe(false);
  await server.clock.advance(1);
  const taken = await takeLease(bo, 'tab-of-bo-1');
  expect(taken.granted).toBe(true);
  await ada.call('giveUpLease', { params: { flowId: 'a', leaseId: lease.leaseId } });
  expect((await takeLease(ada, 'tab-of-ada')).granted).toBe(false);
  await bo.call('giveUpLease', { params: { flowId: 'a', leaseId: taken.lease.leaseId } });
  expect((await takeLease(ada, 'tab-of-ada')).granted).toBe(true);
});

test('[D6] changes upon the present revision are saved and make the next one', async () => {
  await makeFlow();
  const { leaseId } = (await takeLease(ada, 'tab-of-ada')).lease;
  await server.clock.advance(1000);
  const first = await save(ada, { leaseId, clientId: 'tab-of-ada', baseRevision: 0, changes: [describe('one'), describe('two')] });
  expect(first.body).toEqual({ saved: true, revision: 1, savedAtMs: server.clock.now() });
  await server.restart();
  expect((await bo.call('getDraft', { params })).body).toMatchObject({ revision: 1, savedBy: 'Ada', document: { description: 'two' } });
});

test('[D7] a change that does not fit is refused and nothing of its list is saved', async () => {
  await makeFlow();
  const { leaseId } = (await takeLease(ada, 'tab-of-ada')).lease;
  const changes: FlowChange[] = [describe('one'), { kind: 'nodes-removed', nodeIds: ['gone'] }];
  const answer = await save(ada, { leaseId, clientId: 'tab-of-ada', baseRevision: 0, changes });
  expect([answer.status, answer.body.error.code]).toEqual([400, 'FLOW_CHANGE_NODE_UNKNOWN']);
  expect((await ada.call('getDraft', { params })).body).toMatchObject({ revision: 0, document: { description: '' } });
});

test('[D8] what a writer sends who lost the lease is kept as a side draft, made on the revision it knew', async () => {
  await makeFlow();
  const adas = (await takeLease(ada, 'tab-of-ada')).lease;
  const bos = (await takeLease(bo, 'tab-of-bo-1', true)).lease;
  await save(bo, {
    leaseId: bos.leaseId,
    clientId: 'tab-of-bo-1',
    baseRevision: 0,
    changes: [{ kind: 'node-renamed', nodeId: 'n2', name: 'over' }],
  });
  const late = await save(ada, {
    leaseId: adas.leaseId,
    clientId: 'tab-of-ada',
    baseRevision: 0,
    changes: [{ kind: 'nodes-disabled', nodeIds: ['n2'], disabled: true }],
  });
  expect(late.body).toMatchObject({ saved: false, reason: 'stale', sideDraft: { flowId: 'a', userName: 'Ada' } });
  const { id } = late.body.sideDraft;
  const { document, summary } = (await bo.call('getSideDraft', { params: { flowId: 'a', sideDraftId: id } })).body;
  expect(document.nodes[1]).toMatchObject({ name: 'done', disabled: true });
  expect(summary.join()).toContain('node "over" is called "done" now');
  const draft = (await bo.call('getDraft', { params })).body;
  expect(draft.document.nodes[1]).toMatchObject({ name: 'over', disabled: false });
  expect(draft.sideDrafts.map((side: { id: string }) => side.id)).toEqual([id]);
  expect((await bo.call('deleteSideDraft', { params: { flowId: 'a', sideDraftId: id } })).status).toBe(204);
  expect((await bo.call('deleteSideDraft', { params: { flowId: 'a', sideDraftId: id } })).status).toBe(404);
});

test('[D8] changes on a revision that is not kept any more are refused, not applied to another one', async () => {
  await makeFlow();
  const { leaseId } = (await takeLease(ada, 'tab-of-ada')).lease;
  for (let revision = 0; revision < 52; revision += 1)
    await save(ada, { leaseId, clientId: 'tab-of-ada', baseRevision: revision, changes: [describe(`${revision}`)] });
  const answer = await save(bo, { leaseId: 'some-other-lease', clientId: 'tab-of-bo-1', baseRevision: 0, changes: [describe('late')] });
  expect([answer.status, answer.body.error.code]).toEqual([409, 'SERVER_DRAFT_MOVED']);
});

test('[D9] a save whose answer was lost is answered the same again and is not made twice', async () => {
  await makeFlow();
  const { leaseId } = (await takeLease(ada, 'tab-of-ada')).lease;
  const given = { leaseId, clientId: 'tab-of-ada', baseRevision: 0, changes: [describe('one')] };
  const first = await save(ada, given);
  expect((await save(ada, given)).body).toEqual(first.body);
  expect((await ada.call('getDraft', { params })).body).toMatchObject({ revision: 1, sideDrafts: [] });
});

test('[D10] a tab that slept through its lease goes on when nobody took it or wrote since', async () => {
  await makeFlow();
  const { leaseId } = (await takeLease(ada, 'tab-of-ada')).lease;
  await server.clock.advance(leaseLifeMs * 4);
  const answer = await save(ada, { leaseId, clientId: 'tab-of-ada', baseRevision: 0, changes: [describe('one')] });
  expect(answer.body).toMatchObject({ saved: true, revision: 1 });
  expect((await takeLease(bo, 'tab-of-bo-1')).granted).toBe(false);
});

test('[D11] a flow is renamed while nobody writes it; its id stays', async () => {
  await makeFlow();
  const { lease } = await takeLease(ada, 'tab-of-ada');
  const refused = await bo.call('renameFlow', { params, body: { name: 'B' } });
  expect([refused.status, refused.body.error.code]).toEqual([409, 'SERVER_FLOW_HELD']);
  await ada.call('giveUpLease', { params: { flowId: 'a', leaseId: lease.leaseId } });
  expect((await bo.call('renameFlow', { params, body: { name: 'B' } })).body).toMatchObject({ id: 'a', name: 'B' });
  expect((await bo.call('getDraft', { params })).body).toMatchObject({ revision: 1, document: { id: 'a', name: 'B' } });
});

test('[D12] a flow that is deployed is not deleted; another one is, with all that belongs to it', async () => {
  await makeFlow();
  await ada.call('deploy', { body: { flowIds: ['a'], acceptWarnings: true } });
  const refused = await ada.call('deleteFlow', { params });
  expect([refused.status, refused.body.error]).toEqual([
    409,
    { code: 'SERVER_FLOW_DEPLOYED', message: '"A" is deployed, and takes messages', hint: 'Undeploy the flow first.' },
  ]);
  await ada.call('undeploy', { params });
  expect((await ada.call('deleteFlow', { params })).status).toBe(204);
  for (const route of ['getDraft', 'listVersions', 'deleteFlow'] as const) expect((await ada.call(route, { params })).status).toBe(404);
});

test('[D13] versions are numbered copies with a note; an unknown one is 404', async () => {
  await makeFlow();
  await ada.call('saveVersion', { params, body: { note: 'first' } });
  const { leaseId } = (await takeLease(ada, 'tab-of-ada')).lease;
  await save(ada, {
    leaseId,
    clientId: 'tab-of-ada',
    baseRevision: 0,
    changes: [{ kind: 'nodes-disabled', nodeIds: ['n2'], disabled: true }],
  });
  await bo.call('saveVersion', { params, body: { note: 'second' } });
  expect((await bo.call('listVersions', { params })).body.versions).toMatchObject([
    { number: 2, note: 'second', createdBy: 'Bo', isDeployed: false },
    { number: 1, note: 'first', createdBy: 'Ada', isDeployed: false },
  ]);
  const first = await bo.call('getVersion', { params: { ...params, number: '1' } });
  expect(first.body.document.nodes[1].disabled).toBe(false);
  for (const number of ['3', '0', '1.5', 'x']) expect((await bo.call('getVersion', { params: { ...params, number } })).status).toBe(404);
});

test('[D14] the list of flows tells state, triggers and problems', async () => {
  await makeFlow();
  const broken = { ...sampleFlow('b'), wires: [{ from: 'n1.out', to: 'n9.in' }] };
  await ada.call('createFlow', { body: { name: 'B', document: broken } });
  await ada.call('deploy', { body: { flowIds: ['a'], acceptWarnings: true } });
  const list = async () => (await ada.call('listFlows')).body.flows;
  expect(await list()).toMatchObject([
    { id: 'a', state: 'deployed', deployedVersion: 1, latestVersion: 1, triggers: ['queue_a'], problems: { errors: 0 } },
    { id: 'b', state: 'draft', deployedVersion: null, problems: { errors: 1 } },
  ]);
  const { leaseId } = (await takeLease(ada, 'tab-of-ada')).lease;
  await save(ada, { leaseId, clientId: 'tab-of-ada', baseRevision: 0, changes: [{ kind: 'node-noted', nodeId: 'n2', notes: 'note' }] });
  expect((await list())[0].state).toBe('deployed');
  await save(ada, {
    leaseId,
    clientId: 'tab-of-ada',
    baseRevision: 1,
    changes: [{ kind: 'nodes-disabled', nodeIds: ['n2'], disabled: true }],
  });
  expect((await list())[0].state).toBe('changed');
  await ada.call('undeploy', { params });
  expect((await list())[0].state).toBe('stopped');
});
