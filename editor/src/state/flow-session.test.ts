import { expect, test } from 'vitest';
import { createFakeLive, createFakeServer, createFakeStorage, createFakeTimers, settle } from './flow-server.stand-in.ts';
import { openFlowSession } from './flow-session.ts';
import { testNodeTypes } from './node-types.stand-in.ts';

const moved = (x: number) => ({ kind: 'nodes-moved', positions: { a: [x, 0] } }) as const;
const noted = (notes: string) => ({ kind: 'node-noted', nodeId: 'b', notes }) as const;

async function open(world = { server: createFakeServer(), storage: createFakeStorage() }, clientId = 'this-tab') {
  const timers = createFakeTimers();
  const socket = createFakeLive();
  const session = await openFlowSession({
    api: world.server.api,
    live: socket.live,
    flowId: 'f',
    clientId,
    nodeTypes: testNodeTypes,
    now: timers.now,
    startTimer: timers.startTimer,
    storage: world.storage,
    mayWrite: true,
  });
  return { ...world, timers, socket, session, store: session.store };
}

test('[S10] what is changed is sent in order half a second after the last change, in one request with its base', async () => {
  const { server, store, timers } = await open();
  store.change(moved(20), { label: 'Move' });
  await timers.pass(300);
  store.change(noted('x'), { label: 'Note' });
  await timers.pass(399);
  expect(server.callsOf('saveChanges')).toEqual([]);
  expect(store.getState().save.kind).toBe('waiting');
  await timers.pass(1);
  expect(server.callsOf('saveChanges').map(({ body }) => body)).toEqual([
    { leaseId: 'lease-1', clientId: 'this-tab', baseRevision: 1, changes: [moved(20), noted('x')] },
  ]);
  expect(store.getState()).toMatchObject({ unsaved: [], revision: 2, save: { kind: 'saved', atMs: 9000 } });
});

test('[S10] somebody who changes on and on is saved after two seconds all the same', async () => {
  const { server, store, timers } = await open();
  for (let step = 0; step < 8; step += 1) {
    store.change(moved(step), { label: 'Move' });
    await timers.pass(300);
  }
  expect(server.callsOf('saveChanges').length).toBe(1);
});

test('[S11] while the server is not reached nothing is lost: it is tried again at longer and longer distances', async () => {
  const { server, store, timers } = await open();
  server.setReached(false);
  store.change(moved(20), { label: 'Move' });
  await timers.pass(400);
  expect(store.getState().save).toEqual({ kind: 'offline', reason: 'server not reached' });
  store.change(noted('x'), { label: 'Note' });
  await timers.pass(1000 + 2000 + 4000);
  expect(server.callsOf('saveChanges').length).toBe(4);
  expect(store.getState().unsaved).toEqual([moved(20), noted('x')]);
  server.setReached(true);
  await timers.pass(8000);
  expect(store.getState()).toMatchObject({ unsaved: [], save: { kind: 'saved' } });
  expect(server.document()).toEqual(store.getState().document);
});

test('[S11] when the socket is back the waiting ends at once', async () => {
  const { server, store, timers, socket } = await open();
  server.setReached(false);
  store.change(moved(20), { label: 'Move' });
  await timers.pass(400);
  server.setReached(true);
  socket.setState('connected');
  await settle();
  expect(store.getState()).toMatchObject({ unsaved: [], save: { kind: 'saved' } });
});

test('[S12] a reload gives back what was not saved when its base still fits', async () => {
  const first = await open();
  first.server.setReached(false);
  first.store.change(moved(20), { label: 'Move' });
  await first.timers.pass(400);
  first.server.setReached(true);
  first.server.leaveOther();
  const second = await open({ server: first.server, storage: first.storage }, 'reloaded-tab');
  expect(second.store.getState().unsaved).toEqual([moved(20)]);
  expect(second.store.getState().document.layout.nodes?.a).toEqual([20, 0]);
  await second.timers.pass(400);
  expect(second.server.document().layout.nodes?.a).toEqual([20, 0]);
  expect(second.storage.kept.size).toBe(0);
});

test('[S12] what was not saved before a reload and fits no more is kept by the server as a draft of its own', async () => {
  const first = await open();
  first.server.setReached(false);
  first.store.change(moved(20), { label: 'Move' });
  await first.timers.pass(400);
  first.server.setReached(true);
  first.server.takeByOther(noted('by Dana'));
  const second = await open({ server: first.server, storage: first.storage }, 'reloaded-tab');
  expect(second.store.getState().mode).toBe('reading');
  expect(second.session.notices.getState().ownSideDraft?.id).toBe('side-1');
  expect(second.storage.kept.size).toBe(0);
});

test('[S13] another tab that takes over gets the flow; what was not saved here is kept as a draft, and the newest document is shown', async () => {
  const { server, store, socket, session, timers } = await open();
  store.change(moved(20), { label: 'Move' });
  server.takeByOther(noted('by Dana'));
  socket.say('lease:changed', { flowId: 'f', lease: server.lease() });
  await settle();
  expect(server.callsOf('saveChanges').length).toBe(1);
  expect(session.notices.getState().ownSideDraft?.summary).toEqual(['1 changes']);
  expect(store.getState()).toMatchObject({ mode: 'reading', unsaved: [], revision: 2, otherWriter: { userName: 'Dana' } });
  expect(store.getState().document.nodes[1]?.notes).toBe('by Dana');
  store.change(moved(40), { label: 'Move' });
  await timers.pass(60_000);
  expect(store.getState().unsaved).toEqual([]);
  expect(server.callsOf('saveChanges').length).toBe(1);
});

test('[S13] changes made while the refusal was on its way are in the same draft', async () => {
  const { server, store, session } = await open();
  store.change(moved(20), { label: 'Move' });
  server.takeByOther();
  const flushed = session.flush();
  store.change(noted('late'), { label: 'Note' });
  await flushed;
  await settle();
  expect(server.sideDrafts.map(({ summary }) => summary)).toEqual([['2 changes']]);
  expect(session.notices.getState().ownSideDraft?.summary).toEqual(['2 changes']);
});

test('[S14] a tab that reads follows the changes of the one that writes, and asks for the draft when one is missing', async () => {
  const server = createFakeServer();
  server.takeByOther();
  const { store, socket } = await open({ server, storage: createFakeStorage() });
  expect(store.getState()).toMatchObject({ mode: 'reading', otherWriter: { userName: 'Dana' } });
  const told = { flowId: 'f', clientId: 'other-tab', savedBy: 'Dana', savedAtMs: 1 };
  server.takeByOther(moved(20));
  socket.say('draft:changed', { ...told, revision: 2, changes: [moved(20)] });
  expect(store.getState().document.layout.nodes?.a).toEqual([20, 0]);
  server.takeByOther(noted('unheard'));
  server.takeByOther(moved(60));
  socket.say('draft:changed', { ...told, revision: 4, changes: [moved(60)] });
  await settle();
  expect(store.getState().revision).toBe(4);
  expect(store.getState().document.nodes[1]?.notes).toBe('unheard');
});

test('[S14] taking over begins with the newest draft', async () => {
  const server = createFakeServer();
  server.takeByOther();
  const { store, session } = await open({ server, storage: createFakeStorage() });
  server.takeByOther(noted('by Dana'));
  await session.takeOver();
  expect(store.getState()).toMatchObject({ mode: 'writing', revision: 2 });
  expect(store.getState().document.nodes[1]?.notes).toBe('by Dana');
  expect(server.lease()?.clientId).toBe('this-tab');
});

test('[S15] the lease is kept every ten seconds, and given up when the page is left, after the last change was saved', async () => {
  const { server, store, session, timers, socket } = await open();
  await timers.pass(25_000);
  expect(socket.sent).toEqual([
    { event: 'lease:keep', body: { flowId: 'f', leaseId: 'lease-1' } },
    { event: 'lease:keep', body: { flowId: 'f', leaseId: 'lease-1' } },
  ]);
  store.change(moved(20), { label: 'Move' });
  await session.close();
  expect(server.document().layout.nodes?.a).toEqual([20, 0]);
  expect(server.lease()).toBeNull();
  await timers.pass(60_000);
  expect(socket.sent.length).toBe(2);
});

test('[S16] problems found here are shown at once, those of the server half a second later, and they stay while their node is as it was', async () => {
  const server = createFakeServer();
  const fromServer = { code: 'FLOW_EXPRESSION_INVALID', severity: 'error', message: 'of the server', nodeId: 'b' } as const;
  server.setProblems([fromServer]);
  const { store, timers } = await open({ server, storage: createFakeStorage() });
  await timers.pass(500);
  expect(store.getState().problems).toEqual([fromServer]);
  store.change({ kind: 'wires-removed', wires: [{ from: 'a.out', to: 'b.in' }] }, { label: 'Delete' });
  const codes = () => store.getState().problems.map(({ code }) => code);
  expect(codes()).toContain('FLOW_NODE_UNREACHABLE');
  expect(codes()).toContain('FLOW_EXPRESSION_INVALID');
  store.change({ kind: 'node-configured', nodeId: 'b', config: { note: 'x' } }, { label: 'Configure' });
  expect(codes()).not.toContain('FLOW_EXPRESSION_INVALID');
  await timers.pass(500);
  expect(codes()).toEqual(['FLOW_EXPRESSION_INVALID']);
});

test('[S16] a problem of a setting stays until the settings are others', async () => {
  const server = createFakeServer();
  const ofOrder = { code: 'FLOW_EXPRESSION_INVALID', severity: 'error', message: 'of the order', field: 'settings.orderBy' } as const;
  server.setProblems([ofOrder]);
  const { store, timers } = await open({ server, storage: createFakeStorage() });
  await timers.pass(500);
  store.change({ kind: 'node-configured', nodeId: 'b', config: { note: 'x' } }, { label: 'Configure' });
  expect(store.getState().problems).toContainEqual(ofOrder);
  store.change({ kind: 'flow-described', settings: { orderBy: 'a' } }, { label: 'Order' });
  expect(store.getState().problems).not.toContainEqual(ofOrder);
});

test('[S16] moving nodes asks for no check', async () => {
  const { server, store, timers } = await open();
  await timers.pass(500);
  const before = server.callsOf('checkFlow').length;
  store.change(moved(20), { label: 'Move' });
  await timers.pass(2000);
  expect(server.callsOf('checkFlow').length).toBe(before);
});
