import type { FlowSummary, NodeTypesView, RouteName, SessionView } from '@wirebook/api';
import type { FlowDocument, FlowProblem } from '@wirebook/flow';
import type { Clock, IdSource } from '@wirebook/node-kit';
import type { AppStore } from '@wirebook/store';
import { createAuthHandlers } from './auth/auth-handlers.ts';
import { createLoginThrottle } from './auth/login-throttle.ts';
import { createSessions } from './auth/sessions.ts';
import type { SecretSource } from './auth/system-random.ts';
import { createUsers } from './auth/users.ts';
import { createDeploymentDesk, type DeploymentDesk } from './deployments/deployment-desk.ts';
import { createDeploymentHandlers } from './deployments/deployment-handlers.ts';
import type { EngineProcess } from './engine-host/engine-process.ts';
import { createHttpApp } from './http/http-app.ts';
import type { HttpLog } from './http/http-log.ts';
import type { ListeningServer } from './http/listen.ts';
import type { ProbeSource } from './http/probes.ts';
import type { RouteHandlers } from './http/route-handlers.ts';
import { createLiveHub, livePath } from './live/live-hub.ts';
import type { LivePublisher } from './live/live-publisher.ts';
import { createDraftHandlers } from './storage/draft-handlers.ts';
import { createFlowBook, type FlowBook } from './storage/flow-book.ts';
import { createFlowHandlers } from './storage/flow-handlers.ts';
import { createLeaseDesk } from './storage/lease-desk.ts';
import { createServerMetrics } from './telemetry/server-metrics.ts';

/** The routes that need the engine, its traces or the platform. */
export type EngineSideRoute = Extract<
  RouteName,
  | 'getEngine'
  | 'getHealth'
  | 'switchDebug'
  | 'injectMessage'
  | 'listRuns'
  | 'getRun'
  | 'getRunValue'
  | 'stopRun'
  | 'getRecordedMessage'
  | 'checkFlow'
  | 'previewValue'
  | 'listPoison'
  | 'getPoison'
  | 'getPoisonBody'
  | 'dropPoison'
  | 'answerPoison'
  | 'runPoisonAgain'
  | 'listDeadLetters'
  | 'giveBackDeadLetter'
  | 'listConnections'
  | 'testConnection'
  | 'getPlatform'
  | 'refreshPlatform'
  | 'listConsoleIncidents'
  | 'getConsoleIncident'
  | 'runConsoleAction'
  | 'getActionStatus'
>;

export interface WebServerOptions {
  readonly store: AppStore;
  readonly engine: EngineProcess;
  readonly listening: ListeningServer;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly secrets: SecretSource;
  readonly log: HttpLog;
  readonly editorFolder: string;
  readonly product: SessionView['product'];
  readonly nodeTypes: NodeTypesView;
  readonly checkFlow: (document: FlowDocument) => Promise<readonly FlowProblem[]>;
  readonly findLastRuns: (flowIds: readonly string[]) => Promise<ReadonlyMap<string, NonNullable<FlowSummary['lastRun']>>>;
  /** The destination of a function; undefined while the definitions of the platform are not known. */
  readonly findDestination: (functionName: string) => string | undefined;
  /** What opens `/metrics` to other machines; null: nothing does. */
  readonly findMetricsToken: () => Promise<string | null>;
  /** The handlers of the engine's side, which may tell browsers. */
  readonly createEngineSide: (parts: { readonly live: LivePublisher; readonly flows: FlowBook }) => Pick<RouteHandlers, EngineSideRoute>;
}

export interface WebServer {
  readonly deployments: DeploymentDesk;
  readonly flows: FlowBook;
  readonly live: LivePublisher;
  close(): Promise<void>;
}

/** The editor's server on a port that is open: HTTP, live connections, and the deployments on record. */
export function createWebServer(options: WebServerOptions): WebServer {
  const { store, engine, listening, clock, ids, secrets, log } = options;
  const { server, address } = listening;
  const sessions = createSessions({ store, clock, ids, secrets });
  const leases = createLeaseDesk({ clock, ids });
  const flows = createFlowBook(store);
  const live = createLiveHub({ server, address, sessions, leases, engine, clock, log, bootId: ids.nextId() });
  const deployments = createDeploymentDesk({
    store,
    flows,
    engine,
    clock,
    log,
    checkFlow: options.checkFlow,
    findDestination: options.findDestination,
    onChange: (view, flowIds) => {
      live.toEverybody('flow.read', 'deployments:changed', view);
      live.toEverybody('flow.read', 'flows:changed', { flowIds });
    },
  });
  const handlers: RouteHandlers = {
    ...createAuthHandlers({
      store,
      users: createUsers({ store, clock, ids, secrets }),
      sessions,
      throttle: createLoginThrottle(clock),
      secrets,
      product: options.product,
      toSignInLink: (token) => toSignInLink(address.url, token),
    }),
    ...createFlowHandlers({ store, flows, leases, live, findLastRuns: options.findLastRuns }),
    ...createDraftHandlers({ store, flows, leases, live, ids, findDebugSwitches: (flowId) => engine.getDebugSwitches(flowId) }),
    ...createDeploymentHandlers(deployments),
    ...options.createEngineSide({ live, flows }),
    listNodeTypes: () => options.nodeTypes,
  };
  const metrics = createServerMetrics();
  const probes: ProbeSource = {
    findUnready: () => engine.health.notReady,
    readMetrics: async () => (await Promise.all([metrics.toText(engine.health), engine.readMetrics()])).join('\n'),
    findToken: options.findMetricsToken,
  };
  const app = createHttpApp({ handlers, sessions, address, editorFolder: options.editorFolder, log, probes });
  server.on('request', (request, response) => {
    // socket.io answers below its own path.
    if (request.url?.startsWith(`${livePath}/`) !== true) app(request, response);
  });
  return {
    deployments,
    flows,
    live,
    close: async () => {
      deployments.close();
      await live.close();
      await listening.close();
    },
  };
}

/** The token stands behind `#`: it is sent to no server and stands in no log. */
export function toSignInLink(url: string, token: string): string {
  return `${url}/sign-in#token=${token}`;
}
