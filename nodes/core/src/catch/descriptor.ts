import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreCatch = {
  type: 'core.catch',
  version: 1,
  label: 'Catch',
  summary: 'Takes the errors of nodes whose error port has no wire.',
  category: 'logic',
  icon: 'first-aid-kit',
  inputs: {},
  outputs: { out: { label: 'error, node and the message that failed' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      nodes: {
        type: 'array',
        default: [],
        title: 'Nodes',
        description: 'Names of the nodes whose errors are taken; empty takes those of every node.',
        'x-editor': 'picker:nodes',
        maxItems: 1000,
        items: { type: 'string', minLength: 1 },
      },
    },
  },
  sideEffect: 'none',
  catches: true,
  permissions: [],
} as const satisfies NodeDescriptor;
