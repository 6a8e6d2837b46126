import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { EngineLog, OwnTrigger, StartedTrigger, WebSource, WebSources } from '@wirebook/engine';
import { toWirebookError, WirebookError } from '@wirebook/errors';
import type { Clock, IdSource, WebResponse } from '@wirebook/node-kit';
import type { WebserverConfig } from '@wirebook/package-kit';
import { toListenError } from '../http/listen.ts';
import { isSenderKnown, type SenderCheck, toSenderCheck } from './check-sender.ts';
import { createFormDesk, type FormSource } from './form-desk.ts';
import { parseFormFields } from './parse-form-fields.ts';
import { readBody } from './read-body.ts';
import { toRequestMessage, UnreadableRequest } from './request-message.ts';
import { createWaitingAnswers, toJsonResponse } from './waiting-answers.ts';

export interface WebListenerOptions {
  readonly config: WebserverConfig;
  readonly trigger: (own: OwnTrigger) => StartedTrigger;
  readonly secrets: (name: string) => string | undefined;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: EngineLog;
}

/** The port on which webhooks and web forms are reached. It is open while a deployed flow needs it. */
export interface WebListener extends WebSources {
  /** Where it listens; null while it does not. */
  readonly url: string | null;
  close(): Promise<void>;
}

interface ListedSource {
  readonly source: WebSource;
  readonly check: SenderCheck;
  readonly form: FormSource | null;
}

/** A request that is taken, with its body. */
interface TakenRequest {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly body: Buffer;
  readonly remoteAddress: string;
}

const headersTimeoutMs = 15_000;
const requestTimeoutMs = 60_000;
const mostConnections = 1000;
/** What a sender that is refused for now is told to wait. */
const retryAfter = { 'retry-after': '10' } as const;

export function createWebListener(options: WebListenerOptions): WebListener {
  const { config, clock, log } = options;
  const answers = createWaitingAnswers(clock);
  const forms = createFormDesk(options);
  let listed = new Map<string, ListedSource>();
  let server: Server | null = null;
  let url: string | null = null;

  function list(source: WebSource): ListedSource {
    const place = `node "${source.nodeName}"`;
    const { authentication, secretName, userName, fields } = source.config;
    const form = source.kind === 'form' ? { source, plan: parseFormFields(fields, `${place}, field "fields"`) } : null;
    if (authentication === 'none') return { source, check: { kind: 'none' }, form };
    if (secretName === '') {
      throw new WirebookError(
        'FLOW_NODE_CONFIG_INVALID',
        `${place}, field "secretName": name the secret of [secrets] that a sender has to know, or choose the authentication none`,
      );
    }
    if (authentication === 'basic' && userName === '')
      throw new WirebookError('FLOW_NODE_CONFIG_INVALID', `${place}, field "userName": write the name that belongs to the password`);
    const secret = options.secrets(String(secretName));
    if (secret === undefined || secret === '') {
      throw new WirebookError(
        'CONFIG_SECRET_UNRESOLVED',
        `${place}, field "secretName": [secrets] of app.config has no "${String(secretName)}"`,
      );
    }
    return { source, check: toSenderCheck(source.config, secret), form };
  }

  async function open(): Promise<void> {
    if (server !== null) return;
    const limits = { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs };
    const { tls, host, port } = config;
    const opened =
      tls === null
        ? createServer(limits)
        : createTlsServer({ ...limits, cert: await readPem(tls.certFile, 'certfile'), key: await readPem(tls.keyFile, 'keyfile') });
    opened.maxConnections = mostConnections;
    opened.on('request', (request, response) => {
      handle(request, response).catch((thrown: unknown) => fail(response, thrown));
    });
    await new Promise<void>((resolve, reject) => {
      opened.once('error', (error: NodeJS.ErrnoException) => reject(toListenError(error, host, port)));
      opened.listen({ host, port }, resolve);
    });
    const bound = opened.address();
    const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
    url = `${tls === null ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${boundPort}/`;
    server = opened;
    log.info('webhooks and web forms are reached', { url });
  }

  async function shut(): Promise<void> {
    const opened = server;
    server = null;
    url = null;
    if (opened === null) return;
    await new Promise<void>((resolve) => {
      opened.close(() => resolve());
      opened.closeIdleConnections();
      // A request under way may finish; one that hangs must not keep the process.
      clock.startTimer(1000, () => opened.closeAllConnections());
    });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Only the path counts; the host that is asked for is the sender's business.
    const target = new URL(`http://engine${request.url?.startsWith('/') === true ? request.url : '/'}`);
    const known = listed.get(target.pathname.slice(1));
    if (known === undefined) {
      send(response, toJsonResponse(404, { code: 'WEB_ADDRESS_UNKNOWN', message: 'no deployed flow has this address' }));
      return;
    }
    const body = await readBody(request, config.maxBodyBytes);
    if (body === undefined) {
      send(
        response,
        toJsonResponse(
          413,
          { code: 'WEB_BODY_TOO_LARGE', message: `a body has at most ${config.maxBodyBytes} bytes here` },
          { connection: 'close' },
        ),
      );
      return;
    }
    if (!isSenderKnown(known.check, request.headers, body)) {
      log.warn('a request was refused: its sender is not known', { path: target.pathname, from: findAddress(request) });
      const challenge = known.check.kind === 'basic' ? { 'www-authenticate': 'Basic realm="Wirebook", charset="UTF-8"' } : {};
      send(response, toJsonResponse(401, { code: 'WEB_SENDER_UNKNOWN', message: 'the login or signature is missing or wrong' }, challenge));
      return;
    }
    const taken = { request, url: target, body, remoteAddress: findAddress(request) };
    if (known.form === null) await takeWebhook(known, taken, response);
    else send(response, forms.handle(known.form, taken));
  }

  async function takeWebhook({ source, check }: ListedSource, taken: TakenRequest, response: ServerResponse): Promise<void> {
    const { flowId, nodeId, config: node } = source;
    const { request } = taken;
    if (node.method !== 'any' && node.method !== request.method) {
      send(
        response,
        toJsonResponse(
          405,
          { code: 'WEB_METHOD_REFUSED', message: `only ${String(node.method)} is taken` },
          { allow: String(node.method) },
        ),
      );
      return;
    }
    const secretHeader = check.kind === 'token' || check.kind === 'hmac' ? check.header : '';
    const message = toRequestMessage({ ...taken, secretHeader });
    const delivery = node.deliveryHeader === '' ? undefined : request.headers[String(node.deliveryHeader).toLowerCase()];
    const runId = options.ids.nextId();
    const messageId = typeof delivery === 'string' && delivery !== '' ? `delivery ${delivery}` : runId;
    const own = { kind: 'webhook', flowId, nodeId, messageId, runId, body: message } as const;
    if (node.respond !== 'by-node') {
      const started = options.trigger(own);
      send(response, toJsonResponse(202, { runId: started.runId, ...(started.isNew ? {} : { repeated: true }) }));
      return;
    }
    if (answers.isFull) throw new WirebookError('ENGINE_INTAKE_FULL', 'too many requests wait for their answers');
    // Before it is started: a run without waiting is over when the call returns.
    answers.wait(runId, Number(node.answerWithinMs), (answer) => send(response, answer));
    response.once('close', () => answers.forget(runId));
    try {
      const started = options.trigger(own);
      if (started.isNew) return;
      answers.forget(runId);
      send(response, toJsonResponse(202, { runId: started.runId, repeated: true }));
    } catch (thrown) {
      answers.forget(runId);
      throw thrown;
    }
  }

  /** The address of the sender; behind the proxy that app.config names, what that says. */
  function findAddress(request: IncomingMessage): string {
    const direct = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const forwarded = request.headers['x-forwarded-for'];
    if (config.trustedProxy === null || direct !== config.trustedProxy || typeof forwarded !== 'string') return direct;
    return forwarded.split(',').at(-1)?.trim() || direct;
  }

  function fail(response: ServerResponse, thrown: unknown): void {
    if (thrown instanceof UnreadableRequest) {
      send(response, toJsonResponse(thrown.status, { code: 'WEB_REQUEST_UNREADABLE', message: thrown.message }));
      return;
    }
    const { code, message } = toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN');
    log.error(`a request could not be taken: ${message}`, { code });
    const isForNow = code === 'ENGINE_INTAKE_FULL' || code === 'ENGINE_SOURCE_CLOSED' || code.startsWith('STORE_');
    if (isForNow) send(response, toJsonResponse(503, { code, message: 'nothing is taken now; try again later' }, retryAfter));
    else send(response, toJsonResponse(500, { code, message: 'the request could not be taken' }));
  }

  return {
    prepare: async (sources) => {
      sources.forEach(list);
      if (sources.length > 0) await open();
    },
    set: (sources) => {
      listed = new Map(sources.map((source) => [String(source.config.path), list(source)]));
      if (sources.length === 0) void shut();
    },
    respond: (runId, response) => answers.respond(runId, response),
    noteOver: (runId, outcome) => answers.noteOver(runId, outcome),
    get url() {
      return url;
    },
    close: shut,
  };
}

function send(response: ServerResponse, { status, headers, body }: WebResponse): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    ...headers,
  });
  response.end(body);
}

async function readPem(path: string, option: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw new WirebookError(
      'CONFIG_OPTION_INVALID',
      `[webserver] ${option}: ${path} cannot be read; allowed is the path of a PEM file`,
      thrown,
    );
  }
}
