import type { RunDetail } from '@wirebook/api';
import type { StepView, TracedValue } from '@wirebook/trace';

/** What a step was given, as far as it came with the run; null when it has to be asked for. Step ids begin anew with each attempt. */
export function findStepInput({ view, inputs, cutInputs = [] }: RunDetail, { attempt, stepId }: StepView): TracedValue | null {
  const isLast = attempt === (view.attempts.at(-1)?.attempt ?? 1);
  const key = isLast ? String(stepId) : `${attempt}:${stepId}`;
  const value = Object.hasOwn(inputs, key) ? inputs[key] : undefined;
  return value === undefined ? null : { value, sizeBytes: null, truncated: cutInputs.includes(key) };
}
