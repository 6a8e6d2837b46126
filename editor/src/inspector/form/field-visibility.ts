import type { ConfigField, ShownWhen } from '@wirebook/node-kit';
import { formOf } from '../value-form.ts';

/** Whether a field matters beside the other values of its object. */
export function isShown(
  field: ConfigField | undefined,
  siblings: ConfigField['properties'],
  values: Readonly<Record<string, unknown>>,
): boolean {
  const condition = field?.['x-shown-when'];
  if (condition === undefined) return true;
  return isMet(condition, siblings?.[condition.field], Object.hasOwn(values, condition.field) ? values[condition.field] : undefined);
}

function isMet({ is, isNot }: ShownWhen, field: ConfigField | undefined, value: unknown): boolean {
  const given = value ?? field?.default;
  // Nobody knows before the run what an expression gives.
  if (formOf(given) !== 'literal') return true;
  return (is === undefined || is.some((each) => each === given)) && (isNot === undefined || isNot.every((each) => each !== given));
}
