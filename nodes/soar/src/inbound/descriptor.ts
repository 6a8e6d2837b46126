import type { NodeDescriptor } from '@wirebook/node-kit';
import { connectionField, waitingFields } from '../source-config.ts';

export const soarInbound = {
  type: 'soar.inbound',
  version: 1,
  label: 'Inbound destination',
  summary: 'Starts the flow when another product sends the platform a finding on this inbound destination.',
  category: 'sources',
  icon: 'arrow-down-circle',
  inputs: {},
  outputs: { out: { label: 'the message: origin, action, content_type, content, …' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['destination'],
    properties: {
      destination: {
        type: 'string',
        minLength: 1,
        maxLength: 300,
        title: 'Inbound destination',
        description: 'Programmatic name.',
      },
      connection: connectionField,
      ...waitingFields,
    },
  },
  sideEffect: 'none',
  source: { kind: 'inbound' },
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
