import type { NodeDescriptor } from '@wirebook/node-kit';
import { completionField, connectionField, replyFields, waitingFields } from '../source-config.ts';

export const soarDestination = {
  type: 'soar.destination',
  version: 1,
  label: 'Message destination',
  summary: 'Starts the flow when a rule of the platform puts a message on this destination.',
  category: 'sources',
  icon: 'inbox',
  inputs: {},
  outputs: { out: { label: 'the message of the rule: incident, artifact, properties, …' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['destination'],
    properties: {
      destination: {
        type: 'string',
        minLength: 1,
        maxLength: 300,
        title: 'Destination',
        description: 'Programmatic name.',
        'x-editor': 'picker:destination',
      },
      rules: {
        type: 'array',
        default: [],
        maxItems: 500,
        title: 'Rules',
        description: 'Names of the rules to take; empty takes every rule of the destination.',
        'x-editor': 'picker:rules',
        items: { type: 'string', minLength: 1 },
      },
      connection: connectionField,
      completion: completionField,
      fireAndForget: {
        type: 'boolean',
        default: false,
        title: 'Fire and forget',
        description: 'Send no reply by itself; for destinations that expect none.',
        'x-group': 'Replies',
      },
      ...replyFields,
      ...waitingFields,
    },
  },
  sideEffect: 'none',
  source: { kind: 'destination' },
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
