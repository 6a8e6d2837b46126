import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreSet = {
  type: 'core.set',
  version: 1,
  label: 'Set',
  summary: 'Makes the next message: sets fields of the message that came, or builds a new one.',
  category: 'logic',
  icon: 'pencil',
  inputs: { in: { label: 'message to start from' } },
  outputs: { out: { label: 'the message that was made' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      value: {
        title: 'Value',
        description: 'When given, it is the new message; the fields below are then set in it.',
        'x-expression': true,
        'x-editor': 'json',
      },
      keep: {
        type: 'boolean',
        default: true,
        title: 'Keep the message',
        description: 'Start from the message that came; when off, from an empty object.',
      },
      fields: {
        type: 'array',
        default: [],
        title: 'Fields',
        maxItems: 200,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['path', 'value'],
          properties: {
            path: { type: 'string', minLength: 1, title: 'Path', description: 'Keys joined by dots, e.g. ticket.priority' },
            value: { title: 'Value', 'x-expression': true, 'x-editor': 'json' },
          },
        },
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
