import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreDedupe = {
  type: 'core.dedupe',
  version: 1,
  label: 'Dedupe',
  summary: 'Tells the first message of a key from those that repeat it within a time.',
  category: 'logic',
  icon: 'copy-off',
  inputs: { in: { label: 'any message' } },
  outputs: {
    out: { label: 'the message, when it is the first of its key' },
    repeated: { label: 'the message, when an earlier one had its key' },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['key'],
    properties: {
      key: {
        title: 'Key',
        description: 'Messages with the same key repeat each other, over all runs of this node and over restarts.',
        'x-expression': true,
      },
      windowMs: {
        type: 'integer',
        minimum: 1,
        maximum: 604_800_000,
        default: 3600000,
        title: 'Time',
        'x-editor': 'duration',
        description: 'Counted from the first message of the key; up to 7 days.',
        'x-expression': true,
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
