import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarTaskClose = {
  type: 'soar.task-close',
  version: 1,
  label: 'Close task',
  summary: 'Closes a task, or opens it again.',
  category: 'platform',
  icon: 'circle-dashed-check',
  inputs: { in: { label: 'message to take the task from' } },
  outputs: { out: { label: 'the task as it is afterwards' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['taskId'],
    properties: {
      taskId: { type: 'integer', minimum: 1, title: 'Task', 'x-expression': true },
      reopen: {
        type: 'boolean',
        default: false,
        title: 'Open again',
        description: 'Opens a task that is closed, in place of closing it.',
        'x-expression': true,
      },
    },
  },
  sideEffect: 'idempotent-write',
  permissions: ['read_data', 'edit_incidents.tasks'],
} as const satisfies NodeDescriptor;
