import type { NodeDescriptor } from '@wirebook/node-kit';
import { attachmentPlaceFields } from '../attachment-config.ts';

export const soarAttachmentList = {
  type: 'soar.attachment-list',
  version: 1,
  label: 'List attachments',
  summary: 'Reads which files an incident or a task has, as one list or each on its own way.',
  category: 'platform',
  icon: 'paperclip',
  inputs: { in: { label: 'message to take the id from' } },
  outputs: { out: { label: 'list of the attachments, without their contents' }, each: { label: 'one attachment after the other' } },
  opensScope: { port: 'each', parallelField: 'parallel', byConfig: { field: 'output', value: 'each' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['objectId'],
    properties: {
      ...attachmentPlaceFields,
      output: {
        type: 'string',
        enum: ['list', 'each'],
        default: 'list',
        title: 'Hands on',
        description:
          'list: one message with all of them; each: one message an attachment, through the port "each", for a Join to bring together.',
      },
      parallel: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        default: 5,
        title: 'At a time',
        description: 'So many attachments are under way at a time.',
        'x-shown-when': { field: 'output', is: ['each'] },
      },
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
