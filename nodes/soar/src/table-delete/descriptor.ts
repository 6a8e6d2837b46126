import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarTableDelete = {
  type: 'soar.table-delete',
  version: 1,
  label: 'Delete table row',
  summary: 'Deletes a row of a data table.',
  category: 'platform',
  icon: 'table-minus',
  inputs: { in: { label: 'message to take the row from' } },
  outputs: { out: { label: 'the same message' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'table', 'rowId'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      table: { type: 'string', minLength: 1, maxLength: 300, title: 'Table', description: 'API name.', 'x-editor': 'picker:table' },
      rowId: { type: 'integer', minimum: 1, title: 'Row', description: 'Its id.', 'x-expression': true },
      whenGone: {
        type: 'string',
        enum: ['go-on', 'fail'],
        default: 'go-on',
        title: 'When it is not there',
        description: 'go-on: as if it had been deleted now. fail: an error.',
      },
    },
  },
  sideEffect: 'idempotent-write',
  permissions: ['read_data', 'edit_incidents.fields'],
} as const satisfies NodeDescriptor;
