import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreSplit = {
  type: 'core.split',
  version: 1,
  label: 'Split',
  summary: 'Sends each item of a list on its own way; a join brings them together again.',
  category: 'logic',
  icon: 'arrows-split-2',
  inputs: { in: { label: 'message with a list' } },
  outputs: { out: { label: 'one item after the other' } },
  opensScope: { port: 'out', parallelField: 'parallel' },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      items: {
        title: 'List',
        description: 'What is split. The message itself where nothing is given. One value that is no list counts as a list of it.',
        'x-expression': true,
        'x-editor': 'expression:list',
      },
      part: {
        title: 'Message of a part',
        description: 'What goes on: the item, or an object with item, index (from 0) and count.',
        type: 'string',
        enum: ['item', 'item-with-place'],
        default: 'item',
      },
      parallel: {
        title: 'At a time',
        description: 'So many parts are under way at a time; the others wait their turn.',
        type: 'integer',
        minimum: 1,
        maximum: 100,
        default: 10,
      },
      maxParts: {
        title: 'Most parts',
        description: 'A longer list is an error.',
        type: 'integer',
        minimum: 1,
        maximum: 10_000,
        default: 1000,
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
