import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreDelay = {
  type: 'core.delay',
  version: 1,
  label: 'Delay',
  summary: 'Hands the message on after a time.',
  category: 'logic',
  icon: 'clock-pause',
  inputs: { in: { label: 'any message' } },
  outputs: {
    out: { label: 'the message, when its time has come' },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['waitMs'],
    properties: {
      waitMs: {
        type: 'integer',
        minimum: 0,
        maximum: 604_800_000,
        title: 'Time',
        'x-editor': 'duration',
        description: 'How long each message waits; up to 7 days.',
        'x-expression': true,
      },
      jitterMs: {
        type: 'integer',
        minimum: 0,
        maximum: 604_800_000,
        default: 0,
        title: 'Random addition',
        'x-editor': 'duration',
        description: 'Up to so much longer, by chance.',
        'x-expression': true,
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
