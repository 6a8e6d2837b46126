import { WirebookError } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createActionTrigger, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { scriptJavascript } from './descriptor.ts';
import { executeJavascript } from './execute.ts';

const node = defineNode(scriptJavascript, executeJavascript);
const source = 'return { total: message.count + 1 };';

test('[N1] the script sees message, $trigger and $inputs, with its time limit', async () => {
  const bench = testNode(node, { source, timeoutMs: 250 });
  bench.scripts.answer(() => ({ value: 1, logs: [] }));
  const trigger = createActionTrigger({ properties: { ticket_priority: 'High' }, incident: { id: 2314 } });
  const controller = new AbortController();
  await bench.send({ count: 1 }, { trigger, signal: controller.signal });
  expect(bench.scripts.calls).toEqual([
    {
      source,
      scope: { message: { count: 1 }, $trigger: trigger, $inputs: { ticket_priority: 'High' } },
      timeoutMs: 250,
      signal: controller.signal,
    },
  ]);
});

test('[N1] a script has one second when nothing else is said', async () => {
  const bench = testNode(node, { source });
  bench.scripts.answer((call) => ({ value: call.timeoutMs, logs: [] }));
  await bench.send({});
  expect(bench.sent('out')).toEqual([1000]);
});

test.each([[{ total: 2 }], [null], [0], [''], [[]]])('[N2] what the script returned goes on: %j', async (value) => {
  const bench = testNode(node, { source });
  bench.scripts.answer(() => ({ value, logs: [] }));
  await bench.send({ count: 1 });
  expect(bench.sent('out')).toEqual([value]);
});

test('[N3] a script that returned nothing ends the path, and the log says so', async () => {
  const bench = testNode(node, { source: 'console.log(1)' });
  bench.scripts.answer(() => ({ value: undefined, logs: [] }));
  expect(await bench.send({})).toEqual({ emitted: [], error: undefined });
  expect(bench.log.lines).toEqual([{ level: 'info', text: 'the script returned nothing, so no message goes on' }]);
});

test('[N4] lines of the script are in the log of the step, in their order and level', async () => {
  const bench = testNode(node, { source });
  const logs = [
    { level: 'warn', text: 'careful' },
    { level: 'debug', text: 'detail' },
    { level: 'error', text: 'bad' },
    { level: 'info', text: 'fine' },
  ] as const;
  bench.scripts.answer(() => ({ value: 1, logs }));
  await bench.send({});
  expect(bench.log.lines).toEqual(logs);
});

test.each(['SCRIPT_THREW', 'SCRIPT_TIMEOUT', 'SCRIPT_MEMORY', 'SCRIPT_RESULT_INVALID'] as const)(
  '[N5] %s of the script ends the step with that code',
  async (code) => {
    const bench = testNode(node, { source });
    bench.scripts.answer(() => {
      throw new WirebookError(code, 'line 1: message.count is not a number');
    });
    expect(await bench.send({})).toMatchObject({ emitted: [], error: { code, message: 'line 1: message.count is not a number' } });
  },
);

test.each([[{}], [{ source: '' }], [{ source: 1 }], [{ source, timeoutMs: 60_001 }], [{ source, timeoutMs: 0 }], [{ source, memory: 1 }]])(
  '[N6] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('script.javascript: config');
  },
);
