import type { NodeDescriptor } from '@wirebook/node-kit';
import { fieldItems, inDoubtField } from '../field-list-config.ts';

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
        items: fieldItems('incident'),
      },
      whenInDoubt: inDoubtField('incident by its name'),
    },
  },
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  permissions: ['read_data', 'create_incidents'],
} as const satisfies NodeDescriptor;
