import type { ConnectionsView, PlatformView } from '@wirebook/api';
import { type ErrorCode, getErrorEntry, toWirebookError, WirebookError } from '@wirebook/errors';
import { type FlowDocument, parseFlow } from '@wirebook/flow';
import type { Clock } from '@wirebook/node-kit';
import type { AppConfig } from '@wirebook/package-kit';
import type { Simulator } from '@wirebook/simulator';
import type { AppStore } from '@wirebook/store';
import type { EngineProcess } from '../engine-host/engine-process.ts';
import type { HttpLog } from '../http/http-log.ts';
import type { RouteHandlers } from '../http/route-handlers.ts';
import { createBatchTimer } from '../live/batch-timer.ts';
import type { LivePublisher } from '../live/live-publisher.ts';
import { listDestinations, toConnectionView } from './connection-view.ts';
import { createPlatformBook, type KnownNames } from './platform-book.ts';
import { connectionName, readPlatform } from './read-platform.ts';
import { createRestProbe } from './rest-probe.ts';
import { testConnection, tryRest } from './test-connection.ts';

type PlatformRoute = 'listConnections' | 'testConnection' | 'getPlatform' | 'refreshPlatform';

export interface PlatformSideOptions {
  readonly engine: Pick<EngineProcess, 'links' | 'onLinks' | 'onChange'>;
  /** Reads app.config anew, so that a change of it holds at once. */
  readonly readConfig: () => Promise<AppConfig>;
  readonly store: Pick<AppStore, 'deployments' | 'versions'>;
  readonly simulator: Pick<Simulator, 'orgId'> | null;
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
  readonly log: HttpLog;
}

/** The connection to the platform, and what is defined there. */
export interface PlatformSide {
  /** Tells browsers of changes from now on. */
  createHandlers(live: Pick<LivePublisher, 'toEverybody'>): Pick<RouteHandlers, PlatformRoute>;
  /** Names for checks, without waiting: null while nothing was read. */
  findNames(): KnownNames | null;
  /** The definitions that were read last; null while nothing was read. */
  findView(): PlatformView | null;
  close(): void;
}

const definitionsTtlMs = 240_000;
const newsMs = 100;

export function createPlatformSide(options: PlatformSideOptions): PlatformSide {
  const { engine, store, simulator, clock, random, log } = options;
  const closing = new AbortController();
  const ends: (() => void)[] = [];
  let requestNews: () => void = () => undefined;
  const book = createPlatformBook({
    read: async () => readPlatform({ config: await options.readConfig(), clock, random, log: quiet(log), signal: closing.signal }),
    clock,
    ttlMs: definitionsTtlMs,
    onRead: () => requestNews(),
  });

  const probe = createRestProbe({
    clock,
    tryRest: () => tryRest({ readConfig: options.readConfig, clock, signal: closing.signal }),
    rest: () => engine.links.rest,
    onChange: () => requestNews(),
  });

  async function listConnections(): Promise<ConnectionsView> {
    const config = await options.readConfig();
    const orgId = book.last?.orgId ?? simulator?.orgId ?? null;
    const links = { rest: probe.correct(engine.links.rest), broker: engine.links.broker };
    return { connections: [toConnectionView({ config, isSimulator: simulator !== null, orgId, links, uses: listUses() })] };
  }

  /** Versions never change. */
  const documents = new Map<string, FlowDocument>();

  function findDocument(flowId: string, version: number): FlowDocument | undefined {
    const key = `${flowId} ${version}`;
    const known = documents.get(key);
    const stored = known === undefined ? store.versions.find(flowId, version) : undefined;
    const document = known ?? (stored === undefined ? undefined : parseFlow(stored.document));
    if (document !== undefined) documents.set(key, document);
    return document;
  }

  function listUses() {
    const destinationOf = (name: string) => book.last?.functions.find((candidate) => candidate.name === name)?.destination;
    return store.deployments.listPresent().flatMap(({ flowId, version }) => {
      const document = findDocument(flowId, version);
      if (document === undefined) return [];
      return [{ flowId, flowName: document.name, destinations: listDestinations(document, destinationOf) }];
    });
  }

  /** The first reading, and one after the platform was away. */
  function readInBackground(): void {
    book.get().catch((thrown: unknown) => {
      if (!closing.signal.aborted) log.warn(`the definitions of the platform cannot be read yet: ${describe(thrown)}`);
    });
  }

  function startNews(live: Pick<LivePublisher, 'toEverybody'>): void {
    let told = '';
    async function tell(): Promise<void> {
      const view = await listConnections();
      const text = JSON.stringify(view);
      if (text === told || closing.signal.aborted) return;
      told = text;
      live.toEverybody('connection.read', 'connections:changed', view);
    }
    const timer = createBatchTimer({
      clock,
      waitMs: newsMs,
      work: () => void tell().catch((thrown: unknown) => log.warn(`the state of the connection cannot be told: ${describe(thrown)}`)),
    });
    requestNews = timer.request;
    ends.push(engine.onLinks(timer.request), engine.onChange(timer.request), () => timer.cancel());
    ends.push(
      engine.onLinks(({ rest }) => {
        if (rest.status === 'up' && book.last === null) readInBackground();
      }),
      // What takes the broker away often takes REST away too.
      engine.onLinks(({ broker }) => {
        if (broker.status !== 'up') probe.look();
      }),
    );
    if (engine.links.rest.status === 'up') readInBackground();
  }

  return {
    createHandlers: (live) => {
      startNews(live);
      return {
        listConnections,
        testConnection: async ({ params }) => {
          if (params.name !== connectionName)
            throw new WirebookError('SERVER_CONNECTION_UNKNOWN', `there is no connection "${params.name}"; there is: ${connectionName}`);
          const steps = await testConnection({ readConfig: options.readConfig, clock, random, signal: closing.signal });
          probe.take(steps);
          return { steps };
        },
        getPlatform: () => book.get(),
        refreshPlatform: () => book.refresh(),
      };
    },
    findNames: () => book.findNames(),
    findView: () => book.last,
    close: () => {
      closing.abort(new WirebookError('SOAR_CLIENT_CLOSED', 'the server ends'));
      probe.close();
      for (const end of ends) end();
    },
  };
}

/** What a login says stands in the log of the engine already. */
function quiet(log: HttpLog) {
  return { info: () => undefined, warn: (text: string) => log.warn(text) };
}

function describe(thrown: unknown): string {
  const { code, message }: { code: ErrorCode; message: string } = toWirebookError(thrown, 'SERVER_INTERNAL');
  return `${message} ${getErrorEntry(code).hint} [${code}]`;
}
