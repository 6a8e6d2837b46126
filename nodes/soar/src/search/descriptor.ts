import type { NodeDescriptor } from '@wirebook/node-kit';

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
      output: {
        type: 'string',
        enum: ['list', 'each'],
        default: 'list',
        title: 'Hands on',
        description: 'list: one message with all of them; each: one message a find, through the port "each", for a Join to bring together.',
      },
      parallel: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        default: 10,
        title: 'At a time',
        description: 'So many finds are under way at a time.',
        'x-shown-when': { field: 'output', is: ['each'] },
      },
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
