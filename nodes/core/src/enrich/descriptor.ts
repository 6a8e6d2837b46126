import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreEnrich = {
  type: 'core.enrich',
  version: 1,
  label: 'Enrich',
  summary: 'Asks the platform or a web service for more, and puts the answer into a field of the message.',
  category: 'logic',
  icon: 'circle-plus',
  inputs: { in: { label: 'message to enrich' } },
  outputs: { out: { label: 'the message with the answer' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['address'],
    properties: {
      from: { type: 'string', enum: ['platform', 'web'], default: 'platform', title: 'From' },
      address: {
        type: 'string',
        minLength: 1,
        maxLength: 4000,
        title: 'Address',
        description: 'Below the organisation, e.g. /incidents/{{ incident.id }}, or the URL of a web service. It is read with GET.',
        'x-expression': true,
      },
      part: {
        type: 'string',
        maxLength: 300,
        default: '',
        title: 'Part of the answer',
        description: 'Keys joined by dots, e.g. data.owner; empty: all of it.',
      },
      path: { type: 'string', minLength: 1, default: 'enriched', title: 'Into field', description: 'Keys joined by dots.' },
      missing: {
        type: 'string',
        enum: ['fail', 'null'],
        default: 'fail',
        title: 'When there is nothing',
        description: 'A 404, or no such part. fail: an error; null: the field is empty.',
      },
      timeoutMs: { type: 'integer', minimum: 100, maximum: 600_000, default: 30_000, title: 'Time limit', 'x-editor': 'duration' },
    },
  },
  sideEffect: 'read',
  permissions: [],
} as const satisfies NodeDescriptor;
