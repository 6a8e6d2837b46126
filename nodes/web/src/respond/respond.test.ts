import { defineNode } from '@wirebook/node-kit';
import { parseConfig, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { webRespond } from './descriptor.ts';
import { executeRespond } from './execute.ts';

const node = defineNode(webRespond, executeRespond);

test('[N41] the message is answered as JSON with 200 unless the config says otherwise', async () => {
  const bench = testNode(node);
  await bench.send({ id: 7 });
  expect(bench.replies.responses).toEqual([
    { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: '{"id":7}' },
  ]);
  expect(bench.sent('out')).toEqual([{ id: 7 }]);
});

test('[N41] a text is answered as it is, with the status, type and headers of the config', async () => {
  const bench = testNode(node, { body: 'done', status: 201, headers: { Location: '/incidents/7' } });
  await bench.send({});
  expect(bench.replies.responses).toEqual([
    { status: 201, headers: { 'content-type': 'text/plain; charset=utf-8', location: '/incidents/7' }, body: 'done' },
  ]);
  const typed = testNode(node, { body: '<b/>', contentType: 'application/xml' });
  await typed.send({});
  expect(typed.replies.responses[0]?.headers).toEqual({ 'content-type': 'application/xml' });
});

test('[N42] where nobody waits the step warns and goes on', async () => {
  const bench = testNode(node);
  bench.replies.isAwaited = false;
  const { error } = await bench.send({ id: 7 });
  expect(error).toBeUndefined();
  expect(bench.log.lines).toMatchObject([{ level: 'warn', text: expect.stringContaining('nobody waits') }]);
  expect(bench.sent('out')).toEqual([{ id: 7 }]);
});

test.each([
  [{ headers: { 'a b': 'x' } }, 'no name of a header'],
  [{ headers: { 'Content-Length': '3' } }, 'belongs to the connection'],
  [{ headers: { 'X-A': 'a\r\nSet-Cookie: b' } }, 'line break'],
  [{ contentType: 'text/plain\n' + 'x' }, 'line break'],
])('[N43] what would spoil the answer is refused: %j', async (config, reason) => {
  const bench = testNode(node, config);
  const { error } = await bench.send({});
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining(reason) });
  expect(bench.replies.responses).toEqual([]);
});

test.each([[{ status: 99 }], [{ status: '200' }], [{ headers: ['a'] }]])('[N41] a config that does not fit is refused: %j', (config) => {
  expect(() => parseConfig(webRespond, config)).toThrow('web.respond: config');
});
