import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarStatus = {
  type: 'soar.status',
  version: 1,
  label: 'Status',
  summary: 'Tells the analyst how far the action is, while it goes on.',
  category: 'replies',
  icon: 'message-dots',
  inputs: { in: { label: 'message to report about' } },
  outputs: { out: { label: 'the same message' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['text'],
    properties: {
      text: { type: 'string', minLength: 1, maxLength: 10_000, title: 'Text', 'x-expression': true, 'x-editor': 'text:multiline' },
    },
  },
  sideEffect: 'notify',
  permissions: [],
} as const satisfies NodeDescriptor;
