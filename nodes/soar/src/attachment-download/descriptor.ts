import type { NodeDescriptor } from '@wirebook/node-kit';
import { attachmentPlaceFields, fileLimitField, fileTimeField } from '../attachment-config.ts';

export const soarAttachmentDownload = {
  type: 'soar.attachment-download',
  version: 1,
  label: 'Download attachment',
  summary: 'Fetches a file of an incident or a task for later nodes.',
  category: 'platform',
  icon: 'file-download',
  inputs: { in: { label: 'message to take the ids from' } },
  outputs: { out: { label: 'the file' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['objectId', 'attachmentId'],
    properties: {
      ...attachmentPlaceFields,
      attachmentId: { type: 'integer', minimum: 1, title: 'Attachment', description: 'Its id.', 'x-expression': true },
      maxBytes: fileLimitField,
      timeoutMs: fileTimeField,
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
