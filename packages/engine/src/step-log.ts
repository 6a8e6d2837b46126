import type { JsonValue } from '@wirebook/errors';
import type { CallAttempt, StepLog, Trigger } from '@wirebook/node-kit';
import { type EventBody, type RunTrace, toTraced } from './run-trace.ts';

export interface StepLogOptions {
  readonly trace: RunTrace;
  readonly stepId: number;
  readonly message: JsonValue;
  readonly trigger: Trigger;
  /** Whether values are printed, whatever the config says; undefined leaves it to the config. */
  readonly findPrintSwitch: () => boolean | undefined;
}

/** Writes the lines of a step into the trace of its run. */
export function createStepLog({ trace, stepId, message, trigger, findPrintSwitch }: StepLogOptions): StepLog {
  return {
    debug: (text) => trace.add({ type: 'step.logged', stepId, level: 'debug', text }),
    info: (text) => trace.add({ type: 'step.logged', stepId, level: 'info', text }),
    warn: (text) => trace.add({ type: 'step.logged', stepId, level: 'warn', text }),
    error: (text) => trace.add({ type: 'step.logged', stepId, level: 'error', text }),
    print: (label, value, isEnabled = true) => {
      if (!(findPrintSwitch() ?? isEnabled)) return;
      const output = toTraced(value, { input: message, inputs: trigger.inputs, body: trigger.body });
      trace.add({ type: 'debug.printed', stepId, label, output });
    },
    attempt: (attempt) => trace.add(toCallEvent(stepId, attempt)),
  };
}

export function toCallEvent(stepId: number, attempt: CallAttempt): EventBody {
  const { method, url, durationMs, status, code } = attempt;
  return { type: 'call.attempted', stepId, method, url, attempt: attempt.attempt, durationMs, status, code };
}
