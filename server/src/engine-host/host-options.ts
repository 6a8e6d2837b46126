import { type AppConfig, findSecret, type ProxyConfig, Secret } from '@wirebook/package-kit';
import type { ProxyServer } from '@wirebook/soar-client';
import type { EngineHostOptions } from './engine-host-options.ts';

type ConfiguredOptions = Pick<
  EngineHostOptions,
  | 'rest'
  | 'broker'
  | 'deadLetterQueue'
  | 'connectorQueues'
  | 'webserver'
  | 'connectorUpdatesQueue'
  | 'completionPolicy'
  | 'heldMaxBytes'
  | 'poisonLimits'
  | 'runLimit'
  | 'destinationRunLimit'
  | 'trapsErrors'
  | 'takenOverLimit'
  | 'prefetch'
  | 'subscriptionCount'
  | 'exclusive'
  | 'egressAllow'
  | 'files'
  | 'circuit'
  | 'rateLimits'
  | 'secrets'
  | 'secretValues'
>;

const heartbeatOutgoingMs = 15_000;
const heartbeatIncomingMs = 15_000;
const longestRetryMs = 60_000;
/** Beyond this ActiveMQ hands out nothing more until an ACK comes. */
const longestPrefetch = 200;

/** What app.config says about the platform, in the terms of the engine host. */
export function toHostOptions(config: AppConfig): ConfiguredOptions {
  const { connection, wirebook } = config;
  const { login, proxy, clientCertificate: client } = connection;
  const proxyServer = proxy === null ? undefined : toProxyServer(proxy);
  return {
    rest: {
      host: connection.host,
      port: connection.port,
      resourcePrefix: connection.resourcePrefix ?? undefined,
      org: connection.org ?? undefined,
      login:
        login.kind === 'api-key'
          ? { kind: 'api-key', id: login.id, secret: login.secret.reveal() }
          : { kind: 'password', email: login.email, password: login.password.reveal() },
      tls: {
        caPem: connection.tls.caPem ?? undefined,
        verify: connection.tls.verify,
        client: client === null ? undefined : { certPem: client.certPem, keyPem: client.keyPem.reveal() },
      },
      proxy: proxyServer,
      timeoutMs: connection.restTimeoutMs,
      retry: { ...connection.retry, maxDelayMs: longestRetryMs },
      loginAttempts: connection.loginAttempts,
      cacheTtlMs: connection.cacheTtlMs,
    },
    broker: {
      host: connection.stompHost,
      port: connection.stompPort,
      tls: { caPem: connection.stompTls.caPem ?? undefined, verify: connection.stompTls.verify },
      proxy: proxyServer,
      login: login.kind === 'api-key' ? login.id : login.email,
      passcode: login.kind === 'api-key' ? login.secret.reveal() : login.password.reveal(),
      connectTimeoutMs: connection.stompTimeoutMs,
      heartbeatOutgoingMs,
      heartbeatIncomingMs,
      maxMessageBytes: wirebook.maxMessageBytes,
      failFast: true,
    },
    deadLetterQueue: connection.deadLetterQueue,
    connectorQueues: connection.connectorQueues,
    webserver: config.webserver,
    connectorUpdatesQueue: config.findVariable('LOWCODE_SUBSCRIPTION_QUEUE')?.trim() || undefined,
    completionPolicy: wirebook.completionPolicy,
    heldMaxBytes: wirebook.heldMaxBytes,
    poisonLimits: wirebook.poisonLimits,
    runLimit: connection.workerCount,
    trapsErrors: connection.trapsErrors,
    destinationRunLimit: wirebook.destinationRunLimit ?? undefined,
    takenOverLimit: wirebook.takenOverLimit,
    prefetch: Math.min(connection.prefetchLimit, longestPrefetch),
    // An exclusive destination feeds one subscription only; more of them would stay empty.
    subscriptionCount: 1,
    exclusive: true,
    egressAllow: (wirebook.httpAllowedHosts ?? []).map(({ host, port }) => (port === null ? host : `${host}:${port}`)),
    files: wirebook.files,
    circuit: wirebook.circuit,
    rateLimits: wirebook.rateLimits,
    secrets: (name) => findSecret(config, name)?.reveal(),
    secretValues: Object.values(config.sections).flatMap((section) =>
      Object.values(section).flatMap((value) => (value instanceof Secret ? [value.reveal()] : [])),
    ),
  };
}

function toProxyServer({ host, port, login }: ProxyConfig): ProxyServer {
  return { host, port, login: login === null ? undefined : { user: login.user, password: login.password.reveal() } };
}
