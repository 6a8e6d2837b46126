import type { NodeDescriptor } from '@wirebook/node-kit';
import { handlesField } from '../field-list-config.ts';
import { handsOnFields } from '../hands-on-config.ts';

export const soarTaskList = {
  type: 'soar.task-list',
  version: 1,
  label: 'List tasks',
  summary: 'Reads the tasks of an incident, as one list or each on its own way.',
  category: 'platform',
  icon: 'list-check',
  inputs: { in: { label: 'message to take the incident from' } },
  outputs: { out: { label: 'list of the tasks' }, each: { label: 'one task after the other' } },
  opensScope: { port: 'each', parallelField: 'parallel', byConfig: { field: 'output', value: 'each' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      status: {
        type: 'string',
        enum: ['all', 'open', 'closed'],
        default: 'all',
        title: 'Which',
      },
      handles: handlesField,
      ...handsOnFields({ one: 'a task', words: 'tasks', parallel: 10 }),
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
