import { WirebookError } from '@wirebook/errors';
import { type CallAttempt, defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { webHttp } from './descriptor.ts';
import { executeHttp } from './execute.ts';

const node = defineNode(webHttp, executeHttp);
const url = 'https://models.example.com/v1/models';
const json = { 'content-type': 'application/json; charset=utf-8' };

async function call(
  config: Parameters<typeof testNode>[1],
  answer = { status: 200, headers: json as Record<string, string>, body: '{"a":1}' },
) {
  const bench = testNode(node, config);
  bench.http.answer(answer);
  const { error } = await bench.send({});
  return { error, out: bench.sent('out'), request: bench.http.requests[0], lines: bench.log.lines };
}

test('[N1] the request carries method, query, headers and limits, and status, headers and body go on', async () => {
  const { out, request } = await call({
    url: `${url}?kind=a#part`,
    query: { q: 'x & y', empty: '' },
    headers: { 'X-Api-Key': 'k' },
    timeoutMs: 500,
    maxResponseBytes: 1000,
  });
  expect(request).toMatchObject({
    method: 'GET',
    url: `${url}?kind=a&q=x+%26+y&empty=`,
    headers: { 'x-api-key': 'k' },
    timeoutMs: 500,
    maxResponseBytes: 1000,
  });
  expect(request?.body).toBeUndefined();
  expect(out).toEqual([{ status: 200, headers: json, body: { a: 1 } }]);
});

test('[N1] every try of the call is in the trace of the step', async () => {
  const bench = testNode(node, { url });
  const attempt: CallAttempt = { method: 'GET', url, attempt: 1, startedAtMs: 1, durationMs: 2, status: 200, code: null };
  bench.http.answer((request) => {
    request.onAttempt(attempt);
    return { status: 204, headers: {}, body: '' };
  });
  await bench.send({});
  expect(bench.log.attempts).toEqual([attempt]);
});

test.each([
  ['json', { a: [1, null] }, 'application/json', '{"a":[1,null]}'],
  ['json', null, 'application/json', 'null'],
  ['form', { a: 'x y', b: [1, true], c: null }, 'application/x-www-form-urlencoded', 'a=x+y&b=1&b=true'],
  ['text', 'line 1\nline 2', 'text/plain; charset=utf-8', 'line 1\nline 2'],
])('[N2] bodyType %s sends %j with its content type', async (bodyType, body, contentType, sent) => {
  const { request } = await call({ method: 'POST', url, bodyType, body });
  expect(request).toMatchObject({ body: sent, headers: { 'content-type': contentType } });
});

test('[N2] a content type of one’s own wins, in whatever case', async () => {
  const { request } = await call({ method: 'PUT', url, body: {}, headers: { 'Content-Type': 'application/merge-patch+json' } });
  expect(request?.headers).toEqual({ 'content-type': 'application/merge-patch+json' });
});

test('[N2] bodyType none sends no body', async () => {
  const { request } = await call({ method: 'POST', url, body: { a: 1 }, bodyType: 'none' });
  expect(request).toMatchObject({ headers: {} });
  expect(request).not.toHaveProperty('body');
});

test.each([
  [{ url: 'models/1' }, 'field "url": it is no absolute address; give one such as https://example.com/path'],
  [{ url: 'file:///etc/passwd' }, 'field "url": only http and https can be called'],
  [{ url: 'https://me:secret@example.com' }, 'field "url": it holds a name or a password'],
  [{ url, body: { a: 1 } }, 'field "body": a GET request carries no body'],
  [{ url, headers: { 'X-A': 'one\r\nX-B: two' } }, 'field "headers.X-A": the value holds a line break'],
  [{ url, headers: { 'two words': 'a' } }, 'field "headers.two words": this header name cannot be set'],
  [{ url, headers: { 'Content-Length': '3' } }, 'field "headers.Content-Length": this header name cannot be set'],
  [{ url, headers: JSON.parse('{"__proto__":"a"}') }, 'field "headers.__proto__": this header name cannot be set'],
  [{ url, headers: { Accept: 'a', accept: 'b' } }, 'field "headers.accept": the header is there twice'],
  [{ url, method: 'POST', bodyType: 'text', body: { a: 1 } }, 'field "body": bodyType text sends a text, and the body is an object with a'],
  [
    { url, method: 'POST', bodyType: 'form', body: [1] },
    'field "body": bodyType form sends an object of fields, and the body is a list of 1',
  ],
  [{ url, method: 'POST', bodyType: 'form', body: { a: { b: 1 } } }, 'field "body.a": a form field is a text'],
])('[N3] nothing is sent for %j', async (config, problem) => {
  const { error, request } = await call(config);
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining(problem) });
  expect(request).toBeUndefined();
});

test('[N3] an address that cannot be used is not part of the error', async () => {
  for (const secret of ['hooks.example.com/T0/hidden', 'https://exa mple.com/hidden', 'hidden:hidden']) {
    const { error } = await call({ url: secret });
    expect(error?.message).toContain('field "url": ');
    expect(error?.message).not.toContain('hidden');
  }
});

test('[N3] values of headers and of the query are never part of an error', async () => {
  const { error } = await call(
    { url: `${url}?token=hidden`, query: { key: 'hidden' }, headers: { Authorization: 'Bearer hidden' } },
    { status: 403, headers: {}, body: 'no' },
  );
  expect(error?.message).toBe(`GET ${url} was answered with 403: no`);
});

test.each([199, 302, 404, 503])('[N4] status %i is an error that carries status and body', async (status) => {
  const { error, out } = await call({ url }, { status, headers: {}, body: 'x'.repeat(500) });
  expect(error).toMatchObject({
    code: 'HTTP_STATUS',
    details: { status },
    message: `GET ${url} was answered with ${status}: ${'x'.repeat(200)}`,
  });
  expect(out).toEqual([]);
});

test('[N4] with failOnStatus off every status goes on', async () => {
  const { out } = await call({ url, failOnStatus: false }, { status: 404, headers: json, body: '{"message":"gone"}' });
  expect(out).toEqual([{ status: 404, headers: json, body: { message: 'gone' } }]);
});

test.each([
  ['auto', 'application/json', '{"a":1}', { a: 1 }],
  ['auto', 'application/problem+json', '[1]', [1]],
  ['auto', 'text/html', '{"a":1}', '{"a":1}'],
  ['auto', undefined, 'plain', 'plain'],
  ['auto', 'application/json', ' ', null],
  ['json', 'text/plain', '{"a":1}', { a: 1 }],
  ['text', 'application/json', '{"a":1}', '{"a":1}'],
])('[N5] parse %s of %s reads %j', async (parse, contentType, body, value) => {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
  const { out } = await call({ url, parse }, { status: 200, headers, body });
  expect(out).toEqual([{ status: 200, headers, body: value }]);
});

test('[N5] broken JSON is an error with parse json, and text with a warning with parse auto', async () => {
  const broken = { status: 200, headers: json, body: '{"a":' };
  expect((await call({ url, parse: 'json' }, broken)).error).toMatchObject({
    code: 'HTTP_RESPONSE_INVALID',
    message: `GET ${url}: the answer is no JSON: {"a":`,
  });
  const { out, lines } = await call({ url }, broken);
  expect(out).toMatchObject([{ body: '{"a":' }]);
  expect(lines).toEqual([{ level: 'warn', text: `GET ${url}: the answer is no JSON: {"a":; it is handed on as text` }]);
});

test.each(['HTTP_UNREACHABLE', 'HTTP_TIMEOUT', 'HTTP_ADDRESS_BLOCKED', 'HTTP_RESPONSE_TOO_LARGE'] as const)(
  '[N6] %s of the HTTP service ends the step with that code',
  async (code) => {
    const bench = testNode(node, { url });
    bench.http.answer(() => {
      throw new WirebookError(code, 'no answer');
    });
    expect((await bench.send({})).error?.code).toBe(code);
  },
);

test.each([
  [{}],
  [{ url: '' }],
  [{ url, method: 'TRACE' }],
  [{ url, timeoutMs: 0 }],
  [{ url, headers: { a: 1 } }],
  [{ url, verify: false }],
])('[N7] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('web.http: config');
});

test('[N9] the content of a file of an earlier node is sent with its type and length', async () => {
  const bench = testNode(node, { method: 'PUT', url, bodyType: 'file', body: { file: 'file1', sizeBytes: 9 } });
  await bench.files.put('a.csv', 'é,1', 'text/csv');
  bench.http.answer({ status: 200, headers: json, body: '{}' });
  await bench.send({});
  const [request] = bench.http.requests;
  const { body } = request ?? {};
  if (typeof body !== 'object') throw new Error('no content was sent');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.read()) chunks.push(chunk);
  expect([request?.headers, body.sizeBytes, Buffer.concat(chunks).toString()]).toEqual([{ 'content-type': 'text/csv' }, 4, 'é,1']);
});

test.each([
  ['a text', 'a.csv', 'NODE_INPUT_INVALID', 'field "body": it got the text "a.csv"'],
  ['a file of another run', { file: 'other', sizeBytes: 1 }, 'FILE_UNKNOWN', 'other'],
])('[N9] %s for a file is a coded error, and nothing is sent', async (_, body, code, text) => {
  const { error, request } = await call({ method: 'PUT', url, bodyType: 'file', body });
  expect(error).toMatchObject({ code, message: expect.stringContaining(text) });
  expect(request).toBeUndefined();
});

test.each([
  [
    { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="re \\"port.pdf"' },
    're "port.pdf',
    'application/pdf',
  ],
  [{ 'content-disposition': "attachment; filename=x.txt; filename*=UTF-8''na%C3%AFve.csv" }, 'naïve.csv', 'text/csv'],
  [{ 'content-disposition': "attachment; filename=x.txt; filename*=UTF-8''%E0%A4%A" }, 'x.txt', 'text/plain'],
  [{ 'content-disposition': 'attachment; filename="../../etc/passwd"' }, 'passwd', 'application/octet-stream'],
  [{ 'content-type': 'text/html; charset=utf-8' }, 'models', 'text/html'],
] as [Record<string, string>, string, string][])('[N9] an answer with %j is kept as the file %s', async (headers, name, contentType) => {
  const { out } = await call({ url, parse: 'file' }, { status: 200, headers, body: 'content' });
  expect(out).toMatchObject([{ status: 200, headers, body: { file: 'file1', name, contentType, sizeBytes: 7 } }]);
});

test('[N9] an error status is told with the start of its body, and no file is kept', async () => {
  const bench = testNode(node, { url, parse: 'file' });
  bench.http.answer({ status: 404, headers: {}, body: 'no such model' });
  expect((await bench.send({})).error).toMatchObject({ code: 'HTTP_STATUS', message: expect.stringContaining('no such model') });
  expect(bench.files.handles).toEqual([]);
});

test('[N9] a file beyond its limit is refused', async () => {
  const { error, request } = await call({ url, parse: 'file', maxFileBytes: 3 }, { status: 200, headers: {}, body: 'long' });
  expect([error?.code, request?.maxResponseBytes]).toEqual(['FILE_TOO_LARGE', 3]);
});
