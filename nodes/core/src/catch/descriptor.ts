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
      scope: {
        type: 'string',
        enum: ['all', 'nodes', 'uncaught'],
        title: 'Takes errors of',
        description:
          'all: every node; nodes: those named below; uncaught: every node, but only what no other catch node takes. Empty: nodes where some are named, else all.',
      },
      nodes: {
        type: 'array',
        default: [],
        title: 'Nodes',
        description: 'Names of the nodes whose errors are taken.',
        'x-editor': 'picker:nodes',
        maxItems: 1000,
        items: { type: 'string', minLength: 1 },
      },
      blame: {
        type: 'array',
        default: [],
        title: 'Only these classes',
        description:
          'author: the flow has to be changed; world: an outside system failed; us: a fault of Wirebook. Empty takes every class.',
        maxItems: 3,
        items: { type: 'string', enum: ['author', 'world', 'us'] },
      },
      codes: {
        type: 'array',
        default: [],
        title: 'Only these codes',
        description: 'Such as SOAR_NOT_FOUND. Empty takes every code.',
        maxItems: 100,
        items: { type: 'string', minLength: 1, maxLength: 100 },
      },
    },
  },
  sideEffect: 'none',
  catches: true,
  permissions: [],
} as const satisfies NodeDescriptor;
