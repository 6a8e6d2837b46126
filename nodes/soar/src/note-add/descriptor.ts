import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarNoteAdd = {
  type: 'soar.note-add',
  version: 1,
  label: 'Add note',
  summary: 'Writes a note to an incident.',
  category: 'platform',
  icon: 'note',
  inputs: { in: { label: 'message to write about' } },
  outputs: { out: { label: 'the note as the platform keeps it' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['incidentId', 'text'],
    properties: {
      incidentId: { type: 'integer', minimum: 1, title: 'Incident', 'x-expression': true },
      text: { type: 'string', minLength: 1, maxLength: 1_000_000, title: 'Text', 'x-expression': true, 'x-editor': 'text:multiline' },
      format: {
        type: 'string',
        enum: ['text', 'html'],
        default: 'text',
        title: 'Format',
        description: 'text: shown as it is; html: the platform reads it as rich text, so values in it have to be escaped.',
      },
      whenInDoubt: {
        type: 'string',
        enum: ['fail', 'check'],
        default: 'fail',
        title: 'When in doubt',
        description: 'After a crash in this step. fail: an error; check: looks for the note, and writes it when it is not there.',
      },
    },
  },
  sideEffect: 'write',
  whenInDoubt: { byConfig: 'whenInDoubt' },
  permissions: ['read_data', 'edit_incidents.notes'],
} as const satisfies NodeDescriptor;
