import type { NodeDescriptor } from '@wirebook/node-kit';
import { conditionList, directionField, limitField, logicField } from '../condition-list-config.ts';

export const soarIncidentSearch = {
  type: 'soar.incident-search',
  version: 1,
  label: 'Search incidents',
  summary: 'Finds incidents by conditions, as one list or each on its own way.',
  category: 'platform',
  icon: 'search',
  inputs: { in: { label: 'message to take values from' } },
  outputs: { out: { label: 'list of the incidents' }, each: { label: 'one incident after the other' } },
  opensScope: { port: 'each', parallelField: 'parallel', byConfig: { field: 'output', value: 'each' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      conditions: conditionList('incident', 'incidents'),
      logic: logicField,
      sortBy: { type: 'string', default: 'create_date', title: 'Sorted by', 'x-editor': 'picker:field:incident' },
      direction: directionField,
      limit: limitField,
      fieldsRead: {
        type: 'string',
        enum: ['partial', 'normal', 'full'],
        default: 'normal',
        title: 'How much of each',
      },
      handles: { type: 'string', enum: ['ids', 'names'], default: 'names', title: 'Selects, people and types as' },
      output: {
        type: 'string',
        enum: ['list', 'each'],
        default: 'list',
        title: 'Hands on',
        description:
          'list: one message with all of them; each: one message an incident, through the port "each", for a Join to bring together.',
      },
      parallel: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        default: 10,
        title: 'At a time',
        description: 'So many incidents are under way at a time.',
        'x-shown-when': { field: 'output', is: ['each'] },
      },
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
