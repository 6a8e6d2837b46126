import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreBatch = {
  type: 'core.batch',
  version: 1,
  label: 'Batch',
  summary: 'Makes lists of messages as they come: so many each, or what came in a time.',
  category: 'logic',
  icon: 'packages',
  inputs: { in: { label: 'any message' } },
  outputs: {
    out: { label: 'list of the messages, with the last one of them' },
    gathered: { label: 'the message, when another one carries the list' },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      count: {
        type: 'integer',
        minimum: 1,
        maximum: 1000,
        default: 10,
        title: 'Messages of a list',
        description: 'No more than the flow runs at a time.',
      },
      waitMs: {
        type: 'integer',
        minimum: 1,
        maximum: 604_800_000,
        default: 5000,
        title: 'Time',
        'x-editor': 'duration',
        description: 'So long after its first message a list goes on as it is.',
        'x-expression': true,
      },
    },
  },
  sideEffect: 'none',
  gathers: { countField: 'count' },
  permissions: [],
} as const satisfies NodeDescriptor;
