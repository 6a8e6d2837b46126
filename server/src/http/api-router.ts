import { type FileAnswer, type Permission, permissionsOfRole, type RouteDeclaration, type RouteName, routes } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import { json, type Request, type RequestHandler, type Response, Router } from 'express';
import { isCsrfToken, longestSessionMs, type PresentSession, type Sessions } from '../auth/sessions.ts';
import { findJsonDepth } from './json-depth.ts';
import { parsePathParameters, parseQuery, parseRequestBody } from './parse-request.ts';
import type { Handler, HandlerRequest, RouteHandlers } from './route-handlers.ts';
import type { ServerAddress } from './server-address.ts';
import { readSessionToken, writeSessionCookie } from './session-cookie.ts';

export interface ApiRouterOptions {
  readonly handlers: RouteHandlers;
  readonly sessions: Sessions;
  readonly address: ServerAddress;
}

const declarations: readonly (readonly [RouteName, RouteDeclaration])[] = Object.keys(routes)
  .filter(isRouteName)
  .map((name) => [name, routes[name]]);
const maxBodyBytes = 4 * 1024 * 1024;
/** Of routes that anybody may call. */
const maxPublicBodyBytes = 16 * 1024;
const maxJsonDepth = 200;

/** The routes of the table, and nothing else. */
export function createApiRouter(options: ApiRouterOptions): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const [name, { method, path, permission, body }] of declarations) {
    const steps: RequestHandler[] = [
      (request, response, next) => {
        response.locals.present = admit(request, { permission, sessions: options.sessions });
        next();
      },
    ];
    if (body !== null) steps.push(readJson(permission === 'public' ? maxPublicBodyBytes : maxBodyBytes));
    steps.push((request, response) => answer(name, request, response, options));
    router[toExpressMethod(method)](path, ...steps);
  }
  return router;
}

/**
 * Says what is wrong about requests that no route takes; before the router, because Express would answer OPTIONS by itself.
 *
 * @throws SERVER_ROUTE_UNKNOWN
 */
export const refuseUndeclared: RequestHandler = (request, response, next) => {
  const methods = declarations.filter(([, { path }]) => isPath(request.path, path)).map(([, { method }]) => method);
  const asked = request.method === 'HEAD' ? 'GET' : request.method;
  if (methods.some((method) => method === asked)) {
    next();
    return;
  }
  if (methods.length === 0) throw new WirebookError('SERVER_ROUTE_UNKNOWN', `there is no ${request.path}`);
  response.locals.status = 405;
  response.setHeader('allow', [...new Set(methods)].join(', '));
  throw new WirebookError('SERVER_ROUTE_UNKNOWN', `${request.path} does not take ${request.method}`);
};

function isPath(asked: string, declared: string): boolean {
  const askedParts = asked.split('/');
  const parts = declared.split('/');
  return (
    askedParts.length === parts.length &&
    parts.every((part, index) => (part.startsWith(':') ? askedParts[index] !== '' : part === askedParts[index]))
  );
}

/** Session, permission, CSRF token. */
function admit(request: Request, { permission, sessions }: { permission: Permission; sessions: Sessions }): PresentSession | null {
  const present = sessions.find(readSessionToken(request.headers.cookie));
  if (permission !== 'public') {
    if (present === null) throw new WirebookError('SERVER_SIGN_IN_REQUIRED', 'nobody is signed in, or the session is over');
    if (!permissionsOfRole[present.user.role].includes(permission))
      throw new WirebookError('SERVER_PERMISSION_DENIED', `a ${present.user.role} may not do this (${permission})`);
  }
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  // Somebody who is not signed in yet has no token; the Origin was checked.
  if (!isReading && permission !== 'public' && present !== null && !isCsrfToken(present.session, request.get('x-csrf-token') ?? ''))
    throw new WirebookError('SERVER_CSRF_REFUSED', 'the header x-csrf-token is missing or is that of another session');
  return present;
}

function readJson(limit: number): RequestHandler {
  return json({
    limit,
    inflate: false,
    verify: (_request, _response, bytes) => {
      if (findJsonDepth(bytes) > maxJsonDepth)
        throw new WirebookError('SERVER_REQUEST_INVALID', `the body goes deeper than ${maxJsonDepth} lists and objects`);
    },
  });
}

async function answer<Name extends RouteName>(name: Name, request: Request, response: Response, options: ApiRouterOptions): Promise<void> {
  const present: PresentSession | null = response.locals.present;
  const handler: Handler<Name> = options.handlers[name];
  const result = await handler({
    params: parsePathParameters(request.params),
    query: parseQuery(request.query),
    body: parseRequestBody(name, request.body),
    user: present?.user ?? null,
    session: present?.session ?? null,
    remoteAddress: request.socket.remoteAddress ?? 'unknown',
    setSessionToken: (token: string | null) =>
      response.setHeader('set-cookie', writeSessionCookie(token, { isSecure: options.address.isHttps, maxAgeMs: longestSessionMs })),
    // What the table says of the route's path, body and permission, which TypeScript cannot follow from the name.
  } as unknown as HandlerRequest<Name>);
  if (result === undefined) response.status(204).end();
  else if (isFile(result)) sendFile(result, response);
  else response.json(result);
}

function isFile(result: object): result is FileAnswer {
  return 'bytes' in result && result.bytes instanceof Uint8Array;
}

/** Bytes from outside: the browser saves them and never looks what they might be. */
function sendFile({ fileName, bytes }: FileAnswer, response: Response): void {
  response
    .setHeader('content-type', 'application/octet-stream')
    .setHeader('content-disposition', `attachment; filename="${fileName.replace(/[^A-Za-z0-9._-]/g, '_')}"`)
    .setHeader('x-content-type-options', 'nosniff')
    .setHeader('content-security-policy', "default-src 'none'; sandbox")
    .end(bytes);
}

function toExpressMethod(method: RouteDeclaration['method']): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  switch (method) {
    case 'GET':
      return 'get';
    case 'POST':
      return 'post';
    case 'PUT':
      return 'put';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return 'delete';
    default:
      return method satisfies never;
  }
}

function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(routes, name);
}
