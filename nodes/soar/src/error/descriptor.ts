import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarError = {
  type: 'soar.error',
  version: 1,
  label: 'Function error',
  summary: 'Completes the action with an error; the workflow on the platform stops there.',
  category: 'replies',
  icon: 'circle-x',
  inputs: { in: { label: 'message to report about' } },
  outputs: { out: { label: 'the same message; what follows runs after the reply' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['text'],
    properties: {
      text: {
        type: 'string',
        minLength: 1,
        maxLength: 10_000,
        title: 'Text',
        description: 'What the analyst reads in Action Status.',
        'x-expression': true,
        'x-editor': 'text:multiline',
      },
    },
  },
  sideEffect: 'none',
  completes: 'always',
  permissions: [],
} as const satisfies NodeDescriptor;
