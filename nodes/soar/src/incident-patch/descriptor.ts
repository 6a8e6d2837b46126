import type { NodeDescriptor } from '@wirebook/node-kit';
import { fieldItems } from '../field-list-config.ts';

export const soarIncidentPatch = {
  type: 'soar.incident-patch',
  version: 1,
  label: 'Patch incident',
  summary: 'Sets fields of an incident by themselves, with a rule for what somebody else changed meanwhile.',
  category: 'platform',
  icon: 'git-merge',
  inputs: { in: { label: 'message with the values' } },
  outputs: { out: { label: 'the incident as it is afterwards' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'fields'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      fields: { type: 'array', minItems: 1, maxItems: 200, title: 'Fields', items: fieldItems('incident') },
      onConflict: {
        type: 'string',
        enum: ['overwrite', 'skip', 'merge', 'fail'],
        default: 'fail',
        title: 'Where somebody else changed a field',
        description:
          'overwrite: the new value is written all the same. skip: the other one stays, the other fields are written. merge: lists get both changes, texts both texts. fail: nothing is written.',
      },
      known: {
        title: 'Incident as the flow knows it',
        description: 'Its values are compared with the present ones, such as $trigger.body.incident; empty: it is read now.',
        'x-expression': true,
        'x-editor': 'json',
      },
    },
  },
  sideEffect: 'idempotent-write',
  permissions: ['read_data', 'edit_incidents.fields'],
} as const satisfies NodeDescriptor;
