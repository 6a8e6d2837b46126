import type { NodeDescriptor } from '@wirebook/node-kit';
import { attachmentPlaceFields } from '../attachment-config.ts';
import { handsOnFields } from '../hands-on-config.ts';

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
      ...handsOnFields({ one: 'an attachment', words: 'attachments', parallel: 5 }),
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
