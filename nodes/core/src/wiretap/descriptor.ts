import type { NodeDescriptor } from '@wirebook/node-kit';

export const coreWiretap = {
  type: 'core.wiretap',
  version: 1,
  label: 'Wire tap',
  summary: 'Passes the message on and hands a copy to a second way, whose errors do not touch the first.',
  category: 'debug',
  icon: 'route-alt-left',
  inputs: { in: { label: 'any message' } },
  outputs: { out: { label: 'the message, unchanged' }, tap: { label: 'a copy, on a way of its own' } },
  opensScope: { port: 'tap', isolated: true },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      value: { title: 'Copy', description: 'What the second way gets; empty: the message.', 'x-expression': true },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
