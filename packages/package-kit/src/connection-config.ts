import { WirebookError } from '@wirebook/errors';
import type { OptionReader } from './option-reader.ts';
import { type ProxyConfig, readProxy, servedProxyOptions } from './proxy-config.ts';
import type { Secret } from './secret.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export type LoginConfig =
  | { readonly kind: 'api-key'; readonly id: string; readonly secret: Secret }
  | { readonly kind: 'password'; readonly email: string; readonly password: Secret };

export interface TlsConfig {
  /** False only for the literal `false`. */
  readonly verify: boolean;
  /** As written; null means the authorities of Node. */
  readonly caPath: string | null;
}

/** Paths of PEM files, as written. */
interface ClientCertificateConfig {
  readonly certPath: string;
  readonly keyPath: string;
}

/** The section [resilient]: one platform, one organisation, one login. */
export interface ConnectionConfig {
  readonly host: string;
  readonly port: number;
  readonly stompHost: string;
  readonly stompPort: number;
  /** Name, uuid or cloud account; null when the login has exactly one. */
  readonly org: string | null;
  readonly login: LoginConfig;
  readonly tls: TlsConfig;
  readonly stompTls: TlsConfig;
  /** `client_auth_cert` and `client_auth_key`: what REST shows a platform that asks who calls; null: nothing. */
  readonly clientCertificate: ClientCertificateConfig | null;
  /** Null: REST and STOMP are called directly. */
  readonly proxy: ProxyConfig | null;
  /** `componentsdir`: a folder of further flows, as written; null when absent. */
  readonly componentsDir: string | null;
  /** `noload`: ids and names of flows of that folder that are left out. */
  readonly noLoad: readonly string[];
  /** Path before `/rest`, or null. */
  readonly resourcePrefix: string | null;
  readonly workerCount: number;
  readonly prefetchLimit: number;
  readonly stompTimeoutMs: number;
  /** For one REST attempt. */
  readonly restTimeoutMs: number;
  readonly retry: { readonly attempts: number; readonly delayMs: number; readonly backoff: number };
  /** Tries of the first login; Infinity for ever. */
  readonly loginAttempts: number;
  readonly cacheTtlMs: number;
  /** `trap_exception`: an error that no node takes ends the action well, with results that tell it. */
  readonly trapsErrors: boolean;
  readonly logLevel: LogLevel;
  /** `dead_letter_queue`: where the broker puts messages that it gave up on, without `/queue/`; null when absent: then nobody looks. */
  readonly deadLetterQueue: string | null;
  /** `low_code_queues_list`: full names of connector queues beside those that the platform names. */
  readonly connectorQueues: readonly string[];
  /** `logdir`, `logfile`, `log_max_bytes`, `log_backup_count`; null when neither of the first two is given. */
  readonly logFile: LogFileConfig | null;
}

/** A log file that is renamed to `name.1` when it would grow too large, the one before to `name.2`, and so on. */
export interface LogFileConfig {
  /** As written. */
  readonly dir: string;
  readonly name: string;
  /** 0: it grows for ever. */
  readonly maxBytes: number;
  /** Older files that are kept; 0: it grows for ever, as in Python. */
  readonly backupCount: number;
}

/** Options of [resilient] that are read here. */
export const servedConnectionOptions: ReadonlySet<string> = new Set([
  'trap_exception',
  'dead_letter_queue',
  'low_code_queues_list',
  'host',
  'port',
  'stomp_host',
  'stomp_port',
  'org',
  'email',
  'password',
  'api_key_id',
  'api_key_secret',
  'cafile',
  'stomp_cafile',
  'client_auth_cert',
  'client_auth_key',
  'num_workers',
  'stomp_prefetch_limit',
  'stomp_timeout',
  'timeout',
  'request_max_retries',
  'request_retry_delay',
  'request_retry_backoff',
  'max_connection_retries',
  'cache_ttl',
  'resource_prefix',
  'loglevel',
  'log_level',
  'log_backup_count',
  'log_max_bytes',
  'logdir',
  'logfile',
  'componentsdir',
  'no_prompt_password',
  'noload',
  ...servedProxyOptions,
]);

/** Environment variables that come before the file, by option. */
export const connectionVariables: Readonly<Record<string, string>> = {
  resource_prefix: 'RESOURCE_PREFIX',
  stomp_timeout: 'RESILIENT_STOMP_TIMEOUT',
  loglevel: 'LOGLEVEL',
};

/** Environment variables that stand in for an option that the file does not have; the last one that is set counts. */
export const fallbackVariables: readonly (readonly [option: string, variable: string])[] = [
  ['logdir', 'DEFAULT_LOG_DIR'],
  ['logdir', 'APP_LOG_DIR'],
];

export const truths: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 'true', 'yes', 'y', 'on'].map((word) => [word, true])),
  ...Object.fromEntries(['0', 'false', 'no', 'n', 'off', ''].map((word) => [word, false])),
};

const logLevels: Readonly<Record<string, LogLevel>> = {
  debug: 'debug',
  info: 'info',
  warning: 'warn',
  warn: 'warn',
  error: 'error',
  critical: 'fatal',
  fatal: 'fatal',
};

const port = { min: 1, max: 65_535 };
const anyCount = Number.MAX_SAFE_INTEGER;
const secondsMs = 1_000;

/** @throws CONFIG_OPTION_MISSING, CONFIG_OPTION_INVALID */
export function readConnection(options: OptionReader): ConnectionConfig {
  const host = readHost(options, 'host') ?? options.readText('host');
  const workerCount = options.readInteger('num_workers', { min: 1, max: 2_000, fallback: 25 });
  const tls = readTls(options.findText('cafile'));
  const loginAttempts = options.readInteger('max_connection_retries', { min: -1, max: 1_000_000, fallback: -1 });
  const seconds = { min: 1, max: 86_400 };
  return {
    host,
    port: options.readInteger('port', { ...port, fallback: 443 }),
    stompHost: readHost(options, 'stomp_host') ?? host,
    stompPort: options.readInteger('stomp_port', { ...port, fallback: 65_001 }),
    org: options.findText('org'),
    login: readLogin(options),
    tls,
    stompTls: options.has('stomp_cafile') ? readTls(options.findText('stomp_cafile')) : tls,
    clientCertificate: readClientCertificate(options),
    proxy: readProxy(options),
    componentsDir: options.findText('componentsdir'),
    noLoad: (options.findText('noload') ?? '')
      .split(/[,\n]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    resourcePrefix: options.findText('resource_prefix'),
    workerCount,
    prefetchLimit: options.readInteger('stomp_prefetch_limit', { min: 1, max: 2_000, fallback: workerCount }),
    stompTimeoutMs: options.readInteger('stomp_timeout', { ...seconds, fallback: 60 }) * secondsMs,
    restTimeoutMs: options.readNumber('timeout', { ...seconds, fallback: 60 }) * secondsMs,
    retry: {
      attempts: options.readInteger('request_max_retries', { min: 1, max: 100, fallback: 5 }),
      delayMs: options.readNumber('request_retry_delay', { min: 0, max: 3_600, fallback: 2 }) * secondsMs,
      backoff: options.readNumber('request_retry_backoff', { min: 1, max: 10, fallback: 2 }),
    },
    loginAttempts: loginAttempts <= 0 ? Number.POSITIVE_INFINITY : loginAttempts,
    cacheTtlMs: options.readInteger('cache_ttl', { min: 0, max: anyCount, fallback: 240 }) * secondsMs,
    trapsErrors: options.readChoice('trap_exception', { allowed: truths, fallback: false }),
    deadLetterQueue: readDeadLetterQueue(options),
    connectorQueues: readConnectorQueues(options),
    logLevel: options.readChoice(options.has('loglevel') ? 'loglevel' : 'log_level', { allowed: logLevels, fallback: 'info' }),
    logFile: readLogFile(options),
  };
}

/** As resilient-circuits names and checks them; it always writes a file, here one has to be asked for. */
function readLogFile(options: OptionReader): LogFileConfig | null {
  const [dir, name] = [options.findText('logdir'), options.findText('logfile')];
  const maxBytes = options.readInteger('log_max_bytes', { min: 0, max: anyCount, fallback: 10_000_000 });
  const backupCount = options.readInteger('log_backup_count', { min: 0, max: 1_000, fallback: 10 });
  if (maxBytes !== 0 && maxBytes < 100_000) throw options.refuse('log_max_bytes', '0 or at least 100000');
  if (name !== null && /[/\\]/.test(name)) throw options.refuse('logfile', 'the name of a file, without folders');
  return dir === null && name === null ? null : { dir: dir ?? 'logs', name: name ?? 'app.log', maxBytes, backupCount };
}

/** A name with a wildcard would be many queues. */
function readDeadLetterQueue(options: OptionReader): string | null {
  const name = options.findText('dead_letter_queue')?.replace(/^\/queue\//, '') ?? null;
  if (name !== null && !/^[\w.:@-]+$/.test(name)) throw options.refuse('dead_letter_queue', 'the name of one queue, e.g. ActiveMQ.DLQ');
  return name;
}

/** Separated by commas; other families of queues are read by other sources. */
function readConnectorQueues(options: OptionReader): readonly string[] {
  const names = (options.findText('low_code_queues_list') ?? '').split(',').map((name) => name.trim().replace(/^\/queue\//, ''));
  const queues = names.filter((name) => name !== '');
  if (queues.some((name) => !/^connectors\.\d+\.[\w.:@-]+$/.test(name)))
    throw options.refuse('low_code_queues_list', 'full names of connector queues, separated by commas, e.g. connectors.201.main');
  return queues;
}

function readHost(options: OptionReader, name: string): string | null {
  const host = options.findText(name);
  if (host !== null && /[\s/@?#\\]/.test(host)) throw options.refuse(name, 'a bare host name or address, without https:// and path');
  return host;
}

function readTls(cafile: string | null): TlsConfig {
  if (cafile?.toLowerCase() === 'false') return { verify: false, caPath: null };
  return { verify: true, caPath: cafile };
}

function readClientCertificate(options: OptionReader): ClientCertificateConfig | null {
  const [certPath, keyPath] = [options.findText('client_auth_cert'), options.findText('client_auth_key')];
  if (certPath === null && keyPath === null) return null;
  if (certPath !== null && keyPath !== null) return { certPath, keyPath };
  const missing = certPath === null ? 'client_auth_cert' : 'client_auth_key';
  const text = `[resilient] has half a client certificate: ${missing} is missing; name both files, or neither`;
  throw new WirebookError('CONFIG_OPTION_MISSING', text, undefined, { section: 'resilient', option: missing });
}

function readLogin(options: OptionReader): LoginConfig {
  const [id, secret] = [options.findText('api_key_id'), options.findSecret('api_key_secret')];
  if (id !== null && secret !== null) return { kind: 'api-key', id, secret };
  const [email, password] = [options.findText('email'), options.findSecret('password')];
  if (email !== null && password !== null) return { kind: 'password', email, password };
  const missing = [
    ...(secret !== null ? ['api_key_id'] : []),
    ...(id !== null ? ['api_key_secret'] : []),
    ...(password !== null ? ['email'] : []),
    ...(email !== null ? ['password'] : []),
  ];
  const text =
    missing.length === 0
      ? 'no login: set api_key_id and api_key_secret, or email and password'
      : `half a login: ${missing.join(' and ')} missing`;
  throw new WirebookError('CONFIG_OPTION_MISSING', `[resilient] has ${text}`, undefined, {
    section: 'resilient',
    option: missing[0] ?? 'api_key_id',
  });
}
