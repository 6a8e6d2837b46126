import { Readable } from 'node:stream';
import { WirebookError } from '@wirebook/errors';
import type { Clock, HttpRequest, HttpResponse, HttpService } from '@wirebook/node-kit';
import { Agent, buildConnector, type Dispatcher, request as sendRequest } from 'undici';
import type { OutboundGate, OutboundPass } from '../outbound/outbound-gate.ts';
import { createEgressRules, type EgressRules } from './http-egress.ts';

export interface HttpServiceOptions {
  /** The hosts that flows may reach, see {@link createEgressRules}; empty for all but this machine. */
  readonly allow: readonly string[];
  readonly clock: Clock;
  /** What each request passes before it leaves; its host gets no more at a time than `connectionsPerHost`. */
  readonly gate: OutboundGate;
  /** Further certificate authorities, PEM; the system's own always count. */
  readonly ca?: string | undefined;
}

export interface HttpServiceHandle extends HttpService {
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Connections that one host gets at a time. */
export const connectionsPerHost = 64;

/**
 * HTTP for flows: certificates are checked, redirects are handed back and not followed, proxies of the environment are not used, and
 * what is connected to is exactly the address that was checked.
 *
 * @throws CONFIG_OPTION_INVALID for an entry of `allow` that cannot be read.
 */
export function createHttpService({ allow, clock, gate, ca }: HttpServiceOptions): HttpServiceHandle {
  const rules = createEgressRules(allow);
  const agent = new Agent({
    connections: connectionsPerHost,
    pipelining: 1,
    // The limit of each request counts; it is kept by its signal.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: createConnector(rules, ca),
  });

  async function request(options: HttpRequest): Promise<HttpResponse> {
    const url = parseUrl(options.url);
    let heldAtMs: number | undefined;
    assertAllowed(options, url);
    const pass = await gate.pass({
      host: url.host,
      hostname: url.hostname,
      port: getPort(url),
      caller: options.caller,
      signal: options.signal,
      onHeld: (reason) => {
        heldAtMs ??= clock.monotonicMs();
        options.onHeld?.(reason);
      },
    });
    return await send(options, { url, pass, waitMs: heldAtMs === undefined ? undefined : clock.monotonicMs() - heldAtMs });
  }

  function assertAllowed(options: HttpRequest, url: URL): void {
    const report = startReport(options, url);
    try {
      options.signal.throwIfAborted();
      rules.assertLiteral(url.hostname, getPort(url));
    } catch (thrown) {
      report(null, options.signal.aborted ? 'ENGINE_RUN_CANCELLED' : toHttpError(thrown, options, url).code);
      throw thrown;
    }
  }

  /** The time of the attempt counts from here; `waitMs` is of a call that was held before. */
  function startReport({ method, onAttempt }: HttpRequest, url: URL, waitMs?: number) {
    const startedAtMs = clock.now();
    const startedMs = clock.monotonicMs();
    return (status: number | null, code: string | null): void => {
      const durationMs = clock.monotonicMs() - startedMs;
      const attempt = { method, url: url.origin + url.pathname, attempt: 1, startedAtMs, durationMs, status, code };
      onAttempt(waitMs === undefined ? attempt : { ...attempt, waitMs: Math.round(waitMs) });
    };
  }

  async function send(
    options: HttpRequest,
    { url, pass, waitMs }: { readonly url: URL; readonly pass: OutboundPass; readonly waitMs: number | undefined },
  ): Promise<HttpResponse> {
    const limit = startLimit(options, clock);
    const { body } = options;
    const report = startReport(options, url, waitMs);
    let status: number | null = null;
    let retryAfter: string | string[] | undefined;
    try {
      const response = await sendRequest(url, {
        dispatcher: agent,
        method: options.method,
        headers: typeof body === 'object' ? { ...options.headers, 'content-length': String(body.sizeBytes) } : { ...options.headers },
        body: typeof body === 'object' ? Readable.from(body.read(), { objectMode: false }) : (body ?? null),
        signal: limit.signal,
      });
      status = response.statusCode;
      retryAfter = response.headers['retry-after'];
      const head = { status, headers: joinHeaders(response.headers) };
      const content = boundBody(response.body, response.headers['content-length'], { url, maxBytes: options.maxResponseBytes });
      const text = options.takeBody === undefined ? await toText(content) : '';
      if (options.takeBody !== undefined) await takeAll(options.takeBody(head, content), content);
      report(status, null);
      pass.answered(status, retryAfter);
      return { ...head, body: text };
    } catch (thrown) {
      if (options.signal.aborted) {
        report(status, 'ENGINE_RUN_CANCELLED');
        pass.givenUp();
        throw options.signal.reason;
      }
      const error = limit.isOver() ? timeoutError(options, url) : toHttpError(thrown, options, url);
      report(status, error.code);
      if (hostFailures.has(error.code)) pass.failed(error.code);
      else if (status === null) pass.givenUp();
      else pass.answered(status, retryAfter);
      throw error;
    } finally {
      limit.end();
    }
  }

  return { request, close: () => agent.destroy() };
}

/** No answer, or none to its end. */
const hostFailures: ReadonlySet<string> = new Set(['HTTP_TIMEOUT', 'HTTP_UNREACHABLE']);

/** Rules may name a port, and a look-up does not know it. */
function createConnector(rules: EgressRules, ca: string | undefined): buildConnector.connector {
  const connectors = new Map<number, buildConnector.connector>();
  return (options, callback) => {
    const port = options.port === '' ? defaultPort(options.protocol) : Number(options.port);
    const connector =
      connectors.get(port) ?? buildConnector({ timeout: 0, lookup: rules.lookupFor(port), ...(ca === undefined ? {} : { ca }) });
    connectors.set(port, connector);
    connector(options, callback);
  };
}

function getPort(url: URL): number {
  return url.port === '' ? defaultPort(url.protocol) : Number(url.port);
}

function defaultPort(protocol: string): number {
  return protocol === 'https:' ? 443 : 80;
}

/** The address is never quoted: it may be a secret as a whole. */
function parseUrl(text: string): URL {
  if (!URL.canParse(text)) {
    throw new WirebookError('NODE_INPUT_INVALID', 'field "url": it is no absolute address; write https://host/path');
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new WirebookError('NODE_INPUT_INVALID', 'field "url": its scheme is neither http nor https; write https://host/path');
  }
  if (url.username !== '' || url.password !== '') {
    throw new WirebookError('NODE_INPUT_INVALID', 'field "url": it carries a user name or password; send them in a header');
  }
  return url;
}

interface Limit {
  readonly signal: AbortSignal;
  isOver(): boolean;
  end(): void;
}

/** One signal for the time limit and for whoever gives the request up. */
function startLimit({ timeoutMs, signal }: HttpRequest, clock: Clock): Limit {
  const controller = new AbortController();
  let isOver = false;
  const timer = clock.startTimer(timeoutMs, () => {
    isOver = true;
    controller.abort();
  });
  const onAbort = (): void => controller.abort(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    isOver: () => isOver,
    end: () => {
      timer.cancel();
      signal.removeEventListener('abort', onAbort);
    },
  };
}

interface ReadBodyOptions {
  readonly url: URL;
  readonly maxBytes: number;
}

/** The body as it comes, up to the limit. */
async function* boundBody(
  body: Dispatcher.ResponseData['body'],
  contentLength: string | string[] | undefined,
  { url, maxBytes }: ReadBodyOptions,
): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  const tooLarge = (): WirebookError =>
    new WirebookError('HTTP_RESPONSE_TOO_LARGE', `${url.host} answers with more than ${maxBytes} bytes, the limit of the node`);
  // Destroyed before its end, the body says so by an event that would end the process if nobody listened.
  body.on('error', () => undefined);
  try {
    if (typeof contentLength === 'string' && Number(contentLength) > maxBytes) throw tooLarge();
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes) throw tooLarge();
      yield chunk;
    }
  } finally {
    body.destroy();
  }
}

/** A body that its taker left unread is let go. */
async function takeAll(taking: Promise<void>, content: AsyncGenerator<Uint8Array>): Promise<void> {
  try {
    await taking;
  } finally {
    await content.return(undefined);
  }
}

async function toText(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return new TextDecoder('utf-8').decode(Buffer.concat(chunks));
}

/** Several headers of one name become one, with commas between. */
function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== '__proto__') joined[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

function timeoutError({ method, timeoutMs }: HttpRequest, url: URL): WirebookError {
  return new WirebookError('HTTP_TIMEOUT', `${method} ${url.origin}: no complete answer within ${timeoutMs} ms`);
}

/** Errors of the client carry the request; only code and reason go on. */
function toHttpError(thrown: unknown, { method }: HttpRequest, url: URL): WirebookError {
  const coded = findWirebookError(thrown);
  if (coded !== undefined) return coded;
  const code = findText(thrown, 'code');
  if (code === 'UND_ERR_INVALID_ARG' || thrown instanceof TypeError) {
    return new WirebookError(
      'NODE_INPUT_INVALID',
      `${method} ${url.origin}: ${findText(thrown, 'message') ?? 'the request cannot be sent'}`,
    );
  }
  const reason = reasons[code ?? ''] ?? findText(thrown, 'message') ?? 'the connection failed';
  const text = `${method} ${url.origin}: ${reason}${code === undefined ? '' : ` (${code})`}`;
  return new WirebookError('HTTP_UNREACHABLE', text, undefined, code === undefined ? undefined : { reason: code });
}

const reasons: Readonly<Record<string, string | undefined>> = {
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host could not be looked up now',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the other side closed the connection',
  UND_ERR_SOCKET: 'the other side closed the connection',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
};

/** Several addresses give an error of errors. */
function findWirebookError(thrown: unknown): WirebookError | undefined {
  if (thrown instanceof WirebookError) return thrown;
  if (thrown instanceof AggregateError) return thrown.errors.find((error): error is WirebookError => error instanceof WirebookError);
  return thrown instanceof Error && thrown.cause !== undefined ? findWirebookError(thrown.cause) : undefined;
}

function findText(thrown: unknown, key: string): string | undefined {
  const value: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, key) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
