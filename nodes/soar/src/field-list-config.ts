/** Config items that set fields by their names. */
export function fieldItems<const Type extends string>(type: Type) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['field', 'value'],
    properties: {
      field: {
        type: 'string',
        minLength: 1,
        title: 'Field',
        description: 'API name; that of a custom field may have "properties." before it.',
        'x-editor': `picker:field:${type}`,
      },
      value: {
        title: 'Value',
        description: 'Labels or ids for selects, whole numbers, dates as milliseconds or 2026-03-01T12:00:00Z; null empties the field.',
        'x-expression': true,
        'x-editor': 'value:field',
      },
    },
  } as const;
}

/** What becomes of a write after a crash in its step. */
export function inDoubtField<const What extends string>(what: What) {
  return {
    type: 'string',
    enum: ['fail', 'check'],
    default: 'fail',
    title: 'When in doubt',
    description: `After a crash in this step. fail: an error; check: looks for the ${what}, and writes it when it is not there.`,
  } as const;
}

export const handlesField = { type: 'string', enum: ['ids', 'names'], default: 'names', title: 'Selects and people as' } as const;
