import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreAggregate = {
  type: 'core.aggregate',
  version: 1,
  label: 'Aggregate',
  summary: 'Gathers messages of several actions by a key: until there are enough, one completes them, or time is up.',
  category: 'logic',
  icon: 'stack-2',
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
      key: {
        title: 'Key',
        description: 'Messages with the same key belong together; empty: all messages of this node.',
        'x-expression': true,
      },
      value: { title: 'Gathered value', description: 'What stands in the list; empty: the message.', 'x-expression': true },
      count: {
        type: 'integer',
        minimum: 1,
        maximum: 1000,
        default: 10,
        title: 'Enough',
        description: 'So many make a list. No more than the flow runs at a time.',
      },
      complete: {
        type: 'boolean',
        default: false,
        title: 'Complete when',
        description: 'A message for which it is true completes the list, e.g. last = true.',
        'x-expression': true,
      },
      waitMs: {
        type: 'integer',
        minimum: 1,
        maximum: 604_800_000,
        default: 60_000,
        title: 'Time',
        'x-editor': 'duration',
        description: 'So long after the first of a list it goes on with what there is.',
        'x-expression': true,
      },
    },
  },
  sideEffect: 'none',
  gathers: { countField: 'count' },
  permissions: [],
} as const satisfies NodeDescriptor;
