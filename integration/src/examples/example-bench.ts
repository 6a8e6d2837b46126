import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, createNodeRegistry, createScriptPool, createSystemClock, createSystemIds, type OwnTrigger } from '@wirebook/engine';
import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import { parseFlow } from '@wirebook/flow';
import type { PlatformCalls } from '@wirebook/node-kit';
import { nodeRuntimes as core } from '@wirebook/nodes-core/runtime';
import { nodeRuntimes as script } from '@wirebook/nodes-script/runtime';
import { nodeRuntimes as soar } from '@wirebook/nodes-soar/runtime';
import { nodeRuntimes as webNodes } from '@wirebook/nodes-web/runtime';
import { createWebListener } from '@wirebook/server';
import { createSimulator, type FireRequest, type InvocationView, type Simulator } from '@wirebook/simulator';
import { createBrokerConnection, createPlatformClient } from '@wirebook/soar-client';
import { openLedger, openMessageSpill, openRunFiles } from '@wirebook/store';
import { createFakeFolders, createFakeHttp, type FakeFolders, type FakeHttp } from '@wirebook/testkit';
import type { TraceEvent } from '@wirebook/trace';

const answerLimitMs = 10_000;
/** What senders of webhooks know. */
export const webToken = 'a token for the examples';
const fileLimits = { maxFileBytes: 30_000_000, maxBytes: 100_000_000, maxCount: 100 };

/** Simulator, client, engine and the nodes of all packages, with only the rest of the web replaced. */
export interface ExampleBench {
  readonly simulator: Simulator;
  readonly http: FakeHttp;
  readonly folders: FakeFolders;
  /** Labels under which the flow showed values in the debug panel since its deployment. */
  readonly printed: readonly string[];
  /** Id of an incident of the demonstration organisation, the oldest first. */
  incidentId(index: number): number;
  /** A GET with labels; a list stands under `list`. */
  read(path: string): Promise<JsonObject>;
  /** Calls that no run causes. */
  readonly calls: PlatformCalls;
  /** Runs only this flow. */
  deploy(flowPath: string): Promise<void>;
  deployText(flow: string): Promise<void>;
  /** Puts a message on a queue, as other products and the platform's connectors do. */
  put(destination: string, headers: Readonly<Record<string, string>>, body: JsonObject): Promise<void>;
  /** Starts the flow at a source that waits for no message. */
  trigger(own: OwnTrigger): void;
  /** Address of a webhook or form that the deployed flow has. */
  address(path: string): string;
  /** What happened in the runs since the deployment. */
  readonly events: readonly TraceEvent[];
  /** Fires a function or a rule and waits until it is no longer pending. */
  fire(what: FireRequest): Promise<InvocationView>;
  close(): Promise<void>;
}

export async function openExampleBench(): Promise<ExampleBench> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-examples-'));
  const simulator = await createSimulator({});
  const clock = createSystemClock();
  const random = () => 0.5;
  const log = { isEnabled: () => false, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const tls = { caPem: readFileSync(simulator.caFile, 'utf8'), verify: true };
  const { hostname, port } = new URL(simulator.restUrl);
  const platform = await createPlatformClient({
    host: hostname,
    port: Number(port),
    org: simulator.org,
    login: { kind: 'api-key', id: simulator.apiKeyId, secret: simulator.apiKeySecret },
    tls,
    timeoutMs: 10_000,
    retry: { attempts: 3, delayMs: 50, backoff: 2, maxDelayMs: 1000 },
    clock,
    random,
    log,
  });
  const broker = createBrokerConnection({
    host: simulator.stompHost,
    port: simulator.stompPort,
    login: simulator.apiKeyId,
    passcode: simulator.apiKeySecret,
    tls,
    connectTimeoutMs: 10_000,
    heartbeatOutgoingMs: 15_000,
    heartbeatIncomingMs: 15_000,
    maxMessageBytes: 16_000_000,
    clock,
    random,
    log,
    failFast: true,
  });
  await broker.connect();
  const ledger = openLedger({ path: join(folder, 'ledger.db'), clock });
  const scripts = createScriptPool({ clock });
  const http = createFakeHttp();
  const folders = createFakeFolders(['exports', 'lists']);
  const printed: string[] = [];
  const seen: TraceEvent[] = [];
  const fatal: unknown[] = [];
  const web = createWebListener({
    config: { host: '127.0.0.1', port: 0, tls: null, maxBodyBytes: 1_000_000, trustedProxy: null },
    trigger: (own) => engine.trigger(own),
    secrets: (name) => (name === 'ticket_hook' ? webToken : undefined),
    clock,
    ids: createSystemIds(),
    log,
  });
  const engine = createEngine({
    broker,
    web,
    brokerHost: 'simulator',
    redactText: (text) => text,
    platform,
    ledger,
    spill: openMessageSpill(join(folder, 'spill')),
    heldMaxBytes: 64_000_000,
    trace: {
      append: ({ events }) => {
        seen.push(...events);
        for (const event of events) if (event.type === 'debug.printed') printed.push(event.label);
      },
    },
    registry: createNodeRegistry([...core, ...soar, ...webNodes, ...script]),
    scripts,
    http,
    files: openRunFiles({
      folder: join(folder, 'files'),
      limits: fileLimits,
      ids: createSystemIds(),
      listOpenRunIds: () => ledger.listOpenRunIds(),
    }),
    folders,
    clock,
    ids: createSystemIds(),
    random,
    secrets: () => undefined,
    env: () => undefined,
    log,
    completionPolicy: 'transaction',
    runLimit: 10,
    prefetch: 10,
    subscriptionCount: 1,
    exclusive: false,
    onFatal: (error) => fatal.push(error),
  });
  const calls = platform.forRun({ contextToken: undefined, signal: new AbortController().signal, onAttempt: () => undefined });

  async function listIncidentIds(): Promise<readonly number[]> {
    const body = { filters: [], sorts: [{ field_name: 'id', type: 'asc' }], start: 0, length: 100 };
    const answer = await calls.request({ method: 'POST', path: '/incidents/query_paged', body, repeatable: true });
    const incidents: readonly JsonValue[] = isJsonObject(answer.body) && Array.isArray(answer.body.data) ? answer.body.data : [];
    return incidents.filter(isJsonObject).map(({ id }) => Number(id));
  }

  /** Polls, since the simulator tells nobody; ends with an error when nothing came for long. */
  async function waitUntilAnswered(find: () => InvocationView | undefined): Promise<InvocationView> {
    const endMs = clock.now() + answerLimitMs;
    for (;;) {
      const view = find();
      if (fatal.length > 0) throw fatal[0];
      if (view !== undefined && view.status !== 'Pending') return view;
      if (clock.now() > endMs) throw new Error(`no answer: ${JSON.stringify(view)}`);
      await clock.sleep(10);
    }
  }

  async function deployText(flow: string): Promise<void> {
    printed.length = 0;
    seen.length = 0;
    await engine.deploy([parseFlow(flow)]);
  }

  const incidentIds = await listIncidentIds();
  return {
    simulator,
    http,
    folders,
    printed,
    events: seen,
    put: (destination, headers, body) => simulator.publish({ destination, headers, body: Buffer.from(JSON.stringify(body)) }),
    address: (path) => `${web.url}${path}`,
    trigger: (own) => void engine.trigger(own),
    calls,
    incidentId: (index) => {
      const id = incidentIds[index];
      if (id === undefined) throw new Error(`the demonstration organisation has no incident number ${index}`);
      return id;
    },
    read: async (path) => {
      const { body } = await calls.request({ method: 'GET', path, handleFormat: 'names' });
      return isJsonObject(body) ? body : { list: body };
    },
    deploy: (flowPath) => deployText(readFileSync(flowPath, 'utf8')),
    deployText,
    fire: async (what) => {
      const id = await simulator.invocations.fire(what);
      return waitUntilAnswered(() => simulator.invocations.find(id));
    },
    close: async () => {
      await engine.stop({ drainMs: 1000 });
      await web.close();
      await broker.close();
      await platform.close();
      await scripts.close();
      ledger.close();
      await simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}
