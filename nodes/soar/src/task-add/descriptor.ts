import type { NodeDescriptor } from '@wirebook/node-kit';
import { fieldItems, inDoubtField } from '../field-list-config.ts';

export const soarTaskAdd = {
  type: 'soar.task-add',
  version: 1,
  label: 'Add task',
  summary: 'Adds a task to an incident.',
  category: 'platform',
  icon: 'checklist',
  inputs: { in: { label: 'message to take the values from' } },
  outputs: { out: { label: 'the task as the platform keeps it' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'name'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      name: { type: 'string', minLength: 1, maxLength: 1000, title: 'Name', 'x-expression': true },
      instructions: {
        type: 'string',
        maxLength: 1_000_000,
        default: '',
        title: 'Instructions',
        description: 'Shown as it is written.',
        'x-expression': true,
        'x-editor': 'text:multiline',
      },
      fields: {
        type: 'array',
        default: [],
        maxItems: 100,
        title: 'Fields',
        description: 'Such as phase_id, owner_id, due_date, required.',
        items: fieldItems('task'),
      },
      whenInDoubt: inDoubtField('task by its name'),
    },
  },
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  permissions: ['read_data', 'edit_incidents.tasks'],
} as const satisfies NodeDescriptor;
