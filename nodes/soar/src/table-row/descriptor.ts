import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarTableRow = {
  type: 'soar.table-row',
  version: 1,
  label: 'Data table row',
  summary: 'Adds a row to a data table of an incident, or changes the row that its key columns find.',
  category: 'platform',
  icon: 'table-plus',
  inputs: { in: { label: 'message with the values' } },
  outputs: { out: { label: 'the row as it is afterwards' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'table', 'cells'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      table: { type: 'string', minLength: 1, maxLength: 300, title: 'Table', description: 'API name.', 'x-editor': 'picker:table' },
      mode: {
        type: 'string',
        enum: ['add', 'update', 'upsert'],
        default: 'add',
        title: 'Mode',
        description: 'add: always a new row; update: the row that the key finds; upsert: that row, or a new one.',
      },
      key: {
        type: 'array',
        default: [],
        maxItems: 50,
        title: 'Key columns',
        description: 'API names of the columns that find the row; each has its value among the cells.',
        'x-editor': 'picker:columns',
        items: { type: 'string', minLength: 1 },
      },
      cells: {
        type: 'array',
        minItems: 1,
        maxItems: 200,
        title: 'Cells',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['column', 'value'],
          properties: {
            column: { type: 'string', minLength: 1, title: 'Column', description: 'API name.', 'x-editor': 'picker:column' },
            value: {
              title: 'Value',
              description:
                'Labels or ids for selects, whole numbers, dates as milliseconds or 2026-03-01T12:00:00Z; null empties the cell.',
              'x-expression': true,
              'x-editor': 'value:field',
            },
          },
        },
      },
      whenInDoubt: {
        type: 'string',
        enum: ['fail', 'check'],
        default: 'fail',
        title: 'When in doubt',
        description:
          'After a crash in this step, with mode add. fail: an error; check: looks for the row, and adds it when it is not there.',
      },
    },
  },
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  sideEffectByConfig: { field: 'mode', values: { update: 'idempotent-write', upsert: 'idempotent-write' } },
  permissions: ['read_data', 'edit_incidents.fields'],
} as const satisfies NodeDescriptor;
