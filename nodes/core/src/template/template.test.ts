import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreTemplate } from './descriptor.ts';
import { executeTemplate } from './execute.ts';

const node = defineNode(coreTemplate, executeTemplate);

async function send(config: Parameters<typeof testNode>[1]) {
  const { emitted, error } = await testNode(node, config).send({ id: 7, mail: { to: 'jo' } });
  return error ?? emitted;
}

test('[N21] the text is put into its field, and the rest of the message stays', async () => {
  expect(await send({ text: 'Hello' })).toEqual([{ port: 'out', message: { id: 7, mail: { to: 'jo' }, text: 'Hello' } }]);
  expect(await send({ text: 'Hello', path: 'mail.body' })).toEqual([
    { port: 'out', message: { id: 7, mail: { to: 'jo', body: 'Hello' } } },
  ]);
});

test('[N21] with an empty path the text is the whole message', async () => {
  expect(await send({ text: 'Hello', path: '' })).toEqual([{ port: 'out', message: 'Hello' }]);
});

test('[N22] a text that is to be JSON is read as such, or refused with what is wrong and what to do', async () => {
  expect(await send({ text: '{"a": [1, null]}', path: 'made', format: 'json' })).toEqual([
    { port: 'out', message: { id: 7, mail: { to: 'jo' }, made: { a: [1, null] } } },
  ]);
  expect(await send({ text: '{"a": x}', format: 'json' })).toMatchObject({
    code: 'NODE_INPUT_INVALID',
    message: expect.stringMatching(/^field "text": the filled text is no JSON \(.*\); put values in as/),
  });
});

test('[N21] a path that leads through something that is no object is refused, so that nothing is lost', async () => {
  expect(await send({ text: 'x', path: 'id.more' })).toMatchObject({
    code: 'NODE_INPUT_INVALID',
    message: expect.stringContaining('"id"'),
  });
});
