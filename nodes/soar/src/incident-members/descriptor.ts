import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarIncidentMembers = {
  type: 'soar.incident-members',
  version: 1,
  label: 'Change members',
  summary: 'Adds people to the members of an incident and takes others out.',
  category: 'platform',
  icon: 'users',
  inputs: { in: { label: 'message to take the people from' } },
  outputs: { out: { label: 'the members afterwards' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      add: {
        type: 'array',
        default: [],
        title: 'Add',
        description: 'E-mail addresses or ids.',
        items: {},
        'x-expression': true,
        'x-editor': 'json',
      },
      remove: {
        type: 'array',
        default: [],
        title: 'Take out',
        description: 'E-mail addresses or ids.',
        items: {},
        'x-expression': true,
        'x-editor': 'json',
      },
    },
  },
  sideEffect: 'idempotent-write',
  permissions: ['read_data', 'edit_incidents.members'],
} as const satisfies NodeDescriptor;
