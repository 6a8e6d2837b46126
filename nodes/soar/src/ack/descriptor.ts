import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarAck = {
  type: 'soar.ack',
  version: 1,
  label: 'Acknowledge',
  summary: 'Completes a rule action with a text, or sends the text as a status.',
  category: 'replies',
  icon: 'checks',
  inputs: { in: { label: 'message to report about' } },
  outputs: { out: { label: 'the same message; what follows a completion runs after the reply' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      text: {
        type: 'string',
        minLength: 1,
        maxLength: 10_000,
        default: 'Completed',
        title: 'Text',
        description: 'What the analyst reads in Action Status.',
        'x-expression': true,
        'x-editor': 'text:multiline',
      },
      complete: {
        type: 'boolean',
        default: true,
        title: 'Complete the action',
        description: 'When off, the text is a status and the action stays pending.',
      },
    },
  },
  sideEffect: 'none',
  completes: { byConfig: 'complete' },
  permissions: [],
} as const satisfies NodeDescriptor;
