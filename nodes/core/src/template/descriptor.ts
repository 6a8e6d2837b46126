import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreTemplate = {
  type: 'core.template',
  version: 1,
  label: 'Template',
  summary: 'Fills a longer text with values and puts it into a field of the message.',
  category: 'logic',
  icon: 'template',
  inputs: { in: { label: 'message whose values are filled in' } },
  outputs: { out: { label: 'the message with the text' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['text'],
    properties: {
      text: {
        type: 'string',
        maxLength: 1_000_000,
        title: 'Text',
        description: 'Values in {{ double braces }} when it is a template.',
        'x-expression': true,
        'x-editor': 'text:multiline',
      },
      path: {
        type: 'string',
        default: 'text',
        title: 'Into field',
        description: 'Keys joined by dots, e.g. mail.body; empty: the text is the whole message.',
      },
      format: {
        type: 'string',
        enum: ['text', 'json'],
        default: 'text',
        title: 'Read as',
        description: 'json: the filled text is read as JSON, and its value is put into the field.',
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
