import type { RunsBatch, ServerEventName, SocketAnswer } from '@wirebook/api';
import { socketEvents } from '@wirebook/api';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leaseLifeMs } from '../storage/lease-desk.ts';
import { type BrowserStandIn, type ServerUnderTest, sampleFlow, startServerUnderTest } from '../web-server.stand-in.ts';

let server: ServerUnderTest;
let ada: BrowserStandIn;
const opened: Socket[] = [];

beforeEach(async () => {
  server = await startServerUnderTest();
  ada = await server.signIn('Ada');
});

afterEach(async () => {
  for (const socket of opened.splice(0)) socket.disconnect();
  await server.close();
});

interface Tab {
  readonly socket: Socket;
  readonly events: { readonly name: ServerEventName; readonly event: Record<string, unknown> }[];
  send(name: string, body?: unknown): Promise<SocketAnswer>;
  named(name: ServerEventName): Record<string, unknown>[];
}

function connect(headers: Record<string, string>, transports: string[] = ['websocket']): Socket {
  const socket = io(server.address.url, {
    path: '/api/live',
    transports,
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
  });
  opened.push(socket);
  return socket;
}

async function openTab(browser: BrowserStandIn, transports?: string[]): Promise<Tab> {
  const socket = connect({ cookie: browser.cookie, origin: server.address.url }, transports);
  const events: Tab['events'] = [];
  socket.onAny((name: ServerEventName, event: Record<string, unknown>) => events.push({ name, event }));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return {
    socket,
    events,
    send: (name, body = {}) => socket.timeout(5000).emitWithAck(name, body),
    named: (name) => events.filter((event) => event.name === name).map(({ event }) => event),
  };
}

function failToConnect(headers: Record<string, string>, transports?: string[]): Promise<string> {
  const socket = connect(headers, transports);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', (error) => resolve(error.message));
  });
}

/** The TCP connection below a socket. */
function findWire(socket: Socket): { pause(): void; resume(): void } {
  const wire: unknown = Reflect.get(Reflect.get(socket.io.engine.transport, 'ws') as object, '_socket');
  if (typeof wire !== 'object' || wire === null || !('pause' in wire)) throw new Error('the client has no TCP connection');
  return wire as unknown as { pause(): void; resume(): void };
}

/** Time for a batch, and for it to arrive. */
async function letBatchCome(tab: Tab): Promise<void> {
  await server.clock.advance(100);
  await tab.send('runs:unknown');
}

function runRow(runId: string, status: 'running' | 'succeeded' = 'running') {
  return {
    head: {
      runId,
      flowId: 'a',
      flowName: 'A',
      flowVersion: 'h',
      triggerKind: 'action',
      destination: 'q',
      messageId: runId,
      correlationId: null,
      triggerName: null,
      incidentId: null,
      startedAtMs: 0,
    },
    version: 1,
    status,
    attempts: 1,
    errorCode: null,
    finishedAtMs: null,
    durationMs: null,
    stepCount: 0,
    retryCount: 0,
    failedNodeIds: [],
    isCompleted: false,
  } as const;
}

test('[L1] a live connection needs our host, the exact origin and a session', async () => {
  const { cookie } = ada;
  const origin = server.address.url;
  expect(await failToConnect({ cookie, origin })).toBe('connected');
  for (const wrong of ['https://evil.example', 'null', `${origin}.evil.example`, origin.replace('127.0.0.1', 'localhost')])
    expect([wrong, await failToConnect({ cookie, origin: wrong })]).toEqual([wrong, 'websocket error']);
  expect(await failToConnect({ cookie })).toBe('websocket error');
  expect(await failToConnect({ cookie, origin: 'https://evil.example' }, ['polling'])).toBe('xhr poll error');
  expect(await failToConnect({ cookie, origin, host: 'evil.example' })).toBe('websocket error');
  expect(await failToConnect({ origin })).toBe('SERVER_SIGN_IN_REQUIRED');
  expect(await failToConnect({ origin, cookie: `wirebook_session=${'x'.repeat(43)}` })).toBe('SERVER_SIGN_IN_REQUIRED');
});

test('[L1] where a proxy lets no socket through, polling does', async () => {
  const tab = await openTab(ada, ['polling']);
  expect(await tab.send('runs:watch')).toEqual({ ok: true });
});

test('[L2] an event that is not in the table, or with a body that is not, is refused and does nothing', async () => {
  const tab = await openTab(ada);
  for (const name of ['flow:delete', 'constructor', '__proto__', 'toString'])
    expect(await tab.send(name), name).toMatchObject({ ok: false, code: 'SERVER_ROUTE_UNKNOWN' });
  for (const [name, body] of [
    ['flow:watch', {}],
    ['flow:watch', { flowId: 7 }],
    ['flow:watch', { flowId: 'a', more: 1 }],
    ['runs:watch', { after: -1 }],
    ['runs:watch', 'text'],
    ['lease:keep', null],
  ] as const)
    expect(await tab.send(name, body), `${name} ${JSON.stringify(body)}`).toMatchObject({ ok: false, code: 'SERVER_REQUEST_INVALID' });
});

test('[L3] every event asks for its permission', async () => {
  const viewer = await openTab(await server.signIn('Vi', 'viewer'));
  const bodies: Record<string, unknown> = {
    'flow:watch': { flowId: 'a' },
    'flow:unwatch': { flowId: 'a' },
    'lease:keep': { flowId: 'a', leaseId: 'x' },
  };
  for (const [name, { permission }] of Object.entries(socketEvents)) {
    const answer = await viewer.send(name, bodies[name] ?? (name.startsWith('run:') ? { runId: 'r' } : {}));
    const isAllowed = permission === 'flow.read' || permission === 'run.read';
    expect([name, answer.ok]).toEqual([name, isAllowed]);
    if (!answer.ok) expect(answer.code).toBe('SERVER_PERMISSION_DENIED');
  }
});

test('[L4] who watches a flow hears of changes, leases and nodes; others do not', async () => {
  await ada.call('createFlow', { body: { name: 'A', document: sampleFlow('a') } });
  const watcher = await openTab(ada);
  const other = await openTab(ada);
  await watcher.send('flow:watch', { flowId: 'a' });
  const params = { flowId: 'a' };
  const { lease } = (await ada.call('takeLease', { params, body: { clientId: 'tab-of-ada', takeOver: false } })).body;
  const changes = [{ kind: 'flow-described', description: 'x' }];
  await ada.call('saveChanges', { params, body: { leaseId: lease.leaseId, clientId: 'tab-of-ada', baseRevision: 0, changes } });
  const node = { nodeId: 'n1', state: 'ok', atMs: 1, okCount: 1, failedCount: 0, lastError: null } as const;
  server.engine.tellActivity({ flows: [{ flowId: 'a', nodes: [node] }] });
  server.engine.tellActivity({ flows: [{ flowId: 'a', nodes: [{ ...node, okCount: 2 }] }] });
  await letBatchCome(watcher);
  expect(watcher.named('draft:changed')).toEqual([
    { flowId: 'a', revision: 1, changes, clientId: 'tab-of-ada', savedBy: 'Ada', savedAtMs: server.clock.now() - 100 },
  ]);
  expect(watcher.named('lease:changed').at(-1)).toMatchObject({ lease: { userName: 'Ada', clientId: 'tab-of-ada' } });
  expect(JSON.stringify(watcher.named('lease:changed'))).not.toContain(lease.leaseId);
  expect(watcher.named('flow:activity').slice(1)).toEqual([{ flowId: 'a', nodes: [{ ...node, okCount: 2 }], debugSwitches: {} }]);
  expect(other.named('draft:changed')).toEqual([]);
  expect(other.named('flow:activity')).toEqual([]);
  expect(other.named('flows:changed')).toEqual([]);
  await watcher.send('flow:unwatch', { flowId: 'a' });
  server.engine.tellActivity({ flows: [{ flowId: 'a', nodes: [node] }] });
  await letBatchCome(watcher);
  expect(watcher.named('flow:activity')).toHaveLength(2);
});

test('[L4] what was deployed, made or deleted is told to everybody who may read flows', async () => {
  const tab = await openTab(await server.signIn('Vi', 'viewer'));
  await ada.call('createFlow', { body: { name: 'A', document: sampleFlow('a') } });
  await ada.call('deploy', { body: { flowIds: ['a'], acceptWarnings: true } });
  await tab.send('runs:unwatch');
  expect(tab.named('flows:changed')).toContainEqual({ flowIds: ['a'] });
  expect(tab.named('deployments:changed')).toMatchObject([{ deployments: [{ flowId: 'a', version: 1 }] }]);
});

test('[L5] a browser that watches runs gets at most ten batches a second, whatever happens', async () => {
  const tab = await openTab(ada);
  await tab.send('runs:watch');
  for (let step = 0; step < 100; step += 1) {
    server.engine.tellActivity({ rows: [runRow(`r${step}`)] });
    await server.clock.advance(10);
  }
  await letBatchCome(tab);
  const batches = tab.named('runs:batch') as unknown as RunsBatch[];
  expect(batches.length).toBeGreaterThan(5);
  expect(batches.length).toBeLessThanOrEqual(11);
  expect(batches.flatMap(({ rows }) => rows.map(({ head }) => head.runId))).toEqual(Array.from({ length: 100 }, (_, step) => `r${step}`));
  await tab.send('runs:unwatch');
  server.engine.tellActivity({ rows: [runRow('more')] });
  await letBatchCome(tab);
  expect(tab.named('runs:batch')).toHaveLength(batches.length);
});

test('[L6] nothing is queued for a browser that does not read; it is told how much it missed', async () => {
  const tab = await openTab(ada);
  await tab.send('runs:watch');
  const wire = findWire(tab.socket);
  wire.pause();
  const total = 20_000;
  for (let count = 0; count < total; count += 250) {
    const rows = Array.from({ length: 250 }, (_, index) => ({ ...runRow(`r${count + index}`), errorCode: 'x'.repeat(4096) }));
    server.engine.tellActivity({ rows });
    await server.clock.advance(100);
  }
  wire.resume();
  const sum = () => {
    const batches = tab.named('runs:batch') as unknown as RunsBatch[];
    return {
      received: batches.flatMap(({ rows }) => rows).length,
      dropped: batches.reduce((all, { dropped }) => all + dropped.rows, 0),
      last: batches.at(-1)?.rows.at(-1)?.head.runId,
    };
  };
  await expect
    .poll(async () => {
      await server.clock.advance(100);
      return sum().last;
    })
    .toBe(`r${total - 1}`);
  expect(sum().dropped).toBeGreaterThan(0);
  expect(sum().received + sum().dropped).toBe(total);
});

test('[L7] a browser that connects again goes on where it was', async () => {
  const first = await openTab(ada);
  await first.send('runs:watch');
  server.engine.tellActivity({ rows: [runRow('r1'), runRow('r2')] });
  await letBatchCome(first);
  const [batch] = first.named('runs:batch') as unknown as RunsBatch[];
  first.socket.disconnect();
  server.engine.tellActivity({ rows: [runRow('r3')] });
  const second = await openTab(ada);
  await second.send('runs:watch', { after: batch?.seq, bootId: batch?.bootId });
  await letBatchCome(second);
  const [next] = second.named('runs:batch') as unknown as RunsBatch[];
  expect(next?.rows.map(({ head }) => head.runId)).toEqual(['r3']);
});

test('[L8] who watches a run hears that it went on', async () => {
  const tab = await openTab(ada);
  await tab.send('run:watch', { runId: 'r1' });
  server.engine.tellActivity({ rows: [runRow('r1'), runRow('r2'), runRow('r1', 'succeeded')] });
  await letBatchCome(tab);
  expect(tab.named('run:changed')).toEqual([{ runId: 'r1', status: 'succeeded' }]);
});

test('[L9] keeping a lease lengthens it; one that was lost is told', async () => {
  await ada.call('createFlow', { body: { name: 'A', document: sampleFlow('a') } });
  const params = { flowId: 'a' };
  const { lease } = (await ada.call('takeLease', { params, body: { clientId: 'tab-of-ada', takeOver: false } })).body;
  const tab = await openTab(ada);
  for (let turn = 0; turn < 4; turn += 1) {
    await server.clock.advance(leaseLifeMs - 10_000);
    expect(await tab.send('lease:keep', { flowId: 'a', leaseId: lease.leaseId })).toEqual({ ok: true });
  }
  const bo = await server.signIn('Bo', 'editor');
  expect(await (await openTab(bo)).send('lease:keep', { flowId: 'a', leaseId: lease.leaseId })).toMatchObject({
    code: 'SERVER_LEASE_LOST',
  });
  await bo.call('takeLease', { params, body: { clientId: 'tab-of-bo-1', takeOver: true } });
  expect(await tab.send('lease:keep', { flowId: 'a', leaseId: lease.leaseId })).toMatchObject({ ok: false, code: 'SERVER_LEASE_LOST' });
});

test('[L10] a session that ends, here or by another process, ends its live connections', async () => {
  const bo = await server.signIn('Bo', 'editor');
  const signedOut = await openTab(bo);
  const ended = new Promise<string>((resolve) => signedOut.socket.once('disconnect', resolve));
  await bo.call('signOut');
  expect(await ended).toBe('io server disconnect');
  expect(signedOut.named('session:ended')).toEqual([{}]);
  const removed = await openTab(await server.signIn('Cy', 'editor'));
  const gone = new Promise<string>((resolve) => removed.socket.once('disconnect', resolve));
  // As wirebook user remove does, beside the server.
  server.store.users.remove(server.users.getByName('Cy').id);
  await server.clock.advance(5000);
  expect(await gone).toBe('io server disconnect');
  const still = await openTab(ada);
  expect(await still.send('runs:watch')).toEqual({ ok: true });
});

test('[L11] whoever gets another role is connected anew, with the rights of that role', async () => {
  const tab = await openTab(await server.signIn('Di', 'editor'));
  const closed = new Promise<string>((resolve) => tab.socket.once('disconnect', resolve));
  await ada.call('changeUser', { params: { userId: server.users.getByName('Di').id }, body: { role: 'viewer' } });
  await server.clock.advance(5000);
  expect(await closed).toBe('transport close');
});

test('[L12] a tab that sends more than fifty events in a second is refused the rest', async () => {
  const tab = await openTab(ada);
  const answers = await Promise.all(Array.from({ length: 60 }, () => tab.send('runs:watch')));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(50);
  await server.clock.advance(1000);
  expect(await tab.send('runs:watch')).toEqual({ ok: true });
});
