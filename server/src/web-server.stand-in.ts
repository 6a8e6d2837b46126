import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Role, type RouteDeclaration, type RouteName, routes } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import { type FlowDocument, type FlowProblem, lintFlow, parseFlowValue } from '@wirebook/flow';
import { openAppStore } from '@wirebook/store';
import { createFakeClock, createFakeIds, createRecordedLog } from '@wirebook/testkit';
import { request } from 'undici';
import { hashPassword } from './auth/password-hash.ts';
import { createSystemSecrets } from './auth/system-random.ts';
import { createUsers } from './auth/users.ts';
import { createEngineStandIn } from './engine-host/engine-process.stand-in.ts';
import { listen } from './http/listen.ts';
import { nodeCatalogue } from './node-catalogue.ts';
import { createWebServer, type EngineSideRoute } from './web-server.ts';

/** An answer as a browser sees it. */
export interface SeenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
  readonly body: any;
}

export interface BrowserStandIn {
  /** The Cookie header that it would send. */
  readonly cookie: string;
  readonly csrfToken: string;
  /** Calls a route of the table. */
  call(name: RouteName, given?: { params?: Readonly<Record<string, string>>; body?: unknown; query?: string }): Promise<SeenAnswer>;
}

export type ServerUnderTest = Awaited<ReturnType<typeof startServerUnderTest>>;

const editorFiles = { 'index.html': '<!doctype html><title>Editor</title>', 'assets/app-1a2b.js': 'console.log(1);' };

/** A whole server on a free port, with a fake clock and an engine that runs nothing. */
export async function startServerUnderTest(options: { readonly hasEditor?: boolean } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-server-'));
  const clock = createFakeClock();
  const ids = createFakeIds();
  const secrets = createSystemSecrets();
  const log = createRecordedLog();
  const engine = createEngineStandIn();
  const editorFolder = join(folder, 'editor');
  for (const [name, content] of Object.entries(options.hasEditor === false ? {} : editorFiles)) {
    mkdirSync(join(editorFolder, name, '..'), { recursive: true });
    writeFileSync(join(editorFolder, name), content);
  }
  let store = openAppStore({ path: join(folder, 'app.db'), clock });
  const users = createUsers({ store, clock, ids, secrets });
  const checks: { run: (document: FlowDocument) => readonly FlowProblem[] } = { run: (document) => lintFlow(document, nodeCatalogue) };
  const metricsToken: { value: string | null } = { value: null };
  let { listening, server } = await start();
  const { url } = listening.address;

  async function start() {
    const opened = await listen({ host: '127.0.0.1', port: 0, hasPassword: false });
    const made = createWebServer({
      store,
      engine,
      listening: opened,
      clock,
      ids,
      secrets,
      log,
      editorFolder,
      product: { version: '0.0.0', hasSimulator: false, timeZone: 'Europe/Dublin' },
      nodeTypes: { nodeTypes: [] },
      checkFlow: async (document) => checks.run(document),
      findDestination: (name) => (name === 'known' ? 'fn_known' : undefined),
      findLastRuns: async () => new Map(),
      findMetricsToken: async () => metricsToken.value,
      createEngineSide: () => createEngineSide(),
    });
    return { listening: opened, server: made };
  }

  async function send(
    method: string,
    path: string,
    given: { readonly headers?: Record<string, string>; readonly body?: string; readonly origin?: string | null } = {},
  ): Promise<SeenAnswer> {
    const origin = given.origin === undefined && method !== 'GET' ? listening.address.url : given.origin;
    const headers = { ...(origin ? { origin } : {}), ...given.headers };
    const answer = await request(`${listening.address.url}${path}`, { method: method as 'GET', headers, body: given.body ?? null });
    const text = await answer.body.text();
    const isJson = String(answer.headers['content-type'] ?? '').includes('json');
    return { status: answer.statusCode, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
  }

  async function signIn(name = 'Ada', role: Role = 'owner'): Promise<BrowserStandIn> {
    const known = users.list().find((user) => user.name === name);
    const user = known ?? users.add(name, role);
    const answer = await send('POST', '/api/session/link', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: users.makeLink(user.id) }),
    });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const csrfToken: string = answer.body.csrfToken;
    return {
      cookie,
      csrfToken,
      call: (route, { params = {}, body, query = '' } = {}) => {
        const { method, path }: RouteDeclaration = routes[route];
        const filled = path.replace(/:([A-Za-z]+)/g, (_, parameter: string) => encodeURIComponent(params[parameter] ?? ''));
        const text = body === undefined ? {} : { body: JSON.stringify(body) };
        return send(method, `${filled}${query}`, {
          headers: { cookie, 'x-csrf-token': csrfToken, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...text,
        });
      },
    };
  }

  return {
    clock,
    engine,
    log,
    users,
    checks,
    metricsToken,
    url,
    get store() {
      return store;
    },
    get server() {
      return server;
    },
    get address() {
      return listening.address;
    },
    send,
    signIn,
    setPassword: async (name: string, password: string) =>
      store.users.setPasswordHash(users.getByName(name).id, await hashPassword(password, secrets.nextSalt())),
    /** The server ends and starts again on the same files. */
    restart: async () => {
      await server.close();
      store.close();
      store = openAppStore({ path: join(folder, 'app.db'), clock });
      ({ listening, server } = await start());
    },
    close: async () => {
      await server.close();
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function createEngineSide() {
  const engineSideRoutes: readonly EngineSideRoute[] = [
    'getEngine',
    'getHealth',
    'switchDebug',
    'injectMessage',
    'listRuns',
    'getRun',
    'getRunValue',
    'stopRun',
    'getRecordedMessage',
    'checkFlow',
    'previewValue',
    'listPoison',
    'getPoison',
    'getPoisonBody',
    'dropPoison',
    'answerPoison',
    'runPoisonAgain',
    'listDeadLetters',
    'giveBackDeadLetter',
    'listConnections',
    'testConnection',
    'getPlatform',
    'refreshPlatform',
    'listConsoleIncidents',
    'getConsoleIncident',
    'runConsoleAction',
    'getActionStatus',
  ];
  const refuse = () => {
    throw new WirebookError('SERVER_ROUTE_UNKNOWN', 'no engine is here');
  };
  return Object.fromEntries(engineSideRoutes.map((name) => [name, refuse])) as unknown as Record<EngineSideRoute, () => never>;
}

/** A flow that listens to one destination and completes. */
export function sampleFlow(id: string, destination = `queue_${id}`): FlowDocument {
  return parseFlowValue({
    format: 1,
    id,
    name: `Flow ${id}`,
    nodes: [
      { id: 'n1', type: 'soar.destination', typeVersion: 1, name: 'source', config: { destination } },
      { id: 'n2', type: 'soar.ack', typeVersion: 1, name: 'done', config: {} },
    ],
    wires: [{ from: 'n1.out', to: 'n2.in' }],
  });
}
