import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreSwitch = {
  type: 'core.switch',
  version: 1,
  label: 'Switch',
  summary: 'Sends the message through the port of the case that holds, or through "otherwise".',
  category: 'logic',
  icon: 'arrows-split',
  inputs: { in: { label: 'message to decide about' } },
  outputs: { otherwise: { label: 'the message, when no case holds' } },
  outputsFromConfig: 'cases',
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['cases'],
    properties: {
      mode: {
        type: 'string',
        enum: ['first', 'all'],
        default: 'first',
        title: 'Which cases',
        description: 'first: only the first case that holds; all: each case that holds gets the message.',
      },
      cases: {
        type: 'array',
        title: 'Cases',
        minItems: 1,
        maxItems: 50,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['port', 'when'],
          properties: {
            port: {
              type: 'string',
              title: 'Port',
              maxLength: 100,
              pattern: '^[A-Za-z0-9_-]+$',
              description: 'Letters, digits, _ and -, and neither error nor otherwise. Cases of one port are joined by "or".',
            },
            when: {
              title: 'When',
              description: 'Holds when it is true. Anything but true or false is an error.',
              'x-expression': true,
              'x-editor': 'expression:boolean',
            },
          },
        },
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
