import { createActionModule } from './actions/action-module.ts';
import { createInvocationLog, type InvocationLog } from './actions/invocation-log.ts';
import { type AnalystDesk, createAnalystDesk } from './analyst/analyst-desk.ts';
import { createChangeFeed } from './analyst/change-feed.ts';
import type { OutgoingMessage } from './broker/broker-port.ts';
import type { StompBroker } from './broker/stomp-broker.ts';
import { authenticateBrokerLogin, mayUseQueue } from './broker-access.ts';
import { type CertificateStore, createCertificateStore } from './certificates/certificate-store.ts';
import { createControlServer } from './control/control-server.ts';
import { openCredentialSeed } from './credential-seed.ts';
import { demoOrgId, type SimulatorCredentials, simulatorCredentials } from './credentials.ts';
import { createAccounts, fillPlatform } from './demo/simulated-organisations.ts';
import { createRestFaults } from './faults/rest-fault.ts';
import type { SimulatorFaults } from './faults/simulator-faults.ts';
import { createSeededIds } from './ids.ts';
import { openBroker } from './open-broker.ts';
import { applyContent } from './platform/apply-content.ts';
import type { OrganisationContent } from './platform/content.ts';
import { createCounters } from './platform/counters.ts';
import { createPlatform, getOrganisation, type Platform } from './platform/platform.ts';
import { createLoginSessions } from './rest/login-session.ts';
import { createRequestLog, type RequestRecord } from './rest/request-log.ts';
import { createRestServer } from './rest/rest-server.ts';
import type { SimulatorOptions } from './simulator-options.ts';
import { systemClock } from './system-clock.ts';
import { systemIds } from './system-ids.ts';

/** A running platform stand-in. */
export interface Simulator {
  readonly restUrl: string;
  readonly stompHost: string;
  readonly stompPort: number;
  readonly controlUrl: string;
  /** PEM file with the CA of the REST API and of the embedded broker. */
  readonly caFile: string;
  /** Name and id of the demonstration organisation, and two of its logins. */
  readonly org: string;
  readonly orgId: number;
  readonly apiKeyId: string;
  readonly apiKeySecret: string;
  readonly email: string;
  readonly password: string;
  /** Every login of every organisation. */
  readonly credentials: SimulatorCredentials;
  readonly invocations: InvocationLog;
  /** The demonstration organisation as a person sees it on screen. */
  readonly desk: AnalystDesk;
  readonly faults: SimulatorFaults;
  /** The embedded broker; null with a real one. */
  readonly broker: StompBroker | null;
  /** The latest REST requests, newest last. */
  requests(): readonly RequestRecord[];
  /** Puts a message on a queue exactly as given. */
  publish(message: OutgoingMessage): Promise<void>;
  /**
   * Adds to what an organisation has; resolves when the replies of new destinations are consumed.
   *
   * @throws WirebookError SIMULATOR_CONTENT_INVALID
   */
  addContent(orgId: number, content: OrganisationContent): Promise<void>;
  /** Back to the state of the start: objects, invocations, sessions, faults, messages of the embedded broker. Logins stay. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the REST API, the broker (or the connection to a real one), the action module and the control port.
 *
 * @throws WirebookError SIMULATOR_PORT_IN_USE naming the port.
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const opened: { close(): Promise<void> }[] = [];
  try {
    return await startSimulator(options, opened);
  } catch (thrown) {
    await closeAll(opened);
    throw thrown;
  }
}

async function startSimulator(options: SimulatorOptions, opened: { close(): Promise<void> }[]): Promise<Simulator> {
  const clock = options.clock ?? systemClock;
  const host = options.host ?? '127.0.0.1';
  const ids = options.seed === undefined ? systemIds : createSeededIds(options.seed);
  const report = options.onProblem ?? ((error: Error) => void process.emitWarning(error));
  const platform = createPlatform({ clock, ids, counters: createCounters() });
  const seed = await openSeed(options);
  const credentials = simulatorCredentials(seed);
  const accounts = createAccounts(credentials);

  const certificates = await createCertificateStore({ dir: options.dataDir, clock });
  opened.push(certificates);
  const broker = await openBroker({
    options,
    host,
    clock,
    bootId: systemIds.token().slice(0, 12),
    certificates,
    platformLogin: credentials.platform,
    authenticate: (login, passcode) => authenticateBrokerLogin(platform, login, passcode),
    authorize: (request) => mayUseQueue(platform, request),
    onProblem: report,
  });
  opened.push(broker.port);

  // Seconds since 1970: a simulator that starts again never repeats a correlation-id that may still lie on a queue.
  const firstInvocationId = Math.floor(clock.now() / 1000);
  const { expectAckTimeoutMs } = options;
  const feed = createChangeFeed(report);
  const actions = createActionModule({
    platform,
    broker: broker.port,
    tokens: ids,
    firstInvocationId,
    expectAckTimeoutMs,
    rememberedInvocations: options.rememberedInvocations,
    onInvocation: ({ orgId, incidentId }) => feed.tell({ orgId, incidentId, what: 'action' }),
  });
  opened.push(actions);
  const invocations = createInvocationLog(actions);
  let newDestinations: Promise<void>[] = [];
  const desk = createAnalystDesk({ platform, orgId: demoOrgId, actions, feed });
  platform.onChange = (change) => {
    feed.tell({ orgId: change.org.id, incidentId: change.incident.id, what: 'object' });
    actions.takeChange(change);
  };
  platform.onRemove = (org, incident) => feed.tell({ orgId: org.id, incidentId: incident.id, what: 'object' });
  platform.onDestination = (org, queue) => {
    const consumed = actions.consumeReplies(org.id, queue);
    consumed.catch((thrown: unknown) => report(thrown instanceof Error ? thrown : new Error(String(thrown))));
    newDestinations.push(consumed);
  };
  async function destinationsReady(): Promise<void> {
    const waiting = newDestinations;
    newDestinations = [];
    await Promise.all(waiting);
  }
  fillPlatform(platform, accounts, seed);
  await destinationsReady();

  const sessions = createLoginSessions(platform, { clock, ids });
  const restFaults = createRestFaults();
  const requestLog = createRequestLog();
  const rest = await createRestServer({
    host,
    port: options.restPort ?? 0,
    platform,
    ids,
    sessions,
    faults: restFaults,
    log: requestLog,
    certificates,
    findRuleOfToken: (token) => actions.book.findRuleOfToken(token),
  });
  opened.push(rest);

  const faults: SimulatorFaults = {
    addRestFault: (fault) => restFaults.add(fault),
    expireSessions: () => sessions.expireAll(),
    refuseRestConnections: (durationMs) => rest.refuseConnections(durationMs),
    useRestCertificate: (kind) => rest.useCertificate(kind),
    useStompCertificate: async (kind) => broker.embedded?.useCertificate(kind),
    broker: broker.embedded,
    async clear() {
      restFaults.clear();
      rest.refuseConnections(0);
      broker.embedded?.faults.clear();
      await broker.embedded?.start();
      await rest.useCertificate('valid');
      await broker.embedded?.useCertificate('valid');
    },
  };
  async function reset(): Promise<void> {
    await faults.clear();
    actions.book.clear();
    broker.embedded?.purge();
    sessions.expireAll();
    requestLog.clear();
    fillPlatform(platform, accounts, seed);
    await destinationsReady();
    feed.tell({ orgId: demoOrgId, incidentId: null, what: 'reset' });
  }
  async function addContent(orgId: number, content: OrganisationContent): Promise<void> {
    applyContent(platform, getOrganisation(platform, orgId), content);
    await destinationsReady();
  }
  const embedded = broker.embedded;
  const control = await createControlServer({
    port: options.controlPort ?? 0,
    invocations,
    faults,
    requests: requestLog,
    queueStates: embedded === null ? null : () => embedded.queueStates(),
    publish: (message) => broker.port.publish(message),
    reset,
  });
  opened.push(control);

  return {
    restUrl: `https://${urlHost(host)}:${rest.port}`,
    stompHost: broker.host,
    stompPort: broker.portNumber,
    controlUrl: control.url,
    ...demoIdentity(platform, { credentials, certificates }),
    credentials,
    invocations,
    desk,
    faults,
    broker: embedded,
    requests: () => requestLog.list(),
    publish: (message) => broker.port.publish(message),
    addContent,
    reset,
    close: () => closeAll(opened),
  };
}

async function openSeed({ seed, dataDir }: SimulatorOptions): Promise<string> {
  if (seed !== undefined) return seed;
  return dataDir === undefined ? systemIds.token() : await openCredentialSeed(dataDir, systemIds);
}

function demoIdentity(
  platform: Platform,
  { credentials, certificates }: { credentials: SimulatorCredentials; certificates: CertificateStore },
) {
  const user = credentials.users.find((account) => account.orgIds.includes(demoOrgId));
  const apiKey = credentials.apiKeys.find((candidate) => candidate.orgId === demoOrgId);
  return {
    caFile: certificates.caFile,
    org: getOrganisation(platform, demoOrgId).name,
    orgId: demoOrgId,
    apiKeyId: apiKey?.id ?? '',
    apiKeySecret: apiKey?.secret ?? '',
    email: user?.email ?? '',
    password: user?.password ?? '',
  };
}

/** Certificates name localhost and 127.0.0.1; a server on all addresses is reached by the latter. */
function urlHost(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host;
}

/** The last that was opened is closed first. */
async function closeAll(opened: { close(): Promise<void> }[]): Promise<void> {
  for (let last = opened.pop(); last !== undefined; last = opened.pop()) await last.close();
}
