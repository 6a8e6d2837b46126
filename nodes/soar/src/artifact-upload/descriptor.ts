import type { NodeDescriptor } from '@wirebook/node-kit';
import { fileField, fileTimeField } from '../attachment-config.ts';

export const soarArtifactUpload = {
  type: 'soar.artifact-upload',
  version: 1,
  label: 'Add file artifact',
  summary: 'Adds a file of an earlier node to an incident as an artifact.',
  category: 'platform',
  icon: 'file-stack',
  inputs: { in: { label: 'message with the file' } },
  outputs: { out: { label: 'the artifact as the platform keeps it' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'artifactType', 'file'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      artifactType: {
        title: 'Type',
        description: 'Label or id of a type that takes a file, e.g. Log File or Malware Sample.',
        'x-expression': true,
        'x-editor': 'picker:values:artifact:type',
      },
      file: fileField,
      value: {
        type: 'string',
        maxLength: 4000,
        default: '',
        title: 'Value',
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
          'After a crash in this step. fail: an error; check: looks for the artifact by its value, and adds it when it is not there.',
      },
    },
  },
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  permissions: ['read_data', 'edit_incidents.fields'],
} as const satisfies NodeDescriptor;
