import type { NodeDescriptor } from '@wirebook/node-kit';
import { inDoubtField } from '../field-list-config.ts';

export const soarMilestoneAdd = {
  type: 'soar.milestone-add',
  version: 1,
  label: 'Add milestone',
  summary: 'Adds a milestone to the timeline of an incident.',
  category: 'platform',
  icon: 'flag',
  inputs: { in: { label: 'message to take the values from' } },
  outputs: { out: { label: 'the milestone as the platform keeps it' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'title'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      title: { type: 'string', minLength: 1, maxLength: 1000, title: 'Title', 'x-expression': true },
      date: {
        title: 'Date',
        description: 'Milliseconds or 2026-03-01T12:00:00Z; the present time where nothing is given.',
        'x-expression': true,
      },
      description: {
        type: 'string',
        maxLength: 1_000_000,
        default: '',
        title: 'Description',
        'x-expression': true,
        'x-editor': 'text:multiline',
      },
      whenInDoubt: inDoubtField('milestone by its title'),
    },
  },
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  permissions: ['read_data', 'edit_incidents.fields'],
} as const satisfies NodeDescriptor;
