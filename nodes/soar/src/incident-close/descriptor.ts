import type { NodeDescriptor } from '@wirebook/node-kit';
import { fieldItems } from '../field-list-config.ts';

export const soarIncidentClose = {
  type: 'soar.incident-close',
  version: 1,
  label: 'Close incident',
  summary: 'Closes an incident, after a look at which fields the organisation requires for that.',
  category: 'platform',
  icon: 'lock-check',
  inputs: { in: { label: 'message to take the incident from' } },
  outputs: { out: { label: 'the incident as it is afterwards' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      fields: {
        type: 'array',
        default: [],
        maxItems: 200,
        title: 'Fields',
        description: 'Set together with the closing, such as resolution_id and resolution_summary.',
        items: fieldItems('incident'),
      },
    },
  },
  sideEffect: 'idempotent-write',
  permissions: ['read_data', 'edit_incidents.fields', 'close_incidents'],
} as const satisfies NodeDescriptor;
