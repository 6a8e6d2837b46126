import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CompletionPolicy,
  createEngine,
  createNodeRegistry,
  createSystemIds,
  type Engine,
  type Ledger,
  type MessageSpill,
  type TracePart,
} from '@wirebook/engine';
import type { JsonObject } from '@wirebook/errors';
import { type FlowDocumentInput, parseFlow } from '@wirebook/flow';
import type { NodeRuntime } from '@wirebook/node-kit';
import { nodeRuntimes as coreNodes } from '@wirebook/nodes-core/runtime';
import { openLedger, openMessageSpill, openRunFiles } from '@wirebook/store';
import {
  createFakeClock,
  createFakeFolders,
  createFakeHttp,
  createFakePlatform,
  createFakeScripts,
  type FakeClock,
} from '@wirebook/testkit';
import type { TraceEvent } from '@wirebook/trace';
import { createFakeBroker, type FakeBroker } from './fake-broker.ts';
import { createKillingLedger, type KillPoint } from './killing-ledger.ts';
import { createMortalLedger } from './mortal-ledger.ts';
import { createTestNodes, type OutsideWrite, type TestNodes } from './test-nodes.ts';

export interface EngineUnderTest {
  readonly engine: Engine;
  readonly broker: FakeBroker;
  readonly nodes: TestNodes;
  readonly clock: FakeClock;
  readonly ledger: Ledger;
  readonly parts: readonly TracePart[];
  readonly logLines: readonly string[];
  readonly fatal: readonly unknown[];
  /** Replaces what is deployed. */
  deploy(flows: readonly FlowDocumentInput[]): Promise<void>;
  /** Puts a function call on the queue of the demo functions. */
  call(id: string, inputs?: JsonObject, headers?: Readonly<Record<string, string>>): void;
  /** Puts bytes on the queue as they are. */
  put(id: string, body: string | Uint8Array, headers: Readonly<Record<string, string>>): void;
  /** Bodies of the replies to a call, in order. */
  replies(id: string): readonly JsonObject[];
  completions(id: string): readonly JsonObject[];
  events(): readonly TraceEvent[];
  eventTypes(): readonly string[];
  /** Waits, in turns of the event loop, until this holds. */
  until(condition: () => boolean): Promise<void>;
  /** As `kill -9` does: nothing more leaves, nothing is closed in order. Gives what the next engine needs. */
  kill(): Remains;
  isKilled(): boolean;
  readonly folder: string;
  /** What `test.checked-write` wrote, over all engines on these remains. */
  readonly outside: OutsideWrite[];
  close(): Promise<void>;
}

/** What outlives a killed engine: the files, and what the broker holds. */
interface Remains {
  readonly folder: string;
  readonly broker: FakeBroker;
  readonly outside?: OutsideWrite[];
}

export interface EngineUnderTestOptions {
  readonly flows: readonly FlowDocumentInput[];
  readonly policy?: CompletionPolicy;
  readonly runLimit?: number;
  readonly prefetch?: number;
  readonly isLedgerConsulted?: boolean;
  readonly heldMaxBytes?: number;
  readonly takenOverLimit?: number;
  readonly trapsErrors?: boolean;
  readonly isTraceBehind?: () => boolean;
  readonly destinationRunLimit?: number;
  readonly spill?: MessageSpill;
  /** In place of the two rules of the fake platform. */
  readonly findRuleName?: (actionId: number) => Promise<string | undefined>;
  /** Beside those for all tests. */
  readonly extraNodes?: readonly NodeRuntime[];
  readonly remains?: Remains;
  /** Time at which its clock stands first, in milliseconds since the epoch. */
  readonly startMs?: number;
  /** What a supervisor tells of the engine before. */
  readonly hasDiedNatively?: boolean;
  readonly connectorQueues?: readonly string[];
  readonly connectorUpdatesQueue?: string;
  /** What the platform names. */
  readonly platformConnectorQueues?: readonly string[];
  /** Kills the engine at one of its ledger calls. */
  readonly killAt?: KillPoint;
}

export const queue = 'actions.201.fn_models';
const ackQueue = '/queue/acks.201.fn_models';
const turnsLimit = 5000;
const fileLimits = { maxFileBytes: 1_000_000, maxBytes: 10_000_000, maxCount: 100 };

/** An engine with a real ledger on a disk, real scheduling, and a broker, a platform and a clock that the test holds. */
export async function startEngine(options: EngineUnderTestOptions): Promise<EngineUnderTest> {
  const folder = options.remains?.folder ?? mkdtempSync(join(tmpdir(), 'wirebook-engine-'));
  const clock = createFakeClock(options.startMs);
  const broker = createFakeBroker();
  const opened = createMortalLedger(openLedger({ path: join(folder, 'ledger.db'), clock }));
  const outside = options.remains?.outside ?? [];
  const nodes = createTestNodes(outside);
  const parts: TracePart[] = [];
  const logLines: string[] = [];
  const fatal: unknown[] = [];
  let isKilled = false;

  function kill(): Remains {
    isKilled = true;
    broker.freeze();
    nodes.die();
    opened.die();
    return { folder, broker, outside };
  }

  const ledger = options.killAt === undefined ? opened : createKillingLedger(opened, { killAt: options.killAt, kill });
  const platform = createFakePlatform({
    functions: [
      { id: 1, name: 'lookup', displayName: 'Lookup', destination: 'fn_models' },
      { id: 2, name: 'other', displayName: 'Other', destination: 'fn_models' },
    ],
    connectorQueues: options.platformConnectorQueues ?? [],
    rules: new Map([
      [7, 'Create Ticket'],
      [8, 'Page the Branch'],
    ]),
  });
  const findRuleName = options.findRuleName ?? ((actionId: number) => platform.catalogue.findRuleName(actionId));
  const log = (level: string) => (text: string) => {
    logLines.push(`${level} ${text}`);
  };
  const engine = createEngine({
    broker,
    brokerHost: 'broker:65001',
    redactText: (text) => text.replaceAll('hush-hush', '***'),
    platform: { catalogue: { ...platform.catalogue, findRuleName }, forRun: () => platform, close: async () => undefined },
    ledger,
    spill: options.spill ?? openMessageSpill(join(folder, 'spill')),
    heldMaxBytes: options.heldMaxBytes ?? 64_000_000,
    trace: { append: (part) => parts.push(part) },
    registry: createNodeRegistry([...nodes.runtimes, ...coreNodes, ...(options.extraNodes ?? [])]),
    scripts: createFakeScripts(),
    http: createFakeHttp(),
    files: openRunFiles({
      folder: join(folder, 'files'),
      limits: fileLimits,
      ids: createSystemIds(),
      listOpenRunIds: () => ledger.listOpenRunIds(),
    }),
    folders: createFakeFolders(),
    clock,
    ids: createSystemIds(),
    random: () => 0.5,
    secrets: () => undefined,
    env: () => undefined,
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error'), isEnabled: () => true },
    completionPolicy: options.policy ?? 'transaction',
    takenOverLimit: options.takenOverLimit,
    trapsErrors: options.trapsErrors ?? false,
    isTraceBehind: options.isTraceBehind,
    destinationRunLimit: options.destinationRunLimit,
    runLimit: options.runLimit ?? 50,
    prefetch: options.prefetch ?? 10,
    subscriptionCount: 1,
    exclusive: false,
    onFatal: (error) => fatal.push(error),
    isLedgerConsulted: options.isLedgerConsulted ?? true,
    hasDiedNatively: options.hasDiedNatively ?? false,
    connectorQueues: options.connectorQueues,
    connectorUpdatesQueue: options.connectorUpdatesQueue,
  });
  await engine.deploy(options.flows.map((flow) => parseFlow(JSON.stringify(flow))));

  function put(id: string, body: string | Uint8Array, headers: Readonly<Record<string, string>>): void {
    broker.put({ destination: queue, messageId: id, headers, body: typeof body === 'string' ? new TextEncoder().encode(body) : body });
  }

  function replies(id: string): readonly JsonObject[] {
    return broker.sent.filter((send) => send.headers['correlation-id'] === `cid-${id}`).map((send) => JSON.parse(send.body) as JsonObject);
  }

  if (options.remains !== undefined) for (const message of options.remains.broker.takeUnsettled()) broker.put(message);
  return {
    engine,
    broker,
    nodes,
    clock,
    ledger: opened,
    parts,
    logLines,
    fatal,
    deploy: (flows) => engine.deploy(flows.map((flow) => parseFlow(JSON.stringify(flow)))),
    put,
    call: (id, inputs = {}, headers = {}) =>
      put(id, JSON.stringify({ function: { id: 1, name: 'lookup' }, inputs }), {
        'reply-to': ackQueue,
        'correlation-id': `cid-${id}`,
        Co3ContextToken: `token-${id}`,
        ...headers,
      }),
    replies,
    completions: (id) => replies(id).filter((reply) => reply.complete === true),
    events: () => parts.flatMap((part) => part.events),
    eventTypes: () => parts.flatMap((part) => part.events.map((event) => event.type)),
    until: async (condition) => {
      for (let turn = 0; !condition(); turn += 1) {
        if (turn > turnsLimit) throw new Error(`waited in vain for: ${condition.toString()}\n${logLines.join('\n')}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    kill,
    isKilled: () => isKilled,
    folder,
    outside,
    close: async () => {
      if (!isKilled) {
        nodes.leaveGatesOpen();
        nodes.openGates();
        await engine.stop({ drainMs: 0 });
        opened.close();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A flow of nodes in a row; the wires follow the order. */
export function chain(id: string, ...nodes: readonly (readonly [type: string, config?: JsonObject, name?: string])[]): FlowDocumentInput {
  const ids = nodes.map((_, index) => `n${index}`);
  return {
    format: 1,
    id,
    name: id,
    nodes: nodes.map(([type, config = {}, name], index) => ({
      id: `n${index}`,
      type,
      typeVersion: 1,
      name: name ?? `${type} ${index}`,
      config: { ...config },
    })),
    wires: ids.slice(1).map((to, index) => ({ from: `n${index}.out`, to: `${to}.in` })),
  };
}

export const lookup = ['test.function', { function: 'lookup' }] as const;
