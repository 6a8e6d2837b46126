import { readFile } from 'node:fs/promises';
import type { BrokerPort } from './broker/broker-port.ts';
import { type BrokerAccess, createStompBroker, type StompBroker } from './broker/stomp-broker.ts';
import type { BrokerLogin } from './broker-access.ts';
import type { CertificateStore } from './certificates/certificate-store.ts';
import type { Clock } from './clock.ts';
import { parseBrokerAddress } from './external-broker/broker-address.ts';
import { createExternalBroker } from './external-broker/external-broker.ts';
import type { RealBroker, SimulatorOptions } from './simulator-options.ts';

export interface OpenBroker {
  readonly port: BrokerPort;
  /** Null when it is a real one. */
  readonly embedded: StompBroker | null;
  readonly host: string;
  readonly portNumber: number;
}

export interface OpenBrokerOptions {
  readonly options: SimulatorOptions;
  readonly host: string;
  readonly clock: Clock;
  readonly bootId: string;
  readonly certificates: CertificateStore;
  readonly platformLogin: { readonly login: string; readonly passcode: string };
  readonly authenticate: (login: string, passcode: string) => BrokerLogin | undefined;
  readonly authorize: (request: BrokerAccess<BrokerLogin>) => boolean;
  readonly onProblem: (error: Error) => void;
}

/** The embedded broker, or the connection to a real one when the options name it. */
export async function openBroker(request: OpenBrokerOptions): Promise<OpenBroker> {
  const { options, host, clock, bootId, certificates, authenticate, authorize, onProblem } = request;
  if (options.broker !== undefined) return await openRealBroker(options.broker, request);
  const embedded = await createStompBroker<BrokerLogin>({
    port: options.stompPort ?? 0,
    host,
    clock,
    bootId,
    certificates,
    authenticate,
    authorize,
    onProblem,
  });
  return { port: embedded, embedded, host: host === '0.0.0.0' ? '127.0.0.1' : host, portNumber: embedded.port };
}

async function openRealBroker(
  broker: RealBroker,
  { clock, certificates, platformLogin, onProblem }: OpenBrokerOptions,
): Promise<OpenBroker> {
  const address = parseBrokerAddress(broker.url);
  const port = await createExternalBroker({
    url: broker.url,
    login: broker.login ?? platformLogin.login,
    passcode: broker.passcode ?? platformLogin.passcode,
    ca: broker.caFile === undefined ? certificates.caPem : await readFile(broker.caFile, 'utf8'),
    clock,
    onProblem,
  });
  return { port, embedded: null, host: address.host, portNumber: address.port };
}
