/** Input types of fields and the condition methods each takes. */
const valueMethods = ['changed', 'changed_to', 'not_changed_to', 'has_a_value', 'not_has_a_value'] as const;
const textMethods = ['equals', 'not_equals', 'contains', 'not_contains', ...valueMethods] as const;
const selectMethods = ['equals', 'not_equals', 'in', 'not_in', ...valueMethods] as const;
const multiselectMethods = [
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'in',
  'not_in',
  'changed',
  'value_added',
  'has_a_value',
  'not_has_a_value',
] as const;
const dateMethods = ['due_within', 'overdue_by', 'changed', 'has_a_value', 'not_has_a_value'] as const;

export const methodsByInputType = {
  boolean: ['equals', 'not_equals', ...valueMethods],
  text: textMethods,
  textarea: textMethods,
  number: ['equals', 'not_equals', 'lt', 'lte', 'gt', 'gte', ...valueMethods],
  select: selectMethods,
  select_owner: selectMethods,
  select_user: selectMethods,
  multiselect: multiselectMethods,
  multiselect_members: multiselectMethods,
  datepicker: dateMethods,
  datetimepicker: dateMethods,
  none: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type InputType = keyof typeof methodsByInputType;

/** Input types a user may choose for a field of their own. */
export const choosableInputTypes: readonly InputType[] = [
  'boolean',
  'datepicker',
  'datetimepicker',
  'multiselect',
  'number',
  'select',
  'text',
  'textarea',
];
