import { defineNode } from '@wirebook/node-kit';
import { parseConfig, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { webForm } from './descriptor.ts';
import { executeForm } from './execute.ts';

const node = defineNode(webForm, executeForm);

test('[N44] the values are the message', async () => {
  const bench = testNode(node, { path: 'report', title: 'Report' });
  await bench.send({ summary: 'A lost badge' });
  expect(bench.sent('out')).toEqual([{ summary: 'A lost badge' }]);
});

test('[N44] one field is there from the start, and anybody may fill it in', () => {
  expect(parseConfig(webForm, { path: 'report', title: 'Report' })).toMatchObject({
    authentication: 'none',
    submitLabel: 'Send',
    fields: { required: ['summary'], properties: { summary: { type: 'string' } } },
  });
});

test.each([[{ path: 'report' }], [{ title: 'Report' }], [{ path: '../a', title: 'x' }], [{ path: 'a', title: 'x', fields: [] }]])(
  '[N44] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('web.form: config');
  },
);
