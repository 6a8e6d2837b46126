import { checkConfig } from '@wirebook/flow';
import type { ConfigField } from '@wirebook/node-kit';
import { showDurationText } from './duration-text.ts';

/** Why a value is none of this field, as a sentence; nothing stands for the default. */
export function findNumberFault(field: ConfigField, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const [problem] = checkConfig({ type: 'object', properties: { value: field } }, { value });
  if (problem === undefined) return undefined;
  if (field['x-editor'] === 'duration') return describeDurationFault(field, value);
  const text = problem.message.replace(/^field "value" /, '');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** In the unit in which it was typed. */
function describeDurationFault({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: ConfigField, value: unknown): string {
  if (typeof value !== 'number') return 'Write a time such as 500 ms, 10 s or 5 min.';
  return value < minimum ? `Must be at least ${showDurationText(minimum)}.` : `Must be at most ${showDurationText(maximum)}.`;
}
