import type { NodeDescriptor } from '@wirebook/node-kit';

export const soarTaskNoteAdd = {
  type: 'soar.task-note-add',
  version: 1,
  label: 'Add note to task',
  summary: 'Writes a note to a task, or answers one.',
  category: 'platform',
  icon: 'note',
  inputs: { in: { label: 'message to write about' } },
  outputs: { out: { label: 'the note as the platform keeps it' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['taskId', 'text'],
    properties: {
      taskId: { type: 'integer', minimum: 1, title: 'Task', 'x-expression': true },
      text: { type: 'string', minLength: 1, maxLength: 1_000_000, title: 'Text', 'x-expression': true, 'x-editor': 'text:multiline' },
      format: {
        type: 'string',
        enum: ['text', 'html'],
        default: 'text',
        title: 'Format',
        description: 'text: shown as it is; html: the platform reads it as rich text, so values in it have to be escaped.',
      },
      answers: {
        type: 'integer',
        minimum: 1,
        title: 'Answers note',
        description: 'Id of the note of this task that it answers; empty: none.',
        'x-expression': true,
      },
    },
  },
  sideEffect: 'write',
  permissions: ['read_data', 'edit_incidents.notes'],
} as const satisfies NodeDescriptor;
