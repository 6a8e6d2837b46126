/** Which platform a source listens to. */
export const connectionField = {
  type: 'string',
  maxLength: 300,
  default: '',
  title: 'Connection',
  description: 'Section of app.config that leads to the platform; empty: resilient.',
  'x-editor': 'picker:connection',
} as const;

/** Config fields of every source: when it completes and with what text, how its messages wait, which of them repeat an earlier one. */
export const completionField = {
  type: 'string',
  enum: ['at-end', 'on-receipt', 'by-node'],
  default: 'at-end',
  title: 'Completion',
  'x-group': 'Replies',
  description:
    'at-end: a run that ended without a Result, Error or Acknowledge is completed with "Completed". on-receipt: completed with "Received" before the run begins. by-node: a run that ended without one of those nodes is completed with an error.',
} as const;

export const replyFields = {
  defaultReply: {
    type: 'string',
    maxLength: 100_000,
    default: '',
    title: 'Text after a success',
    description: 'Shown in Action Status where no node completes; empty: "Completed".',
    'x-group': 'Replies',
    'x-shown-when': { field: 'completion', is: ['at-end'] },
  },
  errorReply: {
    type: 'string',
    maxLength: 100_000,
    default: '',
    title: 'Text after an error',
    description: 'With {{ message }}, {{ code }}, {{ class }} and {{ hint }} of the error; empty: message, code and class.',
    'x-group': 'Replies',
    'x-shown-when': { field: 'completion', isNot: ['on-receipt'] },
  },
} as const;

const longestMs = 86_400_000;
const keyedWait = { field: 'wait', is: ['debounce', 'throttle'] } as const;

export const waitingFields = {
  wait: {
    type: 'string',
    enum: ['none', 'defer', 'debounce', 'throttle'],
    default: 'none',
    title: 'Wait before the run',
    description:
      'defer: for a time. debounce: until no other message of its key came for a time. throttle: until so much time passed since the one of its key before.',
    'x-group': 'Waiting',
  },
  waitMs: {
    type: 'integer',
    minimum: 0,
    maximum: longestMs,
    default: 1000,
    title: 'Waiting time',
    description: 'Such as 10 s or 5 min; a day at most.',
    'x-editor': 'duration',
    'x-group': 'Waiting',
    'x-shown-when': { field: 'wait', isNot: ['none'] },
  },
  waitJitterMs: {
    type: 'integer',
    minimum: 0,
    maximum: longestMs,
    default: 0,
    title: 'Random addition',
    description: 'Up to so much longer, by chance.',
    'x-editor': 'duration',
    'x-group': 'Waiting',
    'x-shown-when': { field: 'wait', is: ['defer'] },
  },
  waitKey: {
    type: 'string',
    maxLength: 10_000,
    default: '',
    title: 'Waiting key',
    description: 'JSONata on the message; empty: function or rule name and incident.',
    'x-editor': 'code:jsonata',
    'x-group': 'Waiting',
    'x-shown-when': keyedWait,
  },
  discard: {
    type: 'boolean',
    default: false,
    title: 'Skip others of the key',
    description:
      'debounce: earlier messages are answered as done and do not run. throttle: a message that would have to wait is answered as done and does not run.',
    'x-group': 'Waiting',
    'x-shown-when': keyedWait,
  },
  dedupeMs: {
    type: 'integer',
    minimum: 0,
    maximum: 7 * longestMs,
    default: 0,
    title: 'Skip repetitions within',
    description: 'Of messages with the same key only the first in this time runs, such as 10 min; 7 days at most. 0: each runs.',
    'x-editor': 'duration',
    'x-group': 'Repetitions',
  },
  dedupeKey: {
    type: 'string',
    maxLength: 10_000,
    default: '',
    title: 'Repetition key',
    description: 'JSONata on the message; empty: function or rule name and incident.',
    'x-editor': 'code:jsonata',
    'x-group': 'Repetitions',
    'x-shown-when': { field: 'dedupeMs', isNot: [0] },
  },
} as const;
