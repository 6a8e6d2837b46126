import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarArtifactAdd = {
  type: 'soar.artifact-add',
  version: 1,
  label: 'Add artifact',
  summary: 'Adds an artifact to an incident: an address, a URL, a hash, …',
  category: 'platform',
  icon: 'bookmark-plus',
  inputs: { in: { label: 'message to take the value from' } },
  outputs: { out: { label: 'list of the artifacts as the platform keeps them' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'artifactType', 'value'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      artifactType: {
        title: 'Type',
        description: 'Label or id, e.g. IP Address.',
        'x-expression': true,
        'x-editor': 'picker:values:artifact:type',
      },
      value: {
        type: 'string',
        minLength: 1,
        maxLength: 1_000_000,
        title: 'Value',
        description: 'Of types such as addresses and hashes each line is an artifact.',
        'x-expression': true,
        'x-editor': 'text:multiline',
      },
      description: {
        type: 'string',
        maxLength: 1_000_000,
        default: '',
        title: 'Description',
        'x-expression': true,
        'x-editor': 'text:multiline',
      },
      whenInDoubt: {
        type: 'string',
        enum: ['fail', 'check'],
        default: 'fail',
        title: 'When in doubt',
        description: 'After a crash in this step. fail: an error; check: looks for the artifact, and adds it when it is not there.',
      },
    },
  },
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  permissions: ['read_data', 'edit_incidents.fields'],
} as const satisfies NodeDescriptor;
