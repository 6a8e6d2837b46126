import type { NodeDescriptor } from '@wirebook/node-kit';
import { fileLimitField, fileTimeField } from '../attachment-config.ts';

export const soarArtifactDownload = {
  type: 'soar.artifact-download',
  version: 1,
  label: 'Download artifact',
  summary: 'Fetches the file of an artifact for later nodes.',
  category: 'platform',
  icon: 'file-symlink',
  inputs: { in: { label: 'message to take the ids from' } },
  outputs: { out: { label: 'the file' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'artifactId'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      artifactId: { type: 'integer', minimum: 1, title: 'Artifact', description: 'Its id.', 'x-expression': true },
      maxBytes: fileLimitField,
      timeoutMs: fileTimeField,
    },
  },
  sideEffect: 'read',
  permissions: ['read_data'],
} as const satisfies NodeDescriptor;
