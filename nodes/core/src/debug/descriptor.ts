import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreDebug = {
  type: 'core.debug',
  version: 1,
  label: 'Debug',
  summary: 'Shows the message, or a part of it, in the debug panel and passes it on.',
  category: 'debug',
  icon: 'bug',
  inputs: { in: { label: 'message to show' } },
  outputs: { out: { label: 'the same message' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      label: { type: 'string', default: 'debug', maxLength: 200, title: 'Label' },
      value: {
        title: 'Value',
        description: 'What to show; the whole message when empty.',
        'x-expression': true,
        'x-editor': 'json',
      },
      enabled: { type: 'boolean', default: true, title: 'Enabled', description: 'When off, the message passes and nothing is shown.' },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
