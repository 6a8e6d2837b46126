import type { NodeDescriptor } from '@wirebook/node-kit';
import { completionField, connectionField, replyFields } from '../source-config.ts';

export const soarConnector = {
  type: 'soar.connector',
  version: 1,
  label: 'Connector request',
  summary: 'Starts the flow when a low-code connector of the platform asks for a REST request to be made.',
  category: 'sources',
  icon: 'plug-connected',
  inputs: {},
  outputs: { out: { label: 'the request: request_originator, request_payload, …' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      queue: {
        type: 'string',
        maxLength: 300,
        default: '',
        title: 'Queue',
        description: 'Full name, such as connectors.201.main; empty: every queue that the platform names, now and later.',
      },
      connection: connectionField,
      completion: completionField,
      ...replyFields,
    },
  },
  sideEffect: 'none',
  source: { kind: 'connector' },
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
