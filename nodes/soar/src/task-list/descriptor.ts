import type { NodeDescriptor } from '@wirebook/node-kit';
import { handlesField } from '../field-list-config.ts';

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
      output: {
        type: 'string',
        enum: ['list', 'each'],
        default: 'list',
        title: 'Hands on',
        description: 'list: one message with all of them; each: one message a task, through the port "each", for a Join to bring together.',
      },
      parallel: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        default: 10,
        title: 'At a time',
        description: 'So many tasks are under way at a time.',
        'x-shown-when': { field: 'output', is: ['each'] },
      },
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
