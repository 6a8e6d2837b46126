import type { JsonValue } from '@wirebook/errors';
import type { CallAttempt, StepLog, Trigger } from '@wirebook/node-kit';
import type { StepLine } from './run-services.ts';
import { type EventBody, type RunTrace, toTraced } from './run-trace.ts';

export interface StepLogOptions {
  readonly trace: RunTrace;
  readonly stepId: number;
  readonly message: JsonValue;
  readonly trigger: Trigger;
  /** Whether values are printed, whatever the config says; undefined leaves it to the config. */
  readonly findPrintSwitch: () => boolean | undefined;
  /** Hears each line at once; the trace leaves later. */
  readonly onLine: ((line: Pick<StepLine, 'level' | 'label' | 'value'>) => void) | undefined;
  readonly onCall: (attempt: CallAttempt) => void;
}

/** Writes the lines of a step into the trace of its run. */
export function createStepLog({ trace, stepId, message, trigger, findPrintSwitch, onLine, onCall }: StepLogOptions): StepLog {
  const write = (level: 'debug' | 'info' | 'warn' | 'error') => (text: string) => {
    trace.add({ type: 'step.logged', stepId, level, text });
    onLine?.({ level, label: '', value: text });
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    print: (label, value, isEnabled = true) => {
      if (!(findPrintSwitch() ?? isEnabled)) return;
      const output = toTraced(value, { input: message, inputs: trigger.inputs, body: trigger.body });
      trace.add({ type: 'debug.printed', stepId, label, output });
      onLine?.({ level: 'print', label, value });
    },
    attempt: onCall,
  };
}

export function toCallEvent(stepId: number, attempt: CallAttempt): EventBody {
  const { method, url, durationMs, status, code, waitMs } = attempt;
  const event = { type: 'call.attempted', stepId, method, url, attempt: attempt.attempt, durationMs, status, code } as const;
  return waitMs === undefined ? event : { ...event, waitMs };
}
