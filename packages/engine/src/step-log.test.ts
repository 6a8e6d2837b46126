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
  const log = createStepLog({
    trace: { add: (event) => events.push(event), finish: () => undefined, flush: () => undefined, hasNews: false },
    stepId: 4,
    message: { id: 1 },
    trigger: createFunctionTrigger({}),
    findPrintSwitch: () => told,
  });
  log.print('here', 'value', config);
  expect(events).toEqual(
    printed ? [{ type: 'debug.printed', stepId: 4, label: 'here', output: { value: 'value', sizeBytes: null, truncated: false } }] : [],
  );
});
