import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreFinally = {
  type: 'core.finally',
  version: 1,
  label: 'Finally',
  summary: 'Runs once when the run has ended, well or not: for cleaning up.',
  category: 'logic',
  icon: 'flag-check',
  inputs: {},
  outputs: { out: { label: 'how the run ended' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      timeoutMs: {
        type: 'integer',
        minimum: 100,
        maximum: 600_000,
        default: 10_000,
        title: 'Time limit',
        'x-editor': 'duration',
        description: 'For this node and all that follows it. The reply of the action waits for it.',
      },
    },
  },
  sideEffect: 'none',
  runsAtEnd: true,
  permissions: [],
} as const satisfies NodeDescriptor;
