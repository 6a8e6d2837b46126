import type { NodeDescriptor } from '@wirebook/node-kit';
import { conditionList, directionField, limitField, logicField } from '../condition-list-config.ts';

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
      output: {
        type: 'string',
        enum: ['list', 'each'],
        default: 'list',
        title: 'Hands on',
        description:
          'list: one message with all of them; each: one message an artifact, through the port "each", for a Join to bring together.',
      },
      parallel: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        default: 10,
        title: 'At a time',
        description: 'So many artifacts are under way at a time.',
        'x-shown-when': { field: 'output', is: ['each'] },
      },
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
