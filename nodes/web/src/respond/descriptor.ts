import type { NodeDescriptor } from '@wirebook/node-kit';

export const webRespond = {
  type: 'web.respond',
  version: 1,
  label: 'Web response',
  summary: 'Answers the HTTP request that started the flow.',
  category: 'web',
  icon: 'arrow-back-up',
  inputs: { in: { label: 'the body, unless one is set below' } },
  outputs: { out: { label: 'the same message; what follows runs after the answer' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      status: {
        type: 'integer',
        minimum: 200,
        maximum: 599,
        default: 200,
        title: 'Status',
        description: 'HTTP status, from 200 to 599.',
        'x-expression': true,
      },
      body: {
        title: 'Body',
        description: 'A text as it is, anything else as JSON; the message when empty.',
        'x-expression': true,
        'x-editor': 'json',
      },
      contentType: {
        type: 'string',
        maxLength: 200,
        default: '',
        title: 'Content type',
        description: 'Empty: application/json, or text/plain for a text.',
        'x-expression': true,
      },
      headers: {
        type: 'object',
        default: {},
        title: 'Headers',
        additionalProperties: { type: 'string', 'x-expression': true },
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
