import type { NodeDescriptor } from '@wirebook/node-kit';
import { handsOnFields } from '../hands-on-config.ts';

export const soarSearch = {
  type: 'soar.search',
  version: 1,
  label: 'Full text search',
  summary: 'Finds a text in incidents, tasks, notes, artifacts and whatever else the platform searches.',
  category: 'platform',
  icon: 'world-search',
  inputs: { in: { label: 'message to take the text from' } },
  outputs: { out: { label: 'list of what was found' }, each: { label: 'one find after the other' } },
  opensScope: { port: 'each', parallelField: 'parallel', byConfig: { field: 'output', value: 'each' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['text'],
    properties: {
      text: { type: 'string', minLength: 1, maxLength: 4000, title: 'Text', 'x-expression': true },
      types: {
        type: 'array',
        default: [],
        maxItems: 50,
        title: 'In',
        description: 'incident, task, note, milestone, artifact, attachment, or the API name of a data table; empty: everything.',
        items: { type: 'string', minLength: 1, maxLength: 300 },
      },
      ...handsOnFields({ one: 'a find', words: 'finds', parallel: 10 }),
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
