import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreInject = {
  type: 'core.inject',
  version: 1,
  label: 'Inject',
  summary: 'Starts the deployed flow when somebody presses its button.',
  category: 'sources',
  icon: 'player-play',
  inputs: {},
  outputs: { out: { label: 'the message below' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      message: {
        type: 'object',
        default: {},
        title: 'Message',
        description: 'A JSON object; what the flow is started with.',
        'x-editor': 'json',
      },
    },
  },
  sideEffect: 'none',
  source: { kind: 'inject' },
  permissions: [],
} as const satisfies NodeDescriptor;
