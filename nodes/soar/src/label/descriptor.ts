import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarLabel = {
  type: 'soar.label',
  version: 1,
  label: 'Label of a value',
  summary: 'Turns the ids of a select field into labels, or labels into ids, by the definitions of the organisation.',
  category: 'platform',
  icon: 'tag',
  inputs: { in: { label: 'message to take the value from' } },
  outputs: { out: { label: 'the message with the result' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['field', 'value'],
    properties: {
      objectType: {
        type: 'string',
        minLength: 1,
        maxLength: 300,
        default: 'incident',
        title: 'Field of',
        description: 'incident, task, artifact, actioninvocation for activity fields, or the API name of a data table.',
      },
      field: { type: 'string', minLength: 1, maxLength: 300, title: 'Field', description: 'API name, e.g. severity_code.' },
      value: { title: 'Value', description: 'One or a list; an object with an id, too. Nothing stays nothing.', 'x-expression': true },
      to: { type: 'string', enum: ['label', 'id'], default: 'label', title: 'Into' },
      unknown: {
        type: 'string',
        enum: ['fail', 'keep', 'null'],
        default: 'fail',
        title: 'A value that the field does not have',
        description: 'fail: an error that lists those that it has; keep: goes on as it is; null: becomes nothing.',
      },
      path: {
        type: 'string',
        default: '',
        title: 'Into field',
        description: 'Keys joined by dots, e.g. ticket.severity; empty: the result is the whole message.',
      },
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
