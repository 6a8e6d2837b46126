import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreJoin = {
  type: 'core.join',
  version: 1,
  label: 'Join',
  summary: 'Waits until every part of a split has ended, and makes one message of what came.',
  category: 'logic',
  icon: 'arrows-join-2',
  inputs: { in: { label: 'parts of a split' } },
  outputs: { out: { label: 'what came of all parts' }, partial: { label: 'the same, when some parts failed' } },
  joins: { failuresField: 'failures' },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      output: {
        title: 'Message',
        description:
          'A list of the messages that came, in the order of the parts; or a list with an object for each part: index, status, message, error.',
        type: 'string',
        enum: ['list', 'parts'],
        default: 'list',
      },
      failures: {
        title: 'When a part fails',
        description: 'An error that no wire and no catch node takes ends the run; or only its part, and is told in the message.',
        type: 'string',
        enum: ['fail', 'collect'],
        default: 'fail',
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
