export const conditionMethodField = {
  type: 'string',
  enum: ['equals', 'not_equals', 'contains', 'not_contains', 'in', 'not_in', 'lt', 'lte', 'gt', 'gte', 'has_a_value', 'not_has_a_value'],
  default: 'equals',
  title: 'Is',
} as const;

export const conditionValueField = {
  title: 'Value',
  description: 'Labels or ids for selects, a list for in and not_in; none for has_a_value.',
  'x-expression': true,
  'x-editor': 'value:field',
} as const;

/** Conditions on the fields of a type. */
export function conditionList<const Type extends string, const Words extends string>(type: Type, words: Words) {
  return {
    type: 'array',
    default: [],
    maxItems: 50,
    title: 'Conditions',
    description: `Without any, all ${words} are found.`,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['field', 'method'],
      properties: {
        field: { type: 'string', minLength: 1, title: 'Field', 'x-editor': `picker:field:${type}` },
        method: conditionMethodField,
        value: conditionValueField,
      },
    },
  } as const;
}

export const logicField = { type: 'string', enum: ['all', 'any'], default: 'all', title: 'Conditions that have to hold' } as const;

export const directionField = { type: 'string', enum: ['desc', 'asc'], default: 'desc', title: 'Direction' } as const;

export const limitField = {
  type: 'integer',
  minimum: 1,
  maximum: 10_000,
  default: 100,
  title: 'At most',
  description: 'They are read by pages of 100; the log says when there are more.',
  'x-expression': true,
} as const;
