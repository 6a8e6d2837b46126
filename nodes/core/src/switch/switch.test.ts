import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreSwitch } from './descriptor.ts';
import { executeSwitch } from './execute.ts';

const node = defineNode(coreSwitch, executeSwitch);
const message = { severity: 'High' };

test('[N1] in mode first the message leaves once, through the first case that holds', async () => {
  const outcome = await testNode(node, {
    cases: [
      { port: 'low', when: false },
      { port: 'high', when: true },
      { port: 'any', when: true },
    ],
  }).send(message);
  expect(outcome).toEqual({ emitted: [{ port: 'high', message }], error: undefined });
});

test('[N1] in mode all the message leaves through each case that holds, once a port', async () => {
  const outcome = await testNode(node, {
    mode: 'all',
    cases: [
      { port: 'high', when: true },
      { port: 'low', when: false },
      { port: 'any', when: true },
      { port: 'high', when: true },
    ],
  }).send(message);
  expect(outcome.emitted).toEqual([
    { port: 'high', message },
    { port: 'any', message },
  ]);
});

test('[N2] when no case holds the message leaves through otherwise', async () => {
  const bench = testNode(node, { cases: [{ port: 'high', when: false }] });
  await bench.send(message);
  expect(bench.sent('otherwise')).toEqual([message]);
  expect(bench.sent('high')).toEqual([]);
});

test.each([
  ['yes', 'the text "yes"'],
  [1, 'the number 1'],
  [null, 'null'],
  [[true], 'a list of 1'],
])('[N3] a case that gives %j is an error that names the case', async (when, words) => {
  const outcome = await testNode(node, {
    cases: [
      { port: 'low', when: false },
      { port: 'high', when },
    ],
  }).send(message);
  expect(outcome.emitted).toEqual([]);
  expect(outcome.error).toMatchObject({
    code: 'NODE_INPUT_INVALID',
    message: `case "high" (cases.1.when) gave ${words}; it must give true or false, for example with a comparison`,
  });
});

test.each(['error', 'otherwise'])('[N13] a case cannot be called %s', async (port) => {
  const outcome = await testNode(node, { cases: [{ port, when: true }] }).send(message);
  expect(outcome).toMatchObject({
    emitted: [],
    error: { code: 'NODE_INPUT_INVALID', message: expect.stringContaining('field "cases.0.port"') },
  });
});

test('[N3] a case after the one that held is not looked at in mode first', async () => {
  const outcome = await testNode(node, {
    cases: [
      { port: 'a', when: true },
      { port: 'b', when: 'later' },
    ],
  }).send(message);
  expect(outcome.error).toBeUndefined();
});

test.each([
  [{ cases: [] }],
  [{}],
  [{ cases: [{ port: 'two words', when: true }] }],
  [{ cases: [{ port: 'a' }] }],
  [{ mode: 'some', cases: [{ port: 'a', when: true }] }],
])('[N4] a config without usable cases is refused: %j', (config) => {
  expect(() => testNode(node, config)).toThrow('core.switch: config');
});
