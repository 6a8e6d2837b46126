import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreDebounce = {
  type: 'core.debounce',
  version: 1,
  label: 'Debounce',
  summary: 'Holds messages of a key until none came for a time; then the last one goes on, or all do.',
  category: 'logic',
  icon: 'filter-pause',
  inputs: { in: { label: 'any message' } },
  outputs: {
    out: { label: 'the message, when its key was quiet for long enough' },
    skipped: { label: 'the message, when a later one of its key came' },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      key: {
        title: 'Key',
        description: 'Messages with the same key belong together; empty: all messages of this node.',
        'x-expression': true,
      },
      quietMs: {
        type: 'integer',
        minimum: 1,
        maximum: 604_800_000,
        default: 1000,
        title: 'Quiet time',
        'x-editor': 'duration',
        description: 'Goes on when no other message of the key came for so long; each new one begins it anew.',
        'x-expression': true,
      },
      keepAll: {
        type: 'boolean',
        default: false,
        title: 'Keep all',
        description: 'On: all messages of the key go on when it is quiet. Off: only the last one, the earlier ones leave through skipped.',
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
