import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { type ConfigOf, describeValue, type FileService, getFileId, type HttpRequest } from '@wirebook/node-kit';
import type { webHttp } from './descriptor.ts';

type HttpConfig = ConfigOf<typeof webHttp>;

const tokenPattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const methodsWithoutBody: readonly string[] = ['GET', 'HEAD'];
/** The client writes these itself; a second one would make the request ambiguous. */
const clientHeaders: readonly string[] = [
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
  '__proto__',
];

const contentTypes = { json: 'application/json', form: 'application/x-www-form-urlencoded', text: 'text/plain; charset=utf-8' } as const;

/** The request without its limits. No value of a header, of the query or of an unusable address is ever part of an error: they carry secrets. */
export async function buildRequest(
  config: HttpConfig,
  files: Pick<FileService, 'open'>,
): Promise<Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>> {
  const url = buildUrl(config.url, config.query);
  const headers = buildHeaders(config.headers);
  const { body, bodyType, method } = config;
  if (body === undefined || bodyType === 'none') return { method, url, headers };
  if (methodsWithoutBody.includes(method)) {
    throw invalid('body', `a ${method} request carries no body; choose POST, or set bodyType to none`);
  }
  if (bodyType === 'file') {
    getFileId(body, 'body');
    const { handle, read } = await files.open(body);
    return { method, url, headers: { 'content-type': handle.contentType, ...headers }, body: { sizeBytes: handle.sizeBytes, read } };
  }
  return { method, url, headers: { 'content-type': contentTypes[bodyType], ...headers }, body: encodeBody(body, bodyType) };
}

function buildUrl(text: string, query: HttpConfig['query']): string {
  if (!URL.canParse(text)) throw invalid('url', 'it is no absolute address; give one such as https://example.com/path');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw invalid('url', 'only http and https can be called; begin it with https://');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('url', 'it holds a name or a password, which would be shown in traces; send them in an Authorization header');
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  url.hash = '';
  return url.href;
}

function buildHeaders(given: HttpConfig['headers']): Record<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    const lowerName = name.toLowerCase();
    if (!tokenPattern.test(name) || clientHeaders.includes(lowerName)) {
      throw invalid(
        `headers.${name}`,
        'this header name cannot be set; names are letters, digits and -, and the lengths of bodies are set by the client',
      );
    }
    if (headers.has(lowerName)) throw invalid(`headers.${name}`, 'the header is there twice, in different case; keep one');
    if (hasControlCharacter(value))
      throw invalid(`headers.${name}`, 'the value holds a line break or another control character; remove it');
    headers.set(lowerName, value);
  }
  return Object.fromEntries(headers);
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => (character < ' ' && character !== '\t') || character === '\u007f');
}

function encodeBody(body: JsonValue, bodyType: 'json' | 'form' | 'text'): string {
  switch (bodyType) {
    case 'json':
      return JSON.stringify(body);
    case 'text':
      if (typeof body !== 'string')
        throw invalid('body', `bodyType text sends a text, and the body is ${describeValue(body)}; use $string() or bodyType json`);
      return body;
    case 'form':
      return encodeForm(body);
    default:
      return bodyType satisfies never;
  }
}

function encodeForm(body: JsonValue): string {
  if (!isJsonObject(body)) throw invalid('body', `bodyType form sends an object of fields, and the body is ${describeValue(body)}`);
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    const parts: readonly JsonValue[] = Array.isArray(value) ? value : [value];
    for (const part of parts) {
      if (typeof part === 'object' && part !== null)
        throw invalid(`body.${name}`, `a form field is a text, a number, true or false, or a list of them; it is ${describeValue(value)}`);
      if (part !== null) form.append(name, String(part));
    }
  }
  return form.toString();
}

function invalid(field: string, problem: string): WirebookError {
  return new WirebookError('NODE_INPUT_INVALID', `field "${field}": ${problem}`);
}
