import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ConnectionTestStep } from '@wirebook/api';
import { toWirebookError, WirebookError } from '@wirebook/errors';
import type { Clock, PlatformClient } from '@wirebook/node-kit';
import type { AppConfig } from '@wirebook/package-kit';
import {
  createBrokerConnection,
  createPlatformClient,
  type OrganizationDefinitions,
  openProxyTunnel,
  type ProxyServer,
  readOrganizationDefinitions,
  toTransportError,
} from '@wirebook/soar-client';
import { toHostOptions } from '../engine-host/host-options.ts';
import { describeAccount } from './connection-view.ts';
import { connectionName } from './read-platform.ts';
import { type StepToTry, type TryStepsOptions, trySteps } from './test-steps.ts';
import { tryDestinations } from './try-destinations.ts';

export interface TestConnectionOptions {
  readonly readConfig: () => Promise<AppConfig>;
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** The destinations whose rights are tried, of those that the organisation has; without it none is. */
  readonly findDestinations?: ((definitions: OrganizationDefinitions) => readonly string[]) | undefined;
  /** Whether one that may not be read is a failure; else it is told, as long as another may be. */
  readonly mustReadAll?: (() => boolean) | undefined;
  readonly onBegin?: TryStepsOptions['onBegin'];
  readonly onStep?: TryStepsOptions['onStep'];
}

interface Peer {
  readonly host: string;
  readonly port: number;
  readonly proxy?: ProxyServer | undefined;
}

const stepLimitMs = 10_000;
const silent = { info: () => undefined, warn: () => undefined };

/** Goes to the platform step by step, with clients of its own; at most ten seconds a step. */
export async function testConnection(options: TestConnectionOptions): Promise<ConnectionTestStep[]> {
  const { clock, signal, onBegin, onStep } = options;
  const limits = { clock, limitMs: stepLimitMs, signal, onBegin, onStep };
  let config: AppConfig | undefined;
  const first: StepToTry = {
    what: 'Read app.config',
    side: 'config',
    run: async () => {
      config = await options.readConfig();
      return `${config.path}, section [${connectionName}].`;
    },
  };
  const read = await trySteps([first], limits);
  if (config === undefined) return read;
  const session: TestSession = { client: null, refusal: null, definitions: null };
  try {
    return [
      ...read,
      ...(await trySteps([...listRestSteps(config, session, options), ...listBrokerSteps(config, session, options)], limits)),
    ];
  } finally {
    await session.client?.close();
  }
}

interface TestSession {
  client: PlatformClient | null;
  refusal: WirebookError | null;
  definitions: OrganizationDefinitions | null;
}

/** Whether the REST side is there and is who it says; logs in nowhere. */
export async function tryRest({ readConfig, clock, signal }: Omit<TestConnectionOptions, 'random'>): Promise<ConnectionTestStep[]> {
  const config = await readConfig();
  return trySteps(listReachSteps(config), { clock, limitMs: stepLimitMs, signal });
}

function listReachSteps(config: AppConfig): readonly StepToTry[] {
  const { rest } = toHostOptions(config);
  const where = `${rest.host}:${rest.port}`;
  const side: StepToTry['side'] = 'rest';
  return [
    { what: `Look up ${rest.host}`, side, run: () => lookUp(rest, 'SOAR_REST_UNREACHABLE') },
    { what: `Connect to ${where} (REST)`, side, run: (signal) => connectTo(rest, signal, 'SOAR_REST_UNREACHABLE') },
    { what: `Certificate of ${where}`, side, run: (signal) => readCertificate({ ...rest, ...rest.tls }, signal) },
  ];
}

function listRestSteps(config: AppConfig, session: TestSession, { clock, random }: TestConnectionOptions): readonly StepToTry[] {
  const { rest } = toHostOptions(config);
  return [
    ...listReachSteps(config),
    {
      what: 'Log in',
      side: 'rest',
      run: async (signal) => {
        try {
          const limits = { timeoutMs: Math.min(rest.timeoutMs, stepLimitMs), retry: { ...rest.retry, attempts: 1 }, loginAttempts: 1 };
          session.client = await createPlatformClient({ ...rest, ...limits, clock, random, log: silent, signal });
        } catch (thrown) {
          const error = toWirebookError(thrown, 'SOAR_REST_UNREACHABLE');
          if (!isAboutOrganisation(error)) throw error;
          session.refusal = error;
        }
        return `The platform accepted the login of ${describeAccount(config)}.`;
      },
    },
    {
      what: 'Choose the organisation',
      side: 'rest',
      run: async () => {
        if (session.refusal !== null) throw session.refusal;
        const name = rest.org === undefined ? 'The only one of the account' : `"${rest.org}"`;
        return `${name}, id ${session.client?.catalogue.orgId ?? ''}; its action framework is on.`;
      },
    },
    {
      what: 'Read definitions',
      side: 'rest',
      run: async (signal) => {
        if (session.client === null) throw new WirebookError('SOAR_CLIENT_CLOSED', 'the client is closed');
        const calls = session.client.forRun({ contextToken: undefined, signal, onAttempt: () => undefined });
        session.definitions = await readOrganizationDefinitions(calls);
        const { functions, destinations, rules, forbidden } = session.definitions;
        if (forbidden.length > 0) throw new WirebookError('SOAR_FORBIDDEN', `the account may not read ${forbidden.join(', ')}`);
        return `${functions.length} functions, ${destinations.length} destinations and ${rules.length} rules.`;
      },
    },
  ];
}

/** The login comes first, the organisation after it. */
function isAboutOrganisation({ code }: WirebookError): boolean {
  return code.startsWith('SOAR_ORG_') || code === 'SOAR_ACTIONS_DISABLED';
}

function listBrokerSteps(config: AppConfig, session: TestSession, options: TestConnectionOptions): readonly StepToTry[] {
  const { clock, random } = options;
  const { broker, rest } = toHostOptions(config);
  const where = `${broker.host}:${broker.port}`;
  const side: StepToTry['side'] = 'broker';
  const lookUpBroker: StepToTry = { what: `Look up ${broker.host}`, side, run: () => lookUp(broker, 'SOAR_BROKER_UNREACHABLE') };
  return [
    ...(broker.host === rest.host ? [] : [lookUpBroker]),
    { what: `Connect to ${where} (broker)`, side, run: (signal) => connectTo(broker, signal, 'SOAR_BROKER_UNREACHABLE') },
    {
      what: 'Log in to the broker',
      side,
      run: async (signal) => {
        const connection = createBrokerConnection({ ...broker, failFast: true, clock, random, log: silent });
        try {
          await Promise.race([connection.connect(), untilAborted(signal)]);
          return 'Certificate and login are accepted.';
        } catch (thrown) {
          const { reason } = connection.getState();
          // What it waits for says more than that time is over.
          if (signal.aborted && reason !== null) throw new WirebookError('SOAR_BROKER_UNREACHABLE', reason, thrown);
          throw thrown;
        } finally {
          await connection.close();
        }
      },
    },
    ...(options.findDestinations === undefined
      ? []
      : [
          {
            what: 'Read from the destinations',
            side,
            run: (signal: AbortSignal) =>
              tryDestinations({
                broker: { ...broker, failFast: true, clock, random, log: silent },
                orgId: session.client?.catalogue.orgId ?? 0,
                names: session.definitions === null ? [] : (options.findDestinations?.(session.definitions) ?? []),
                mustReadAll: options.mustReadAll?.() === true,
                signal,
              }),
          },
        ]),
  ];
}

type Unreachable = 'SOAR_REST_UNREACHABLE' | 'SOAR_BROKER_UNREACHABLE';

async function lookUp({ host, proxy }: Peer, code: Unreachable): Promise<string> {
  if (proxy !== undefined) return `Left to the proxy ${proxy.host}:${proxy.port}.`;
  if (isIP(host) !== 0) return 'It is an address already.';
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address }) => address).join(', ');
  } catch (thrown) {
    throw new WirebookError(code, `the name ${host} is not known here (${readCode(thrown)})`, thrown);
  }
}

async function connectTo({ host, port, proxy }: Peer, signal: AbortSignal, code: Unreachable): Promise<string> {
  if (proxy !== undefined) {
    const tunnel = await openProxyTunnel(proxy, { host, port }, signal);
    tunnel.destroy();
    return `The proxy ${proxy.host}:${proxy.port} opened a tunnel.`;
  }
  return new Promise((settle, reject) => {
    const socket = connect({ host, port, signal });
    socket.once('connect', () => {
      settle(`Connected to ${socket.remoteAddress ?? host}.`);
      socket.destroy();
    });
    socket.once('error', (error) =>
      reject(new WirebookError(code, `nothing takes a connection at ${host}:${port} (${readCode(error)})`, error)),
    );
  });
}

interface CertifiedPeer extends Peer {
  readonly caPem?: string | undefined;
  readonly verify: boolean;
}

/** @throws SOAR_TLS_* */
async function readCertificate({ host, port, proxy, caPem, verify }: CertifiedPeer, signal: AbortSignal): Promise<string> {
  const tunnel: Socket | undefined = proxy === undefined ? undefined : await openProxyTunnel(proxy, { host, port }, signal);
  return new Promise((settle, reject) => {
    const socket = connectTls({
      ...(tunnel === undefined ? { host, port } : { host, socket: tunnel }),
      minVersion: 'TLSv1.2',
      servername: isIP(host) === 0 ? host : '',
      rejectUnauthorized: verify,
      ...(caPem === undefined ? {} : { ca: caPem }),
    });
    const giveUp = () => socket.destroy();
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', giveUp));
    socket.once('secureConnect', () => {
      settle(describeCertificate(socket, verify));
      socket.destroy();
    });
    socket.once('error', (error) => reject(toTransportError(error, { host, port })));
  });
}

function describeCertificate(socket: TLSSocket, isVerified: boolean): string {
  const { subject, issuer, valid_to: until } = socket.getPeerCertificate();
  const words = `Of ${String(subject?.CN ?? 'no name')}, by ${String(issuer?.CN ?? 'no name')}, until ${until}`;
  return isVerified ? `${words}; chain, host name and date are right.` : `${words}; NOT verified, as cafile=false asks.`;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_settle, reject) => {
    const giveUp = () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

function readCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'no code';
}
