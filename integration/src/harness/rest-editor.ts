import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import type { Simulator } from '@wirebook/simulator';
import { Agent, request } from 'undici';

interface RestReply {
  readonly status: number;
  readonly body: JsonValue;
}

/** Somebody else who works with the platform at the same time, over REST and without our client. */
export interface RestEditor {
  /** The path stands below the organisation. */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: JsonValue): Promise<RestReply>;
  /** A GET of an object; throws unless the answer is 200. */
  readObject(path: string): Promise<JsonObject>;
  /** A GET of a list; throws unless the answer is 200. */
  readList(path: string): Promise<readonly JsonObject[]>;
  /** The oldest incident of the demonstration organisation. */
  findIncidentId(): Promise<number>;
  close(): Promise<void>;
}

export function createRestEditor(simulator: Simulator): RestEditor {
  const dispatcher = new Agent({ connect: { ca: readFileSync(simulator.caFile, 'utf8') } });
  const authorization = `Basic ${Buffer.from(`${simulator.apiKeyId}:${simulator.apiKeySecret}`).toString('base64')}`;

  async function call(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: JsonValue): Promise<RestReply> {
    const answer = await request(`${simulator.restUrl}/rest/orgs/${simulator.orgId}${path}`, {
      method,
      dispatcher,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: toJson(await answer.body.json()) };
  }

  async function read(path: string): Promise<JsonValue> {
    const { status, body } = await call('GET', path);
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  async function readObject(path: string): Promise<JsonObject> {
    const body = await read(path);
    if (!isJsonObject(body)) throw new Error(`GET ${path} answered no object`);
    return body;
  }

  async function readList(path: string): Promise<readonly JsonObject[]> {
    const body = await read(path);
    if (!Array.isArray(body)) throw new Error(`GET ${path} answered no list`);
    return body.filter(isJsonObject);
  }

  return {
    call,
    readObject,
    readList,
    findIncidentId: async () => {
      const ids = (await readList('/incidents')).flatMap(({ id }) => (typeof id === 'number' ? [id] : []));
      return Math.min(...ids);
    },
    close: () => dispatcher.close(),
  };
}

function toJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null));
}
