import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarIncidentDelete = {
  type: 'soar.incident-delete',
  version: 1,
  label: 'Delete incident',
  summary: 'Deletes an incident with all that belongs to it.',
  category: 'platform',
  icon: 'trash',
  inputs: { in: { label: 'message to take the incident from' } },
  outputs: { out: { label: 'the same message' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
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
  permissions: ['delete_incidents'],
} as const satisfies NodeDescriptor;
