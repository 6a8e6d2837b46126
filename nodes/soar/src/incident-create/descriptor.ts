import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarIncidentCreate = {
  type: 'soar.incident-create',
  version: 1,
  label: 'Create incident',
  summary: 'Creates an incident, after a look at which fields the organisation requires.',
  category: 'platform',
  icon: 'alert-triangle',
  inputs: { in: { label: 'message to take the values from' } },
  outputs: { out: { label: 'the incident as the platform keeps it' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 2000, title: 'Name', 'x-expression': true },
      discoveredDate: {
        title: 'Discovered',
        description: 'Milliseconds or 2026-03-01T12:00:00Z; the present time where nothing is given.',
        'x-expression': true,
      },
      fields: {
        type: 'array',
        default: [],
        maxItems: 200,
        title: 'Fields',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['field', 'value'],
          properties: {
            field: {
              type: 'string',
              minLength: 1,
              title: 'Field',
              description: 'API name; that of a custom field may have "properties." before it.',
              'x-editor': 'picker:field:incident',
            },
            value: {
              title: 'Value',
              description: 'Labels or ids for selects, whole numbers, dates as milliseconds or 2026-03-01T12:00:00Z.',
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
          'After a crash in this step. fail: an error; check: looks for the incident by its name, and creates it when it is not there.',
      },
    },
  },
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  permissions: ['read_data', 'create_incidents'],
} as const satisfies NodeDescriptor;
