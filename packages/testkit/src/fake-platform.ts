import { Readable } from 'node:stream';
import { type ErrorCode, isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { PlatformCalls, PlatformRequest, PlatformResponse, ReadChangeWrite, ReadChangeWriteResult } from '@wirebook/node-kit';
import { type CatalogueContent, createFakeCatalogue } from './fake-catalogue.ts';

/** One answer: a status of 400 and more rejects with the code that the real client gives. */
export interface PlatformAnswer {
  readonly status?: number;
  readonly body?: JsonValue;
  /** For who takes the content of the answer. */
  readonly content?: { readonly contentType: string; readonly text: string };
}

type Answerer = (request: PlatformRequest) => PlatformAnswer;

/** A platform whose answers a test writes down, and that records what it was asked. */
export interface FakePlatform extends PlatformCalls {
  /**
   * Answers a method and path. Several answers are given one after the other, the last one again and again; a function computes
   * its answer from the request.
   */
  answer(method: PlatformRequest['method'], path: string, ...answers: readonly (PlatformAnswer | Answerer)[]): void;
  /** Every request, those of readChangeWrite included. */
  readonly requests: readonly PlatformRequest[];
}

const writeLimit = 5;

const codeByStatus = new Map<number, ErrorCode>([
  [400, 'SOAR_BAD_REQUEST'],
  [401, 'SOAR_LOGIN_REFUSED'],
  [403, 'SOAR_FORBIDDEN'],
  [404, 'SOAR_NOT_FOUND'],
  [409, 'SOAR_CONFLICT'],
  [429, 'SOAR_RATE_LIMITED'],
]);

export function createFakePlatform(content: CatalogueContent = {}): FakePlatform {
  const answers = new Map<string, (PlatformAnswer | Answerer)[]>();
  const requests: PlatformRequest[] = [];

  async function request(asked: PlatformRequest): Promise<PlatformResponse> {
    requests.push(asked);
    const waiting = answers.get(`${asked.method} ${asked.path}`) ?? [];
    const next = waiting.length > 1 ? waiting.shift() : waiting[0];
    const answer: PlatformAnswer =
      typeof next === 'function' ? next(asked) : (next ?? { status: 404, body: { success: false, message: 'no answer was written' } });
    const status = answer.status ?? 200;
    if (status >= 400) throw refusal(asked, status, answer.body);
    if (answer.content !== undefined) {
      const { contentType, text } = answer.content;
      await asked.takeContent?.({ contentType, read: Readable.from([Buffer.from(text)]) });
    }
    return { status, body: answer.body ?? null };
  }

  async function readChangeWrite(change: ReadChangeWrite): Promise<ReadChangeWriteResult> {
    const target = { path: change.path, query: change.query, handleFormat: change.handleFormat };
    for (let attempts = 1; ; attempts += 1) {
      const answer = await request({ method: 'GET', ...target });
      const { current: before, writePath } = change.pick?.(answer.body) ?? { current: asObject(answer), writePath: change.path };
      const changed = change.apply(before);
      if (changed === undefined) return { before, after: before, attempts: attempts - 1 };
      try {
        return { before, after: asObject(await request({ method: 'PUT', ...target, path: writePath, body: changed })), attempts };
      } catch (thrown) {
        if (!(thrown instanceof WirebookError) || thrown.code !== 'SOAR_CONFLICT' || attempts === writeLimit) throw thrown;
      }
    }
  }

  return {
    request,
    readChangeWrite,
    requests,
    catalogue: createFakeCatalogue(content),
    answer(method, path, ...given) {
      answers.set(`${method} ${path}`, [...given]);
    },
  };
}

function asObject(response: PlatformResponse): JsonObject {
  if (isJsonObject(response.body)) return response.body;
  throw new WirebookError('SOAR_RESPONSE_INVALID', `expected an object, got ${JSON.stringify(response.body)}`);
}

function refusal(asked: PlatformRequest, status: number, body: JsonValue | undefined): WirebookError {
  const code = codeByStatus.get(status) ?? (status >= 500 ? 'SOAR_SERVER_ERROR' : 'SOAR_BAD_REQUEST');
  const text = isJsonObject(body) && typeof body.message === 'string' ? body.message : 'no text';
  return new WirebookError(code, `${asked.method} ${asked.path} was answered with ${status}: ${text}`, undefined, { status });
}
