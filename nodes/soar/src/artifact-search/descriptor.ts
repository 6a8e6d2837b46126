import type { NodeDescriptor } from '@wirebook/node-kit';
import { conditionList, directionField, limitField, logicField } from '../condition-list-config.ts';
import { handsOnFields } from '../hands-on-config.ts';

export const soarArtifactSearch = {
  type: 'soar.artifact-search',
  version: 1,
  label: 'Search artifacts',
  summary: 'Finds artifacts of an incident by conditions, with their hits, as one list or each on its own way.',
  category: 'platform',
  icon: 'bookmarks',
  inputs: { in: { label: 'message to take values from' } },
  outputs: { out: { label: 'list of the artifacts' }, each: { label: 'one artifact after the other' } },
  opensScope: { port: 'each', parallelField: 'parallel', byConfig: { field: 'output', value: 'each' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      conditions: conditionList('artifact', 'artifacts'),
      logic: logicField,
      withHits: {
        type: 'boolean',
        default: false,
        title: 'Only those with hits',
        description: 'Those that a threat source knows.',
      },
      sortBy: {
        type: 'string',
        default: '',
        title: 'Sorted by',
        description: 'Empty: as the platform gives them.',
        'x-editor': 'picker:field:artifact',
      },
      direction: directionField,
      limit: limitField,
      ...handsOnFields({ one: 'an artifact', words: 'artifacts', parallel: 10 }),
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
