import type { NodeDescriptor } from '@wirebook/node-kit';
import { conditionList, directionField, limitField, logicField } from '../condition-list-config.ts';
import { handsOnFields } from '../hands-on-config.ts';

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
      ...handsOnFields({ one: 'an incident', words: 'incidents', parallel: 10 }),
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
