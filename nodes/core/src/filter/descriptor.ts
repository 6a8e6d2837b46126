import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreFilter = {
  type: 'core.filter',
  version: 1,
  label: 'Filter',
  summary: 'Lets through the messages for which a condition holds; the others leave through "rejected", or end there.',
  category: 'logic',
  icon: 'filter',
  inputs: { in: { label: 'message to decide about' } },
  outputs: { out: { label: 'the message, when the condition holds' }, rejected: { label: 'the message, when it does not' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['when'],
    properties: {
      when: {
        title: 'Let through when',
        description: 'Holds when it is true. Anything but true or false is an error.',
        'x-expression': true,
        'x-editor': 'expression:boolean',
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
