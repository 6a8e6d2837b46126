/** Which object a file belongs to. */
export const attachmentPlaceFields = {
  at: {
    type: 'string',
    enum: ['incident', 'task'],
    default: 'incident',
    title: 'At',
  },
  objectId: {
    type: 'integer',
    minimum: 1,
    title: 'Incident or task',
    description: 'The id of the one that is chosen above.',
    'x-expression': true,
  },
} as const;

/** A file of the run. */
export const fileField = {
  title: 'File',
  description: 'What Download attachment, HTTP request, Read file or Write file handed on.',
  'x-expression': true,
  'x-editor': 'json',
} as const;

export const fileLimitField = {
  type: 'integer',
  minimum: 1,
  maximum: 10_000_000_000,
  default: 100_000_000,
  title: 'Largest file (bytes)',
  description: 'The limit file_max_bytes of app.config counts too.',
} as const;

export const fileTimeField = {
  type: 'integer',
  minimum: 1000,
  maximum: 3_600_000,
  default: 300_000,
  title: 'Time limit',
  description: 'For the whole file.',
  'x-editor': 'duration',
} as const;
