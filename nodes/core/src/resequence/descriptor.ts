import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreResequence = {
  type: 'core.resequence',
  version: 1,
  label: 'Resequence',
  summary: 'Lets messages go on in the order of their numbers, whichever came first; a gap is waited for, not for ever.',
  category: 'logic',
  icon: 'sort-ascending-numbers',
  inputs: { in: { label: 'any message with a number' } },
  outputs: {
    out: { label: 'the message, at its turn' },
    late: { label: 'the message, when a higher number has gone on' },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['number'],
    properties: {
      number: { title: 'Number', description: 'A whole number of the message, e.g. sequence.', 'x-expression': true },
      key: {
        title: 'Key',
        description: 'Each key has numbers of its own; empty: all messages of this node belong together.',
        'x-expression': true,
      },
      first: {
        type: 'integer',
        title: 'Begins with',
        description: 'Empty: with the lowest number that came when the first one has waited.',
      },
      waitMs: {
        type: 'integer',
        minimum: 1,
        maximum: 604_800_000,
        default: 30_000,
        title: 'Waits for a gap',
        'x-editor': 'duration',
        description: 'So long a message waits for a lower number; then it goes on without.',
      },
      keptMs: {
        type: 'integer',
        minimum: 1000,
        maximum: 31_536_000_000,
        default: 86_400_000,
        title: 'Begins anew after',
        'x-editor': 'duration',
        description: 'So long after its last number a sequence is forgotten.',
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
