import type { NodeDescriptor } from '@wirebook/node-kit';
import { fieldItems } from '../field-list-config.ts';

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
        items: fieldItems('incident'),
      },
    },
  },
  sideEffect: 'idempotent-write',
  permissions: ['read_data', 'edit_incidents.fields'],
} as const satisfies NodeDescriptor;
