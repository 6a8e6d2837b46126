import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarLink = {
  type: 'soar.link',
  version: 1,
  label: 'Link to platform',
  summary: 'Makes the address of an incident, a task or an artifact, for tickets, mails and link fields.',
  category: 'platform',
  icon: 'link',
  inputs: { in: { label: 'message to take the ids from' } },
  outputs: { out: { label: 'the message with the address' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId'],
    properties: {
      to: { type: 'string', enum: ['incident', 'task', 'artifacts', 'attachments', 'notes'], default: 'incident', title: 'To' },
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      taskId: {
        type: 'integer',
        minimum: 1,
        title: 'Task',
        'x-expression': true,
        'x-shown-when': { field: 'to', is: ['task'] },
      },
      text: {
        type: 'string',
        maxLength: 1000,
        default: '',
        title: 'Text',
        description: 'With a text the result is an HTML link for rich text fields; empty: the bare address.',
        'x-expression': true,
      },
      path: {
        type: 'string',
        default: 'link',
        title: 'Into field',
        description: 'Keys joined by dots; empty: the address is the whole message.',
      },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
