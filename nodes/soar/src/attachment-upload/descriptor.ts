import type { NodeDescriptor } from '@wirebook/node-kit';
import { attachmentPlaceFields, fileField, fileTimeField } from '../attachment-config.ts';

export const soarAttachmentUpload = {
  type: 'soar.attachment-upload',
  version: 1,
  label: 'Upload attachment',
  summary: 'Attaches a file of an earlier node to an incident or a task.',
  category: 'platform',
  icon: 'file-upload',
  inputs: { in: { label: 'message with the file' } },
  outputs: { out: { label: 'the attachment as the platform keeps it' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['objectId', 'file'],
    properties: {
      ...attachmentPlaceFields,
      file: fileField,
      name: {
        type: 'string',
        maxLength: 300,
        default: '',
        title: 'Name',
        description: 'Empty: the name of the file.',
        'x-expression': true,
      },
      description: { type: 'string', maxLength: 4000, default: '', title: 'Description', 'x-expression': true },
      timeoutMs: fileTimeField,
      whenInDoubt: {
        type: 'string',
        enum: ['fail', 'check'],
        default: 'fail',
        title: 'When in doubt',
        description:
          'After a crash in this step. fail: an error; check: looks for the attachment by its name, and uploads it when it is not there.',
      },
    },
  },
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  permissions: ['read_data', 'edit_incidents.attachments'],
} as const satisfies NodeDescriptor;
