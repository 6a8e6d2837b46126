import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreThrottle = {
  type: 'core.throttle',
  version: 1,
  label: 'Throttle',
  summary: 'Lets one message of a key go on in so much time; others wait in order, or are skipped.',
  category: 'logic',
  icon: 'gauge',
  inputs: { in: { label: 'any message' } },
  outputs: {
    out: { label: 'the message, at its turn' },
    skipped: { label: 'the message, when it would have to wait and waiting is off' },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      key: {
        title: 'Key',
        description: 'Messages with the same key share the limit; empty: all messages of this node.',
        'x-expression': true,
      },
      intervalMs: {
        type: 'integer',
        minimum: 1,
        maximum: 604_800_000,
        default: 1000,
        title: 'Interval',
        'x-editor': 'duration',
        description: 'Between two messages of a key that go on.',
        'x-expression': true,
      },
      skips: {
        type: 'boolean',
        default: false,
        title: 'Skip instead of waiting',
        description: 'On: what would have to wait leaves through skipped at once. Off: it waits for its turn.',
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
