import type { NodeDescriptor } from '@wirebook/node-kit';

export const scriptJavascript = {
  type: 'script.javascript',
  version: 1,
  label: 'JavaScript',
  summary: 'Computes the next message with a script that runs apart from everything else.',
  category: 'scripts',
  icon: 'brand-javascript',
  inputs: { in: { label: 'message, seen by the script as "message"' } },
  outputs: { out: { label: 'what the script returned' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['source'],
    properties: {
      source: {
        type: 'string',
        minLength: 1,
        maxLength: 200_000,
        title: 'Script',
        description: 'Body of a function: it sees message, $trigger and $inputs, and gives the next message with return.',
        'x-editor': 'code:javascript',
      },
      timeoutMs: { type: 'integer', minimum: 1, maximum: 60_000, default: 1000, title: 'Time limit', 'x-editor': 'duration' },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
