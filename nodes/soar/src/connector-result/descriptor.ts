import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarConnectorResult = {
  type: 'soar.connector-result',
  version: 1,
  label: 'Connector result',
  summary: 'Completes a connector request with what the other side answered.',
  category: 'replies',
  icon: 'plug-connected',
  inputs: { in: { label: 'the content, unless one is set below' } },
  outputs: { out: { label: 'the same message; what follows runs after the reply' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      content: {
        title: 'Content',
        description: 'What the request brought; the message when empty.',
        'x-expression': true,
        'x-editor': 'json',
      },
      statusCode: {
        type: 'integer',
        minimum: 100,
        maximum: 599,
        default: 200,
        title: 'Status',
        description: 'HTTP status of the answer.',
        'x-expression': true,
      },
      success: { type: 'boolean', default: true, title: 'Success', 'x-expression': true },
      reason: { type: 'string', maxLength: 10_000, title: 'Reason', description: 'Needed when success is false.', 'x-expression': true },
    },
  },
  sideEffect: 'none',
  completes: 'always',
  permissions: [],
} as const satisfies NodeDescriptor;
