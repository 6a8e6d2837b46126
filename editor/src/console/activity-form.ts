import type { ConsoleAction, PlatformField } from '@wirebook/api';
import type { JsonObject, JsonValue } from '@wirebook/errors';
import { readZonedTime } from './zoned-time.ts';

/** What stands in the inputs of a form, by API name; '' and [] are empty. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

function listFields({ form }: ConsoleAction): readonly PlatformField[] {
  return form.flatMap((row) => (row.kind === 'field' ? [row.field] : []));
}

function isMultiple({ inputType }: PlatformField): boolean {
  return inputType.startsWith('multiselect');
}

export function makeEmptyValues(action: ConsoleAction): FormValues {
  return Object.fromEntries(listFields(action).map((field) => [field.name, isMultiple(field) ? [] : '']));
}

/** What is wrong with the values, by API name; empty when the action can be run. */
export function findFormProblems(action: ConsoleAction, values: FormValues): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listFields(action).flatMap((field) => {
      const problem = findProblem(field, values[field.name] ?? '');
      return problem === null ? [] : [[field.name, problem]];
    }),
  );
}

function findProblem(field: PlatformField, value: string | readonly string[]): string | null {
  if (value.length === 0) return field.required === 'always' ? `${field.label} is required.` : null;
  if (field.inputType === 'number' && !Number.isSafeInteger(Number(value))) return `${field.label} takes a whole number.`;
  return null;
}

/** The values as the platform takes them; what is empty is left out. */
export function toProperties(action: ConsoleAction, values: FormValues, timeZone: string): JsonObject {
  return Object.fromEntries(
    listFields(action).flatMap((field) => {
      const value = values[field.name] ?? '';
      return value.length === 0 ? [] : [[field.name, toFieldValue(field, value, timeZone)]];
    }),
  );
}

function toFieldValue(field: PlatformField, value: string | readonly string[], timeZone: string): JsonValue {
  if (typeof value !== 'string') return value.map((each) => toOptionValue(field, each));
  switch (field.inputType) {
    case 'number':
      return Number(value);
    case 'boolean':
      return value === 'true';
    // The platform keeps a day as its midnight in UTC.
    case 'datepicker':
      return readZonedTime(`${value}T00:00`, 'UTC');
    case 'datetimepicker':
      return readZonedTime(value, timeZone);
    case 'select':
    case 'select_owner':
    case 'select_user':
      return toOptionValue(field, value);
    default:
      return value;
  }
}

/** Inputs hold texts; the values of options may be numbers. */
function toOptionValue(field: PlatformField, text: string): JsonValue {
  return field.values.find(({ value }) => String(value) === text)?.value ?? text;
}
