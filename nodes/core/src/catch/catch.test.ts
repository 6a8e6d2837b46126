import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreCatch } from './descriptor.ts';
import { executeCatch } from './execute.ts';

const node = defineNode(coreCatch, executeCatch);

test('[N10] a failure becomes a message with error, hint, node and the message that failed', async () => {
  const bench = testNode(node);
  await bench.send(
    { id: 7 },
    { failure: { error: { code: 'SOAR_NOT_FOUND', message: 'incident 7 is gone' }, nodeId: 'n3', nodeName: 'Read incident' } },
  );
  expect(bench.sent('out')).toEqual([
    {
      error: {
        code: 'SOAR_NOT_FOUND',
        message: 'incident 7 is gone',
        blame: 'author',
        hint: 'Check that the object still exists and that the account may see it.',
      },
      node: { id: 'n3', name: 'Read incident' },
      message: { id: 7 },
    },
  ]);
});

test('[N10] facts beside the error are handed on', async () => {
  const bench = testNode(node, { nodes: ['Call'] });
  const error = { code: 'HTTP_STATUS', message: 'answered with 503', details: { status: 503 } } as const;
  await bench.send(null, { failure: { error, nodeId: 'n1', nodeName: 'Call' } });
  expect(bench.sent('out')).toMatchObject([{ error: { details: { status: 503 } }, message: null }]);
});

test('[N11] without a failure it is an error of the engine', async () => {
  expect((await testNode(node).send({})).error?.code).toBe('ENGINE_INVARIANT_BROKEN');
});

test.each([
  [{ nodes: 'Call' }],
  [{ nodes: [''] }],
  [{ nodes: [3] }],
  [{ scope: [] }],
  [{ scope: 'some' }],
  [{ blame: ['them'] }],
  [{ codes: [''] }],
])('[N4] a config that does not fit is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('core.catch: config');
});
