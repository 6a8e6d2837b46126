import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import { toWirebookError } from '@wirebook/errors';
import express, { type ErrorRequestHandler, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { CertificateKind, IssuedCertificate } from '../certificates/certificate-kind.ts';
import type { RestFault, RestFaults } from '../faults/rest-fault.ts';
import type { Ids } from '../ids.ts';
import { isJsonObject, ownValue } from '../json-value.ts';
import { parseHandleFormat } from '../platform/handle-format.ts';
import { type Actor, getOrganisation, type LoginMatch, type Platform } from '../platform/platform.ts';
import { findRefusal, refusal } from '../platform/rest-refusal.ts';
import { authenticate, carriesCredentials, findSessionCookie } from './authentication.ts';
import { toConstDto } from './const.ts';
import { readFullTextQuery, searchFullText } from './full-text-search.ts';
import { listen, trackSockets } from './listen.ts';
import type { LoginSessions } from './login-session.ts';
import { isMultipart, MultipartBody, readMultipart } from './multipart-body.ts';
import type { RequestLog, RequestRecord } from './request-log.ts';
import { errorBody, type OrgRoute, type RestAnswer } from './rest-route.ts';
import { routeTable } from './route-table.ts';
import { toSessionDto } from './session.ts';

export interface RestServerOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly platform: Platform;
  readonly ids: Ids;
  readonly sessions: LoginSessions;
  readonly faults: RestFaults;
  readonly log: RequestLog;
  readonly certificates: { issue(kind: CertificateKind): Promise<IssuedCertificate> };
  /** The rule behind a context token; null when the message had none; undefined when the token is unknown. */
  readonly findRuleOfToken: (token: string) => number | null | undefined;
}

export interface RestServer {
  readonly port: number;
  useCertificate(kind: CertificateKind): Promise<void>;
  /** Ends the connections and turns new ones away for this time; 0 ends that. */
  refuseConnections(durationMs: number): void;
  close(): Promise<void>;
}

const maxBodySize = '32mb';

/** @throws WirebookError SIMULATOR_PORT_IN_USE */
export async function createRestServer(options: RestServerOptions): Promise<RestServer> {
  const { certPem, keyPem } = await options.certificates.issue('valid');
  const server: Server = createServer({ cert: certPem, key: keyPem, minVersion: 'TLSv1.2' }, createApp(options));
  const sockets = trackSockets(server);
  let refusedUntilMs = 0;
  server.prependListener('connection', (socket: Socket) => {
    if (options.platform.clock.now() < refusedUntilMs) socket.destroy();
  });
  const port = await listen(server, { host: options.host, port: options.port, purpose: 'the REST API' });
  return {
    port,
    async useCertificate(kind) {
      const issued = await options.certificates.issue(kind);
      server.setSecureContext({ cert: issued.certPem, key: issued.keyPem, minVersion: 'TLSv1.2' });
      sockets.cut();
    },
    refuseConnections(durationMs) {
      refusedUntilMs = options.platform.clock.now() + durationMs;
      if (durationMs > 0) sockets.cut();
    },
    close: () => sockets.close(),
  };
}

function createApp(options: RestServerOptions) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(recordRequest(options));
  app.use(express.raw({ type: isMultipart, limit: maxBodySize }), readMultipart);
  app.use(express.json({ type: (request) => !isMultipart(request), limit: maxBodySize, strict: false }));
  app.use(injectFaults(options));
  app.post('/rest/session', openSession(options));
  app.get('/rest/session', showSession(options));
  app.delete('/rest/session', (request, response) => {
    const sessionId = findSessionCookie(request);
    if (sessionId !== undefined) options.sessions.end(sessionId);
    response.status(204).end();
  });
  app.get('/rest/const', (request, response) => {
    authenticate(request, options);
    response.json(toConstDto());
  });
  app.post('/rest/search_ex', (request, response) => {
    const query = readFullTextQuery(request.body);
    const org = authenticate(request, options).organisations.find(({ id, enabled }) => id === query.orgId && enabled);
    if (org === undefined) throw refusal(403, 'You do not have permission to work in this organization.');
    response.json(searchFullText(org, query));
  });
  for (const route of routeTable) app[route.method](`/rest/orgs/:orgId${route.path}`, handleOrgRoute(options, route));
  app.use((request: Request) => {
    throw refusal(404, `There is nothing at ${request.method} ${request.path}.`);
  });
  app.use(answerError);
  return app;
}

function recordRequest({ log, platform, findRuleOfToken }: RestServerOptions): RequestHandler {
  return (request, response, next) => {
    const token = request.get('X-Co3ContextToken');
    const isLogin = request.path.startsWith('/rest/session');
    const record: RequestRecord = {
      at: new Date(platform.clock.now()).toISOString(),
      method: request.method,
      path: request.originalUrl,
      headerNames: Object.keys(request.headers),
      contextToken: token === undefined ? 'none' : findRuleOfToken(token) === undefined ? 'unknown' : 'known',
      credentialsSeen: carriesCredentials(request) || (isLogin && request.method === 'POST'),
      body: null,
      status: null,
    };
    log.add(record);
    const keepBody = () => {
      const body: unknown = request.body;
      if (!isLogin)
        record.body = body instanceof MultipartBody ? { file: body.file.name, size: body.file.bytes.length } : (request.body ?? null);
    };
    response.once('finish', () => {
      record.status = response.statusCode;
      keepBody();
    });
    response.once('close', keepBody);
    next();
  };
}

function injectFaults({ faults, platform }: RestServerOptions): RequestHandler {
  return (request, response, next) => {
    const struck = faults.take(request.method, request.path);
    if (struck.length === 0) return next();
    const delayMs = struck.reduce((sum, fault) => sum + (fault.kind === 'delay' ? fault.delayMs : 0), 0);
    const strike = () => strikeWith(struck, response, next);
    if (delayMs === 0) strike();
    else platform.clock.startTimer(delayMs, strike);
  };
}

function strikeWith(struck: readonly RestFault[], response: Response, next: NextFunction): void {
  for (const fault of struck) {
    if (fault.kind === 'cut' && fault.moment === 'before') return void response.socket?.destroy();
    if (fault.kind === 'status') {
      if (fault.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(fault.retryAfterSeconds));
      response.status(fault.status).json(errorBody(fault.message ?? `The status ${fault.status} was asked for by a fault.`, null));
      return;
    }
    if (fault.kind === 'cut') response.json = () => response.destroy();
    if (fault.kind === 'garbage')
      response.json = () => response.status(200).type('application/json').send('{"success": tru\u0000\ufffd<html>');
  }
  next();
}

function openSession({ ids, sessions }: RestServerOptions): RequestHandler {
  return (request, response) => {
    const email = isJsonObject(request.body) ? ownValue(request.body, 'email') : undefined;
    const password = isJsonObject(request.body) ? ownValue(request.body, 'password') : undefined;
    const session = typeof email === 'string' && typeof password === 'string' ? sessions.open(email, password) : undefined;
    if (session === undefined) throw refusal(401, 'The e-mail address or the password is not right.');
    const { match, csrfToken, sessionId } = session;
    response.setHeader('Set-Cookie', `JSESSIONID=${sessionId}; Path=/; Secure; HttpOnly`);
    response.json(toSessionDto({ match, csrfToken, ids, clientAddress: request.ip ?? '' }));
  };
}

function showSession({ platform, ids, sessions }: RestServerOptions): RequestHandler {
  return (request, response) => {
    const match = authenticate(request, { platform, sessions });
    const csrfToken = match.principal.kind === 'user' ? (request.get('x-sess-id') ?? null) : null;
    response.json(toSessionDto({ match, csrfToken, ids, clientAddress: request.ip ?? '' }));
  };
}

function handleOrgRoute(options: RestServerOptions, route: OrgRoute): RequestHandler {
  return (request, response) => {
    const match = authenticate(request, options);
    const answer = answerOrgRequest(options, { request, match, route });
    if (answer.content === undefined) response.status(answer.status).json(answer.body);
    else response.status(answer.status).type(answer.content.contentType).send(Buffer.from(answer.content.bytes));
  };
}

function answerOrgRequest(
  options: RestServerOptions,
  { request, match, route }: { request: Request; match: LoginMatch; route: OrgRoute },
): RestAnswer {
  const { platform } = options;
  const params = textsOf(request.params);
  const orgId = Number(params.orgId);
  if (!match.organisations.some((org) => org.id === orgId && org.enabled)) {
    if (!platform.organisations.has(orgId)) throw refusal(404, `Unable to find the organization ${params.orgId}.`);
    throw refusal(403, 'You do not have permission to work in this organization.');
  }
  const org = getOrganisation(platform, orgId);
  const query = textsOf(request.query);
  const actor: Actor = { principal: match.principal, skippedRuleId: skippedRule(options, request) };
  return route.handle({
    platform,
    org,
    params,
    query,
    body: request.body,
    format: parseHandleFormat(query.handle_format ?? request.get('handle_format')),
    place: { platform, org, actor },
  });
}

function skippedRule({ findRuleOfToken }: RestServerOptions, request: Request): number | null {
  const token = request.get('X-Co3ContextToken');
  return token === undefined ? null : (findRuleOfToken(token) ?? null);
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}

/** Express takes a handler for errors by its four parameters. */
const answerError: ErrorRequestHandler = (thrown: unknown, _request, response, _next) => {
  const refused = findRefusal(thrown);
  if (refused !== undefined) {
    response.status(refused.status).json(errorBody(refused.message, refused.hint));
    return;
  }
  const status = isBodyError(thrown) ? thrown.status : 500;
  response.status(status).json(errorBody(toWirebookError(thrown, 'SIMULATOR_REQUEST_INVALID').message, null));
};

/** What the body parser throws: not JSON (400), too large (413). */
function isBodyError(thrown: unknown): thrown is Error & { readonly status: number } {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number';
}
