import { type JsonValue, WirebookError } from '@wirebook/errors';
import { type Execute, type FileHandle, findContentType, type HttpResponse, type StepLog, toPlainFileName } from '@wirebook/node-kit';
import { buildRequest } from './build-request.ts';
import type { webHttp } from './descriptor.ts';
import { findFileName } from './find-file-name.ts';

const jsonType = /^application\/(?:[\w.+-]+\+)?json\b/i;
const shownBodyLength = 200;

export const executeHttp: Execute<typeof webHttp> = async ({ config, services, signal, log, emit }) => {
  const request = await buildRequest(config, services.files);
  const { parse } = config;
  const isError = (status: number) => config.failOnStatus && (status < 200 || status > 299);
  let file: FileHandle | null = null;
  let errorText = '';
  const response = await services.http.request({
    ...request,
    timeoutMs: config.timeoutMs,
    maxResponseBytes: parse === 'file' ? config.maxFileBytes : config.maxResponseBytes,
    signal,
    onAttempt: (attempt) => log.attempt(attempt),
    onHeld: (reason) => log.info(reason),
    ...(parse === 'file' && {
      takeBody: async ({ status, headers }, content) => {
        if (isError(status)) errorText = await readStart(content);
        else file = await services.files.save({ ...describeFile(headers, request.url), content, maxBytes: config.maxFileBytes });
      },
    }),
  });
  const target = `${request.method} ${withoutQuery(request.url)}`;
  const { status } = response;
  if (isError(status)) {
    const text = showBody(parse === 'file' ? errorText : response.body);
    throw new WirebookError('HTTP_STATUS', `${target} was answered with ${status}${text}`, undefined, { status });
  }
  const body = parse === 'file' ? file : readBody(response, { parse, target, log });
  emit('out', { status, headers: { ...response.headers }, body });
};

async function readStart(content: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of content) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= shownBodyLength) break;
  }
  return text;
}

/** Name and type as the server tells them; without a name the last part of the address. */
function describeFile(headers: HttpResponse['headers'], url: string): Pick<FileHandle, 'name' | 'contentType'> {
  const [contentType = ''] = (headers['content-type'] ?? '').split(';');
  const name = findFileName(headers['content-disposition'] ?? '') ?? new URL(url).pathname.split('/').at(-1) ?? '';
  return { name: toPlainFileName(name), contentType: contentType.trim() === '' ? findContentType(name) : contentType.trim() };
}

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
