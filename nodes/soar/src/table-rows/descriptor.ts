import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarTableRows = {
  type: 'soar.table-rows',
  version: 1,
  label: 'Write table rows',
  summary: 'Writes many rows of a data table, and tells of each what became of it.',
  category: 'platform',
  icon: 'table-options',
  inputs: { in: { label: 'message with the rows' } },
  outputs: {
    out: { label: 'all rows are written: what became of each' },
    partial: { label: 'some are written and some are not: what became of each' },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'table', 'rows'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      table: { type: 'string', minLength: 1, maxLength: 300, title: 'Table', description: 'API name.', 'x-editor': 'picker:table' },
      rows: {
        type: 'array',
        maxItems: 1000,
        title: 'Rows',
        description: 'A list of objects: values by the API names of columns.',
        items: {},
        'x-expression': true,
        'x-editor': 'json',
      },
      mode: {
        type: 'string',
        enum: ['add', 'update', 'upsert'],
        default: 'upsert',
        title: 'Mode',
        description: 'add: always new rows; update: the rows that the key finds; upsert: those, or new ones.',
      },
      key: {
        type: 'array',
        default: [],
        maxItems: 50,
        title: 'Key columns',
        description: 'API names of the columns that find a row; each row has its values of them.',
        'x-editor': 'picker:columns',
        items: { type: 'string', minLength: 1 },
      },
    },
  },
  sideEffect: 'write',
  sideEffectByConfig: { field: 'mode', values: { update: 'idempotent-write', upsert: 'idempotent-write' } },
  permissions: ['read_data', 'edit_incidents.fields'],
} as const satisfies NodeDescriptor;
