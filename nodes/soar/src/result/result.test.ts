import { defineNode } from '@wirebook/node-kit';
import { createFakeClock, createFunctionTrigger, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarResult } from './descriptor.ts';
import { executeResult } from './execute.ts';

const node = defineNode(soarResult, executeResult);
const inputs = { model_id: 'x1' };
const trigger = createFunctionTrigger(inputs, { receivedAtMs: Date.UTC(2026, 2, 1, 12) });

/** Completes 42 ms after the message came. */
async function complete(
  config: Parameters<typeof testNode>[1],
  message: Parameters<ReturnType<typeof testNode>['send']>[0] = { name: 'Model X' },
) {
  const bench = testNode(node, config, { clock: createFakeClock(Date.UTC(2026, 2, 1, 12) + 42) });
  const outcome = await bench.send(message, { trigger });
  return { ...outcome, completion: bench.replies.completion, lines: bench.log.lines };
}

const metrics = {
  version: '1.0',
  package: 'Test flow',
  package_version: '1.0.0',
  host: 'wirebook',
  execution_time_ms: 42,
  timestamp: expect.stringMatching(/^2026-03-0[12] \d\d:\d\d:00$/),
};

test('[N5] the message is the result, in an envelope 2.0 with the inputs, and it passes on', async () => {
  const { completion, emitted } = await complete({});
  expect(completion).toEqual({
    kind: 'result',
    text: null,
    results: { version: 2, success: true, reason: null, content: { name: 'Model X' }, raw: null, inputs, metrics },
  });
  expect(emitted).toEqual([{ port: 'out', message: { name: 'Model X' } }]);
});

test.each([[{ found: false }], [null], ['text'], [[1]], [0]])('[N5] a result of %j is sent instead of the message', async (results) => {
  expect((await complete({ results })).completion).toMatchObject({ results: { content: results } });
});

test('[N6] envelope 1.0 has the form of older packages', async () => {
  expect((await complete({ envelope: '1.0', success: false, reason: 'not in the register' })).completion).toMatchObject({
    results: { version: '1.0', success: false, reason: 'not in the register', raw: '' },
  });
});

test('[N6] without an envelope the bare result is sent', async () => {
  expect(await complete({ envelope: 'none' })).toMatchObject({ completion: { kind: 'result', results: { name: 'Model X' } }, lines: [] });
});

test('[N6] a bare result that is no object is sent with a warning', async () => {
  const { completion, lines } = await complete({ envelope: 'none' }, [1, 2]);
  expect(completion).toMatchObject({ results: [1, 2] });
  expect(lines).toEqual([{ level: 'warn', text: expect.stringContaining('the result is a list of 2, no object') }]);
});

test.each([{ success: false }, { success: false, reason: ' ' }])('[N7] success false needs a reason: %j', async (config) => {
  const { error, completion, emitted } = await complete(config);
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining('field "reason": success is false') });
  expect(completion).toBeUndefined();
  expect(emitted).toEqual([]);
});

test('[N7] success false cannot be told without an envelope', async () => {
  const { error } = await complete({ envelope: 'none', success: false, reason: 'not there' });
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining('field "success"') });
});

test('[N4] a second completion is refused', async () => {
  const bench = testNode(node);
  await bench.send(1, { trigger });
  expect((await bench.send(2, { trigger })).error?.code).toBe('ENGINE_REPLY_ALREADY_COMPLETED');
});

test.each([[{ envelope: '3.0' }], [{ envelope: 2 }], [{ success: 'yes' }], [{ reason: 1 }], [{ result: {} }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.result: config');
  },
);
