import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { CallAttempt, PlatformCalls, PlatformCatalogue, PlatformClient, PlatformRequest, RunCallOptions } from '@wirebook/node-kit';
import { createCallSlots } from './call-slots.ts';
import { type CatalogueCache, createCatalogueCache } from './catalogue.ts';
import { createHttpExchange } from './http-exchange.ts';
import type { PlatformClientOptions } from './platform-client-options.ts';
import { changeUntilWritten } from './read-change-write.ts';
import { createRestCaller, type RestAnswer, type RestCaller } from './rest-caller.ts';
import { createRestUrls, type ResolveRestUrl } from './rest-url.ts';
import { createRetryHold } from './retry-hold.ts';
import { createSecretScrubber, type SecretScrubber } from './secret-scrubber.ts';
import { openSession, type Session } from './session.ts';

const repeatableMethods: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE']);

/** Calls that wait for one of the connections, or as the platform asked for. */
const mostWaiting = 2000;
const usualConnections = 16;

export interface ConnectedPlatform extends PlatformClient {
  callCounts(): {
    readonly active: number;
    /** Wait for a connection. */
    readonly waiting: number;
    /** Wait as the platform asked for by Retry-After. */
    readonly held: number;
  };
}

/** What all calls of one client have in common. */
interface Connection {
  readonly options: PlatformClientOptions;
  readonly call: RestCaller;
  readonly resolve: ResolveRestUrl;
  readonly session: Session;
  readonly scrubber: SecretScrubber;
  readonly definitions: CatalogueCache;
  readonly closed: AbortSignal;
}

interface CallContext {
  readonly contextToken: string | undefined;
  readonly signal: AbortSignal;
  readonly onAttempt: (attempt: CallAttempt) => void;
  readonly scrubber: SecretScrubber;
}

/**
 * Logs in to the platform and chooses the organisation.
 *
 * @throws CONFIG_OPTION_INVALID, SOAR_TLS_*, SOAR_LOGIN_REFUSED, SOAR_ORG_*, SOAR_ACTIONS_DISABLED, SOAR_REST_*, SOAR_RESPONSE_INVALID;
 *   the reason of `signal` when it aborts.
 */
export async function createPlatformClient(options: PlatformClientOptions): Promise<ConnectedPlatform> {
  const closing = new AbortController();
  const scrubber = createSecretScrubber();
  const resolve = createRestUrls(options);
  const maxConnections = options.maxConnections ?? usualConnections;
  const exchange = createHttpExchange({
    host: options.host,
    port: options.port,
    tls: options.tls,
    proxy: options.proxy,
    connectTimeoutMs: Math.min(10_000, options.timeoutMs),
    maxConnections,
    maxResponseBytes: options.maxResponseBytes ?? 32 * 1024 * 1024,
    clock: options.clock,
  });
  const toBusy = (what: string) =>
    new WirebookError('SOAR_REST_BUSY', `${mostWaiting} calls wait for ${what} of ${options.host} already; this one is not made`);
  const slots = createCallSlots({
    limit: maxConnections,
    maxWaiting: mostWaiting,
    clock: options.clock,
    refuse: () => toBusy('a connection'),
  });
  const hold = createRetryHold({
    clock: options.clock,
    maxWaiting: mostWaiting,
    refuseMany: () => toBusy('the Retry-After'),
    refuseLong: (leftMs) => {
      const text = `${options.host} asked for no calls for ${Math.ceil(leftMs / 1000)} s more (Retry-After)`;
      return new WirebookError('SOAR_RATE_LIMITED', text, undefined, { retryAfterMs: leftMs });
    },
  });
  const call = createRestCaller({
    exchange,
    slots,
    hold,
    retry: options.retry,
    clock: options.clock,
    random: options.random,
    closed: closing.signal,
  });
  async function close(): Promise<void> {
    if (!closing.signal.aborted) {
      closing.abort(
        new WirebookError('SOAR_CLIENT_CLOSED', `the REST client of ${options.host}:${options.port} is closed; the call was given up`),
      );
    }
    await exchange.close();
  }
  if (!options.tls.verify) {
    options.log.warn(
      `the certificate of ${options.host}:${options.port} is not checked, as cafile=false asks: anyone in between can read the login`,
    );
  }
  try {
    const session = await openSession(
      {
        login: options.login,
        org: options.org,
        call,
        resolve,
        scrubber,
        timeoutMs: options.timeoutMs,
        attempts: options.retry.attempts,
        clock: options.clock,
        log: options.log,
        closed: closing.signal,
      },
      { attempts: options.loginAttempts ?? options.retry.attempts, signal: options.signal ?? closing.signal },
    );
    const definitions = createCatalogueCache({
      orgId: session.organization.id,
      address: `https://${options.host}${options.port === 443 ? '' : `:${options.port}`}`,
      account: session.account,
      clock: options.clock,
      ttlMs: options.cacheTtlMs ?? 240_000,
      log: options.log,
    });
    const connection = { options, call, resolve, session, scrubber, definitions, closed: closing.signal };
    await assertActionsEnabled(connection);
    const { name, id } = session.organization;
    options.log.info(`logged in to the platform at ${options.host}:${options.port}, organisation "${name}" (${id})`);
    return {
      catalogue: viewDefinitions(connection, toOwnContext(connection, closing.signal)),
      forRun: (run) => createRunCalls(connection, run),
      callCounts: () => ({ active: slots.activeCount, waiting: slots.waitingCount, held: hold.waitingCount }),
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function assertActionsEnabled(connection: Connection): Promise<void> {
  const signal = connection.options.signal ?? connection.closed;
  const { body } = await send(connection, { method: 'GET', path: '' }, toOwnContext(connection, signal));
  if (isJsonObject(body) && body.actions_framework_enabled === true) return;
  const { name, id } = connection.session.organization;
  throw new WirebookError(
    'SOAR_ACTIONS_DISABLED',
    `organisation "${name}" (${id}) has no action framework (actions_framework_enabled is not true)`,
  );
}

/** For calls that no run causes. */
function toOwnContext(connection: Connection, signal: AbortSignal): CallContext {
  return { contextToken: undefined, signal, onAttempt: () => undefined, scrubber: connection.scrubber };
}

function createRunCalls(connection: Connection, options: RunCallOptions): PlatformCalls {
  const scrubber = createSecretScrubber(connection.scrubber);
  if (options.contextToken !== undefined) scrubber.add(options.contextToken);
  const run: CallContext = { contextToken: options.contextToken, signal: options.signal, onAttempt: options.onAttempt, scrubber };
  return {
    async request(request) {
      const { status, body } = await send(connection, request, run);
      return { status, body };
    },
    readChangeWrite(change) {
      const reads = { count: 0 };
      const writes = { count: 0 };
      const target = { path: change.path, query: change.query, handleFormat: change.handleFormat };
      let writePath = change.path;
      return changeUntilWritten({
        path: change.path,
        apply: change.apply,
        read: async () => {
          const { body } = await send(connection, { ...target, method: 'GET' }, run, reads);
          if (change.pick === undefined) return body;
          const picked = change.pick(body);
          writePath = picked.writePath;
          return picked.current;
        },
        write: async (body) => (await send(connection, { ...target, path: writePath, method: 'PUT', body }, run, writes)).body,
        countWrites: () => writes.count,
        rounds: connection.options.conflictAttempts ?? 10,
        clock: connection.options.clock,
        random: connection.options.random,
        signal: run.signal,
      });
    },
    catalogue: viewDefinitions(connection, run),
  };
}

function viewDefinitions(connection: Connection, context: CallContext): PlatformCatalogue {
  // Others may wait for the same answer: the read outlives the run that asked first, and then reports to nobody.
  const shared: CallContext = {
    ...context,
    signal: connection.closed,
    onAttempt: (attempt) => {
      if (!context.signal.aborted) context.onAttempt(attempt);
    },
  };
  return connection.definitions.view({
    get: async (path, query): Promise<JsonValue> => (await send(connection, { method: 'GET', path, query }, shared)).body,
    signal: context.signal,
  });
}

async function send(connection: Connection, request: PlatformRequest, context: CallContext, tally = { count: 0 }): Promise<RestAnswer> {
  const below = request.absolute === true ? '' : `/orgs/${connection.session.organization.id}`;
  return connection.call(
    {
      method: request.method,
      url: connection.resolve(below, request.path, request.query),
      headers: {
        ...(request.handleFormat === undefined ? {} : { handle_format: request.handleFormat }),
        ...(context.contextToken === undefined ? {} : { 'X-Co3ContextToken': context.contextToken }),
      },
      body: request.body,
      upload: request.upload,
      takeContent: request.takeContent,
      repeatable: repeatableMethods.has(request.method) || (request.method === 'POST' && request.repeatable === true),
      attempts: connection.options.retry.attempts,
      timeoutMs: request.timeoutMs ?? connection.options.timeoutMs,
      signal: context.signal,
      onAttempt: context.onAttempt,
      tally,
      scrub: context.scrubber.scrub,
    },
    connection.session,
  );
}
