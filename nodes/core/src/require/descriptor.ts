import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreRequire = {
  type: 'core.require',
  version: 1,
  label: 'Require values',
  summary: 'Lets a message pass only when it has the values that are needed, and says all that are missing.',
  category: 'logic',
  icon: 'clipboard-check',
  inputs: { in: { label: 'message to look at' } },
  outputs: { out: { label: 'the message, unchanged' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['fields'],
    properties: {
      fields: {
        type: 'array',
        minItems: 1,
        maxItems: 100,
        title: 'Values that have to be there',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['field'],
          properties: {
            field: { type: 'string', minLength: 1, maxLength: 300, title: 'Field', description: 'Keys joined by dots, e.g. mail.to.' },
            placeholder: {
              type: 'string',
              maxLength: 1000,
              default: '',
              title: 'Not',
              description: 'A text that stands where nobody filled in a value, e.g. <your server>.',
            },
          },
        },
      },
      of: { title: 'Of', description: 'The object that has them; empty: the message.', 'x-expression': true },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
