import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { Execute, HttpResponse, StepLog } from '@wirebook/node-kit';
import { buildRequest } from './build-request.ts';
import type { webHttp } from './descriptor.ts';

const jsonType = /^application\/(?:[\w.+-]+\+)?json\b/i;
const shownBodyLength = 200;

export const executeHttp: Execute<typeof webHttp> = async ({ config, services, signal, log, emit }) => {
  const request = buildRequest(config);
  const response = await services.http.request({
    ...request,
    timeoutMs: config.timeoutMs,
    maxResponseBytes: config.maxResponseBytes,
    signal,
    onAttempt: (attempt) => log.attempt(attempt),
    onHeld: (reason) => log.info(reason),
  });
  const target = `${request.method} ${withoutQuery(request.url)}`;
  if (config.failOnStatus && (response.status < 200 || response.status > 299)) {
    throw new WirebookError('HTTP_STATUS', `${target} was answered with ${response.status}${showBody(response.body)}`, undefined, {
      status: response.status,
    });
  }
  const body = readBody(response, { parse: config.parse, target, log });
  emit('out', { status: response.status, headers: { ...response.headers }, body });
};

function readBody(response: HttpResponse, options: { parse: 'auto' | 'json' | 'text'; target: string; log: StepLog }): JsonValue {
  const { parse, target, log } = options;
  const isJson = parse === 'json' || (parse === 'auto' && jsonType.test(response.headers['content-type'] ?? ''));
  if (!isJson) return response.body;
  if (response.body.trim() === '') return null;
  try {
    return JSON.parse(response.body);
  } catch (thrown) {
    const problem = `${target}: the answer is no JSON${showBody(response.body)}`;
    if (parse === 'json') throw new WirebookError('HTTP_RESPONSE_INVALID', problem, thrown);
    log.warn(`${problem}; it is handed on as text`);
    return response.body;
  }
}

function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function showBody(body: string): string {
  const start = body.trim().slice(0, shownBodyLength);
  return start === '' ? '' : `: ${start}`;
}
