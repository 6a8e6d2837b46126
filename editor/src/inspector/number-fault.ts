import { checkConfig } from '@wirebook/flow';
import type { ConfigField } from '@wirebook/node-kit';

/** Why a value is none of this field, as a sentence; nothing stands for the default. */
export function findNumberFault(field: ConfigField, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const [problem] = checkConfig({ type: 'object', properties: { value: field } }, { value });
  if (problem === undefined) return undefined;
  const text = problem.message.replace(/^field "value" /, '');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
