import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import type { JsonObject, JsonValue } from './json-value.ts';
import { isJsonObject, valueAt } from './json-value.ts';
import type { Simulator } from './simulator.ts';

interface CallerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body, or null when it is no JSON. */
  readonly body: JsonValue;
  /** The value at a dotted path of the body. */
  at(path: string): JsonValue | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in place of a JSON body. */
  readonly rawBody?: string;
}

/** A client of the REST API that verifies certificates and does nothing by itself. */
export interface PlatformCaller {
  /** Path below `/rest`. */
  call(method: Method, path: string, options?: CallOptions): Promise<CallerAnswer>;
  /** Path below organisation 201, with its API key. */
  org(method: Method, path: string, body?: unknown): Promise<CallerAnswer>;
  /** Path at the control port. */
  control(method: Method, path: string, body?: unknown): Promise<CallerAnswer>;
  readonly basic: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export function createPlatformCaller(simulator: Simulator): PlatformCaller {
  const dispatcher = new Agent({ connect: { ca: readFileSync(simulator.caFile) } });
  const basic = { authorization: basicOf(simulator.apiKeyId, simulator.apiKeySecret) };

  async function send(method: Method, url: string, { body, rawBody, headers = {} }: CallOptions): Promise<CallerAnswer> {
    const payload = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await request(url, {
      method,
      dispatcher,
      headers: { 'content-type': 'application/json', ...headers },
      ...(payload === undefined ? {} : { body: payload }),
    });
    const text = await answer.body.text();
    const parsed = parseOrNull(text);
    return { status: answer.statusCode, headers: answer.headers, text, body: parsed, at: (path) => valueAt(parsed, path) };
  }

  return {
    basic,
    call: (method, path, options = {}) => send(method, `${simulator.restUrl}/rest${path}`, options),
    org: (method, path, body) => send(method, `${simulator.restUrl}/rest/orgs/201${path}`, { body, headers: basic }),
    control: (method, path, body) => send(method, `${simulator.controlUrl}${path}`, { body }),
    close: () => dispatcher.destroy(),
  };
}

export function basicOf(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

function parseOrNull(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The body of an answer, which has to be an object. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  if (!isJsonObject(value)) throw new Error(`expected an object, got ${JSON.stringify(value)?.slice(0, 200)}`);
  return value;
}
