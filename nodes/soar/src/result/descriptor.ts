import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarResult = {
  type: 'soar.result',
  version: 1,
  label: 'Function result',
  summary: 'Completes the function call with its result.',
  category: 'replies',
  icon: 'circle-check',
  inputs: { in: { label: 'the result, unless one is set below' } },
  outputs: { out: { label: 'the same message; what follows runs after the reply' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      results: {
        title: 'Result',
        description: 'What the post-process script gets under content; the message when empty.',
        'x-expression': true,
        'x-editor': 'json',
      },
      envelope: {
        type: 'string',
        enum: ['2.0', '1.0', 'none'],
        default: '2.0',
        title: 'Envelope',
        description: '2.0: as app functions send it; 1.0: as older packages did; none: the bare result.',
      },
      success: { type: 'boolean', default: true, title: 'Success', 'x-expression': true },
      reason: { type: 'string', maxLength: 10_000, title: 'Reason', description: 'Needed when success is false.', 'x-expression': true },
    },
  },
  sideEffect: 'none',
  completes: 'always',
  permissions: [],
} as const satisfies NodeDescriptor;
