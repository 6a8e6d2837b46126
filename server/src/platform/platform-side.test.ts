import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionsView, LinkState, PlatformView } from '@wirebook/api';
import { type AppStore, openAppStore } from '@wirebook/store';
import { createFakeClock, createRecordedLog, type FakeClock, type RecordedLog } from '@wirebook/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createListeners } from '../engine-host/listeners.ts';
import type { PlatformLinks } from '../engine-host/platform-links.ts';
import type { HandlerRequest } from '../http/route-handlers.ts';
import { sampleFlow } from '../web-server.stand-in.ts';
import { createPlatformSide, type PlatformSide } from './platform-side.ts';
import { type SimulatedConfig, startSimulatedConfig } from './simulated-config.stand-in.ts';

let platform: SimulatedConfig;
let folder: string;
let store: AppStore;
let clock: FakeClock;
let log: RecordedLog;
let side: PlatformSide;
let links: PlatformLinks;
let told: ConnectionsView[];
let handlers: ReturnType<PlatformSide['createHandlers']>;
const linkListeners = createListeners<PlatformLinks>();
const unknown: LinkState = { status: 'unknown', reason: null, code: null, sinceMs: 5 };
const up: LinkState = { ...unknown, status: 'up' };
// Handlers of the platform look at the name only.
const asked = (name = 'resilient') => ({ params: { name } }) as unknown as HandlerRequest<'testConnection'>;

beforeAll(async () => {
  platform = await startSimulatedConfig();
});
afterAll(() => platform.close());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-connections-'));
  clock = createFakeClock();
  log = createRecordedLog();
  store = openAppStore({ path: join(folder, 'app.db'), clock });
  links = { rest: unknown, broker: unknown };
  told = [];
  side = createPlatformSide({
    engine: {
      get links() {
        return links;
      },
      onLinks: linkListeners.add,
      onChange: () => () => undefined,
    },
    readConfig: platform.readConfig,
    store,
    simulator: platform.simulator,
    clock,
    random: () => 0.5,
    log,
  });
  handlers = side.createHandlers({
    toEverybody: (permission, name, event) => {
      expect([permission, name]).toEqual(['connection.read', 'connections:changed']);
      told.push(event as ConnectionsView);
    },
  });
});
afterEach(async () => {
  side.close();
  store.close();
  rmSync(folder, { recursive: true });
  platform.change();
  await platform.simulator.faults.clear();
});

function setLinks(next: PlatformLinks): void {
  links = next;
  linkListeners.tell(next);
}

function deploy(flow: ReturnType<typeof sampleFlow>): void {
  const document = JSON.stringify(flow);
  store.flows.add({ id: flow.id, document, by: 'Ada' });
  const { number } = store.versions.add({ flowId: flow.id, hash: flow.id, document, note: '', createdBy: 'Ada' });
  store.deployments.begin({ flowId: flow.id, version: number, by: 'Ada' });
}

const lookup = () => {
  const flow = sampleFlow('lookup');
  const [, ...others] = flow.nodes;
  const source = { ...flow.nodes[0], type: 'soar.function', config: { function: 'lookup_model_by_id' } };
  return { ...flow, nodes: [source, ...others] } as typeof flow;
};

test('[O1] a connection shows both sides, the account without its secret, and flows with their destinations', async () => {
  deploy(sampleFlow('tickets', 'ticket_desk'));
  deploy(lookup());
  links = { rest: up, broker: { status: 'down', reason: 'gone', code: 'SOAR_BROKER_UNREACHABLE', sinceMs: 9 } };
  const before = await handlers.listConnections(asked() as never);
  expect(before.connections[0]?.uses.map(({ destinations }) => destinations)).toEqual([['function lookup_model_by_id'], ['ticket_desk']]);
  await side.createHandlers({ toEverybody: () => undefined }).getPlatform(asked() as never);
  const { connections } = await handlers.listConnections(asked() as never);
  expect(connections).toMatchObject([
    {
      name: 'resilient',
      isSimulator: true,
      org: 'Harbour Lane Credit Union',
      orgId: 201,
      account: `API key ${platform.simulator.apiKeyId}`,
      isCertificateVerified: true,
      rest: { status: 'up' },
      broker: { status: 'down', reason: 'gone' },
      uses: [
        { flowId: 'lookup', flowName: 'Flow lookup', destinations: ['fn_models'] },
        { flowId: 'tickets', flowName: 'Flow tickets', destinations: ['ticket_desk'] },
      ],
    },
  ]);
  expect(JSON.stringify(connections)).not.toContain(platform.simulator.apiKeySecret);
});

test('[O2] browsers are told once of all that changed within 100 ms, and of nothing that did not', async () => {
  setLinks({ rest: unknown, broker: up });
  setLinks({ rest: { ...unknown, status: 'connecting' }, broker: up });
  await clock.advance(99);
  expect(told).toEqual([]);
  await clock.advance(1);
  await expect.poll(() => told.length).toBe(1);
  expect(told[0]?.connections[0]).toMatchObject({ rest: { status: 'connecting' }, broker: { status: 'up' } });
  setLinks({ ...links });
  await clock.advance(1000);
  deploy(sampleFlow('tickets', 'ticket_desk'));
  setLinks({ ...links });
  await clock.advance(100);
  await expect.poll(() => told.length).toBe(2);
  expect(told[1]?.connections[0]?.uses).toHaveLength(1);
});

test('[O3] only a connection that there is can be tested', async () => {
  await expect(handlers.testConnection(asked('other'))).rejects.toMatchObject({ code: 'SERVER_CONNECTION_UNKNOWN' });
});

test('[O5] the definitions hold everything that pickers offer, and names of secrets only', async () => {
  platform.change({}, '[secrets]\njira_token=s3cr3t-value\n');
  const view = await handlers.getPlatform(asked() as never);
  expect(view).toMatchObject({ connection: 'resilient', orgId: 201, fetchedAtMs: clock.now(), secretNames: ['jira_token'] });
  expect(view.functions).toMatchObject([
    {
      name: 'lookup_model_by_id',
      label: 'Lookup Model by ID',
      destination: 'fn_models',
      inputs: [{ name: 'model_id', required: 'always' }],
    },
    { name: 'triage_report' },
  ]);
  expect(view.destinations).toContainEqual({ name: 'branch_pager', label: 'Branch Pager', expectsAck: false });
  expect(view.rules).toContainEqual({
    id: 42,
    name: 'Create Ticket',
    objectType: 'incident',
    kind: 'menu-item',
    destinations: ['ticket_desk'],
    isEnabled: true,
  });
  expect(view.tables.map(({ name, columns }) => [name, columns.length])).toEqual([['ticket_log', 6]]);
  expect(view.fields.actioninvocation?.map(({ name }) => name)).toEqual(['ticket_priority', 'ticket_comment']);
  expect(view.fields.incident?.find(({ name }) => name === 'severity_code')?.values[0]).toEqual({
    value: 50,
    label: 'Low',
    isEnabled: true,
  });
  expect(Object.keys(view.fields).filter((name) => name.startsWith('__'))).toEqual([]);
  expect(JSON.stringify(view)).not.toContain('s3cr3t-value');
});

test('[O6] definitions are kept for four minutes, shared by those that ask together, and read again when asked for', async () => {
  const count = () => platform.simulator.requests().filter(({ path }) => path.endsWith('/types')).length;
  const before = count();
  const [first, second] = await Promise.all([handlers.getPlatform(asked() as never), handlers.getPlatform(asked() as never)]);
  expect([first === second, count() - before]).toEqual([true, 1]);
  await clock.advance(239_000);
  expect(await handlers.getPlatform(asked() as never)).toBe(first);
  await clock.advance(2000);
  expect((await handlers.getPlatform(asked() as never)).fetchedAtMs).toBe(clock.now());
  await clock.advance(1);
  expect((await handlers.refreshPlatform(asked() as never)).fetchedAtMs).toBe(clock.now());
  expect(count() - before).toBe(3);
});

test('[O6] while the platform does not answer the last definitions are given, and asking for new ones says what is wrong', async () => {
  const first: PlatformView = await handlers.getPlatform(asked() as never);
  platform.change({ api_key_secret: 'wrong' });
  await expect(handlers.refreshPlatform(asked() as never)).rejects.toMatchObject({ code: 'SOAR_LOGIN_REFUSED' });
  await clock.advance(300_000);
  expect(await handlers.getPlatform(asked() as never)).toBe(first);
});

test('[O6] without any answer asking says what is wrong', async () => {
  platform.change({ org: 'Nobody' });
  await expect(handlers.getPlatform(asked() as never)).rejects.toMatchObject({ code: 'SOAR_ORG_UNKNOWN' });
});

test('[O7] a list that the account may not read has no names', async () => {
  platform.simulator.faults.addRestFault({ kind: 'status', status: 403, path: '*/actions' });
  await handlers.getPlatform(asked() as never);
  expect(side.findNames()).toMatchObject({ rules: new Set(), functions: new Set(['lookup_model_by_id', 'triage_report']) });
  expect(log.lines.map(({ text }) => text)).toEqual([expect.stringContaining('/actions')]);
});

test('[O7] known names come without waiting: none at first, and those of the platform once its REST side was up', async () => {
  expect(side.findNames()).toBeNull();
  setLinks({ rest: up, broker: unknown });
  await expect.poll(() => side.findNames()).not.toBeNull();
  const names = side.findNames();
  expect([names?.functions.has('lookup_model_by_id'), names?.destinations.has('ticket_desk'), names?.rules.has('Lookup Model')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([...(names?.tables.get('ticket_log') ?? [])]).toContain('queue_position');
  expect(names?.fields.get('incident')?.has('branch_name')).toBe(true);
});
