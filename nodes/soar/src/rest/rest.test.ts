import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarRest } from './descriptor.ts';
import { executeRest } from './execute.ts';

const node = defineNode(soarRest, executeRest);

test('[N10] the call reaches the platform as configured, and its answer goes on', async () => {
  const bench = testNode(node, {
    method: 'POST',
    path: '/incidents/query_paged',
    query: { return_level: 'normal' },
    body: { filters: [] },
    handleFormat: 'names',
    repeatable: true,
    timeoutMs: 5000,
  });
  bench.platform.answer('POST', '/incidents/query_paged', { body: { data: [] } });
  await bench.send({});
  expect(bench.platform.requests).toEqual([
    {
      method: 'POST',
      path: '/incidents/query_paged',
      query: { return_level: 'normal' },
      body: { filters: [] },
      handleFormat: 'names',
      absolute: false,
      repeatable: true,
      timeoutMs: 5000,
    },
  ]);
  expect(bench.sent('out')).toEqual([{ data: [] }]);
});

test('[N10] by itself it reads by ids, below the organisation, and a POST is not repeated', async () => {
  const bench = testNode(node, { path: '/incidents/2314' });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([{ method: 'GET', query: {}, handleFormat: 'ids', absolute: false, repeatable: false }]);
});

test('[N10] output response hands on status and body', async () => {
  const bench = testNode(node, { path: '/const', absolute: true, output: 'response' });
  bench.platform.answer('GET', '/const', { status: 200, body: { server_version: {} } });
  await bench.send({});
  expect(bench.sent('out')).toEqual([{ status: 200, body: { server_version: {} } }]);
});

test.each([
  ['/incidents/2314', '/incidents/2314'],
  ['/const/', '/const/'],
  ['/', '/'],
  ['/types/ticket log/fields', '/types/ticket%20log/fields'],
  ['/functions/a%20b', '/functions/a%20b'],
  ['/functions/ü@x', '/functions/%C3%BC%40x'],
  ['/types/a.b/fields', '/types/a.b/fields'],
])('[N11] the parts of path %s are encoded', async (path, sent) => {
  const bench = testNode(node, { path });
  await bench.send({});
  expect(bench.platform.requests.map((request) => request.path)).toEqual([sent]);
});

test.each([
  ['incidents/1', 'it does not begin with "/"'],
  ['https://elsewhere.example.com/rest', 'it does not begin with "/"'],
  ['//elsewhere.example.com/rest', 'it has an empty part'],
  ['/incidents//comments', 'it has an empty part; is a value missing in it?'],
  ['/incidents/../users', 'it holds the part "." or ".."'],
  ['/incidents/%2e%2e/users', 'it holds the part "." or ".."'],
  ['/incidents/./1', 'it holds the part "." or ".."'],
  ['/incidents/1?want=1', 'it holds "?" or "#"'],
  ['/incidents/1#top', 'it holds "?" or "#"'],
  ['/incidents/1%2fcomments', 'a part holds a slash'],
  ['/incidents/1\\comments', 'a part holds a slash, a backslash'],
  ['/incidents/1\r\nX-A: b', 'a control character'],
  ['/incidents/50%', 'a "%" in it is not followed by two hexadecimal digits'],
])('[N11] path %j is refused', async (path, problem) => {
  const bench = testNode(node, { path });
  const { error } = await bench.send({});
  expect(error).toMatchObject({ code: 'SOAR_PATH_INVALID', message: expect.stringContaining(problem) });
  expect(bench.platform.requests).toEqual([]);
});

test('[N11] a GET with a body is refused', async () => {
  const { error } = await testNode(node, { path: '/incidents', body: {} }).send({});
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining('field "body"') });
});

test.each([
  [400, 'SOAR_BAD_REQUEST'],
  [403, 'SOAR_FORBIDDEN'],
  [404, 'SOAR_NOT_FOUND'],
  [500, 'SOAR_SERVER_ERROR'],
])('[N12] status %i of the platform keeps its code %s', async (status, code) => {
  const bench = testNode(node, { path: '/incidents/1' });
  bench.platform.answer('GET', '/incidents/1', { status, body: { message: 'no' } });
  expect(await bench.send({})).toMatchObject({ emitted: [], error: { code } });
});

test.each([
  [{}],
  [{ path: '' }],
  [{ path: '/a', method: 'HEAD' }],
  [{ path: '/a', query: { a: 1 } }],
  [{ path: '/a', handleFormat: 'objects' }],
  [{ path: '/a', url: '/b' }],
])('[N2] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('soar.rest: config');
});
