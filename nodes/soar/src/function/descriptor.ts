import type { NodeDescriptor } from '@wirebook/node-kit';
import { completionField, connectionField, replyFields, waitingFields } from '../source-config.ts';

export const soarFunction = {
  type: 'soar.function',
  version: 1,
  label: 'Function',
  summary: 'Starts the flow when a workflow or playbook of the platform calls this function.',
  category: 'sources',
  icon: 'function',
  inputs: {},
  outputs: { out: { label: 'the inputs of the function' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['function'],
    properties: {
      function: {
        type: 'string',
        minLength: 1,
        maxLength: 300,
        title: 'Function',
        description: 'API name. Its message destination is looked up on the platform.',
        'x-editor': 'picker:function',
      },
      connection: connectionField,
      completion: completionField,
      ...replyFields,
      ...waitingFields,
    },
  },
  sideEffect: 'none',
  source: { kind: 'function' },
  permissions: ['read_data', 'read_function'],
} as const satisfies NodeDescriptor;
