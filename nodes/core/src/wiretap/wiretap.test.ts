import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreWiretap } from './descriptor.ts';
import { executeWiretap } from './execute.ts';

const node = defineNode(coreWiretap, executeWiretap);

test('[N53] the message passes unchanged, and a copy or another value takes the second way', async () => {
  expect((await testNode(node, {}).send({ id: 1 })).emitted).toEqual([
    { port: 'out', message: { id: 1 } },
    { port: 'tap', message: { id: 1 } },
  ]);
  expect((await testNode(node, { value: 'x' }).send({ id: 1 })).emitted.at(-1)).toEqual({ port: 'tap', message: 'x' });
});

test('[N2] a config that does not fit is refused', () => {
  expect(() => testNode(node, { to: 'x' })).toThrow('core.wiretap: config');
});
