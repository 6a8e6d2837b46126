import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarIncidentUpdate = {
  type: 'soar.incident-update',
  version: 1,
  label: 'Update incident',
  summary: 'Sets fields of an incident and leaves every other field as it is.',
  category: 'platform',
  icon: 'edit',
  inputs: { in: { label: 'message with the values' } },
  outputs: { out: { label: 'the incident as it is afterwards' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'fields'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      fields: {
        type: 'array',
        minItems: 1,
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
              description:
                'Labels or ids for selects, whole numbers, dates as milliseconds or 2026-03-01T12:00:00Z; null empties the field.',
              'x-expression': true,
              'x-editor': 'value:field',
            },
          },
        },
      },
    },
  },
  sideEffect: 'idempotent-write',
  permissions: ['read_data', 'edit_incidents.fields'],
} as const satisfies NodeDescriptor;
