import type { NodeDescriptor } from '@wirebook/node-kit';
import { fieldItems } from '../field-list-config.ts';

export const soarTaskUpdate = {
  type: 'soar.task-update',
  version: 1,
  label: 'Update task',
  summary: 'Sets fields of a task and leaves every other field as it is.',
  category: 'platform',
  icon: 'checkup-list',
  inputs: { in: { label: 'message with the values' } },
  outputs: { out: { label: 'the task as it is afterwards' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['taskId', 'fields'],
    properties: {
      taskId: { type: 'integer', minimum: 1, title: 'Task', 'x-expression': true },
      fields: { type: 'array', minItems: 1, maxItems: 100, title: 'Fields', items: fieldItems('task') },
    },
  },
  sideEffect: 'idempotent-write',
  permissions: ['read_data', 'edit_incidents.tasks'],
} as const satisfies NodeDescriptor;
