import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarIncidentGet = {
  type: 'soar.incident-get',
  version: 1,
  label: 'Read incident',
  summary: 'Reads an incident as it is now.',
  category: 'platform',
  icon: 'file-search',
  inputs: { in: { label: 'message that tells the incident' } },
  outputs: { out: { label: 'the incident' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      handles: {
        type: 'string',
        enum: ['ids', 'names'],
        default: 'names',
        title: 'Selects, people and types as',
        description: 'names: their labels, as people read them; ids: as messages of rules have them.',
      },
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
