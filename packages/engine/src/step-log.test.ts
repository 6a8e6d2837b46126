import { createFunctionTrigger } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import type { EventBody } from './run-trace.ts';
import { createStepLog } from './step-log.ts';

test.each([
  { config: true, told: undefined, printed: true },
  { config: false, told: undefined, printed: false },
  { config: true, told: false, printed: false },
  { config: false, told: true, printed: true },
])('[F14] a node prints as its config says unless it is told otherwise: %j', ({ config, told, printed }) => {
  const events: EventBody[] = [];
  const lines: unknown[] = [];
  const log = createStepLog({
    trace: { add: (event) => events.push(event), finish: () => undefined, flush: () => undefined, hasNews: false },
    stepId: 4,
    message: { id: 1 },
    trigger: createFunctionTrigger({}),
    findPrintSwitch: () => told,
    onLine: (line) => lines.push(line),
    onCall: () => undefined,
  });
  log.print('here', 'value', config);
  expect(events).toEqual(
    printed ? [{ type: 'debug.printed', stepId: 4, label: 'here', output: { value: 'value', sizeBytes: null, truncated: false } }] : [],
  );
  expect(lines).toEqual(printed ? [{ level: 'print', label: 'here', value: 'value' }] : []);
});

test('[F14] a line of the log is heard at once', () => {
  const lines: unknown[] = [];
  const log = createStepLog({
    trace: { add: () => undefined, finish: () => undefined, flush: () => undefined, hasNews: false },
    stepId: 4,
    message: null,
    trigger: createFunctionTrigger({}),
    findPrintSwitch: () => undefined,
    onLine: (line) => lines.push(line),
    onCall: () => undefined,
  });
  log.warn('careful');
  expect(lines).toEqual([{ level: 'warn', label: '', value: 'careful' }]);
});
