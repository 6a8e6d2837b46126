import { type RouteName, type RouteTypes, routes } from '@wirebook/api';
import { ApiError } from './api-error.ts';

type Part<Types, Key extends string> = Types extends { [K in Key]: infer Value }
  ? { readonly [K in Key]: Value }
  : { readonly [K in Key]?: undefined };

/** What a call of this route takes: parameters of its path, query, body. */
type CallOptions<Name extends RouteName> = Part<RouteTypes[Name], 'params'> &
  (RouteTypes[Name] extends { query: infer Query } ? { readonly query?: Query } : { readonly query?: undefined }) &
  Part<RouteTypes[Name], 'body'> & {
    readonly signal?: AbortSignal;
    /** The request is sent although the page is being left; its answer is not heard. */
    readonly keepalive?: boolean;
  };

export interface ApiClient {
  /**
   * Calls a route of the server.
   *
   * @throws ApiError with the server's code, or SERVER_NOT_REACHED
   */
  call<Name extends RouteName>(name: Name, options: CallOptions<Name>): Promise<RouteTypes[Name]['answer']>;
}

export interface ApiClientOptions {
  readonly fetch: typeof fetch;
  /** Read at each call: it changes at sign-in. */
  readonly csrfToken: () => string | null;
  /** The session ended: the person has to sign in again. */
  readonly onSignedOut: () => void;
}

interface CallParts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly keepalive?: boolean;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  async function call(name: RouteName, { params, query, body, signal, keepalive = false }: CallParts): Promise<unknown> {
    const { method, path } = routes[name];
    const token = options.csrfToken();
    const headers: Record<string, string> = { accept: 'application/json' };
    if (method !== 'GET' && token !== null) headers['x-csrf-token'] = token;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const answer = await reach(() =>
      options.fetch(toAddress(path, params, query), {
        method,
        headers,
        credentials: 'same-origin',
        keepalive,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      }),
    );
    if (answer.status === 204) return undefined;
    const json = await readJson(answer);
    if (answer.ok) return json;
    if (answer.status === 401 && name !== 'signIn' && name !== 'signInByLink') options.onSignedOut();
    throw toApiError(answer.status, json);
  }

  return { call: call as ApiClient['call'] };
}

async function reach(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw new ApiError({
      code: 'SERVER_NOT_REACHED',
      message: 'The server does not answer.',
      status: 0,
      hint: 'Check that Wirebook is running; this page goes on by itself when it is back.',
    });
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch (thrown) {
    throw new ApiError({
      code: 'SERVER_ANSWER_UNREADABLE',
      message: `The server answered ${answer.status} with something that is no JSON (${String(thrown)}).`,
      status: answer.status,
    });
  }
}

function toAddress(path: string, params: CallParts['params'], query: CallParts['query']): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(key, value);
  return search.size === 0 ? filled : `${filled}?${search}`;
}

function toApiError(status: number, json: unknown): ApiError {
  const error: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'error') : undefined;
  const read = (key: string) => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return new ApiError({
    code: read('code') ?? 'SERVER_ERROR',
    message: read('message') ?? `The server answered ${status}.`,
    status,
    hint: read('hint') ?? '',
    answer: json,
  });
}
