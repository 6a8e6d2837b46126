import { defineNode, type NodeDescriptor } from '@wirebook/node-kit';
import { expect, test } from 'vitest';
import { testNode } from './test-node.ts';

const repeat = {
  type: 'test.repeat',
  version: 1,
  label: 'Repeat',
  summary: 'Sends the message several times.',
  category: 'logic',
  icon: 'repeat',
  inputs: { in: { label: 'message' } },
  outputs: { out: { label: 'the same message' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: { times: { type: 'integer', minimum: 0, default: 2 }, port: { type: 'string', default: 'out' } },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;

const repeatNode = defineNode(repeat, ({ config, message, emit, services }) => {
  for (let count = 0; count < config.times; count += 1) Reflect.apply(emit, undefined, [config.port, message]);
  if (message === 'fail') throw new Error('asked to fail');
  if (message === 'twice') {
    services.reply.complete({ kind: 'acknowledge', text: 'a' });
    services.reply.complete({ kind: 'error', text: 'b' });
  }
});

test('[K3] defaults are filled in and a config that does not fit is refused by field', async () => {
  const node = testNode(repeatNode);
  await node.send(7);
  expect(node.sent('out')).toEqual([7, 7]);
  expect(() => testNode(repeatNode, { times: 'often', speed: 1 })).toThrow(
    'test.repeat: config must NOT have additional properties; config/times must be integer',
  );
});

test('[K4] a step that fails emits nothing and hands back a coded error', async () => {
  const node = testNode(repeatNode);
  const outcome = await node.send('fail');
  expect(outcome).toMatchObject({ emitted: [], error: { code: 'NODE_UNEXPECTED', message: 'asked to fail' } });
  expect(node.sent('out')).toEqual([]);
});

test('[K5] a node that changes its message fails', async () => {
  const changing = defineNode(repeat, ({ message }) => {
    Reflect.set(Object(message), 'added', true);
    Object.assign(Object(message), { added: true });
  });
  expect((await testNode(changing).send({ id: 1 })).error?.message).toContain('not extensible');
});

test('[K6] a port that the descriptor does not name is refused', async () => {
  const outcome = await testNode(repeatNode, { port: 'oot' }).send(1);
  expect(outcome.error?.message).toBe('test.repeat has no port "oot"; it has: out');
});

test('[K12] the check of a node gets config, mark and time, and a node without one says so', async () => {
  const checked = defineNode({ ...repeat, sideEffect: 'write', whenInDoubt: { byConfig: 'port' } }, () => undefined, {
    mark: async ({ config }) => config.times,
    find: async ({ message }, { intendedAtMs, mark }) => ({ written: 'unknown', reason: JSON.stringify([message, intendedAtMs, mark]) }),
  });
  const bench = testNode(checked);
  expect(await bench.mark()).toBe(2);
  expect(await bench.check({ intendedAtMs: 5, mark: 2 }, 'm')).toEqual({ written: 'unknown', reason: '["m",5,2]' });
  await expect(testNode(repeatNode).check({ intendedAtMs: 5, mark: 2 })).rejects.toThrow('has no check');
});

test('[K7] a second completing reply is refused', async () => {
  const node = testNode(repeatNode);
  expect((await node.send('twice')).error?.code).toBe('ENGINE_REPLY_ALREADY_COMPLETED');
  expect(node.replies.completion).toEqual({ kind: 'acknowledge', text: 'a' });
});

test('[K7] no reply is possible to a message without reply-to', async () => {
  const node = testNode(repeatNode, {}, { replies: { possible: 'never' } });
  expect((await node.send('twice')).error?.code).toBe('ENGINE_REPLY_NOT_POSSIBLE');
});
