import type { ErrorCatalogue } from './error-entry.ts';

/** Runs, steps, replies, settling. */
export const engineCodes = {
  ENGINE_INVARIANT_BROKEN: { blame: 'us', retryable: false, hint: 'Please report this with the trace of the run attached.' },
  ENGINE_STEP_TIMEOUT: { blame: 'world', retryable: true, hint: 'Raise the time limit of the node, or find out why it waits.' },
  ENGINE_FINALLY_TIMEOUT: {
    blame: 'world',
    retryable: false,
    hint: 'Raise timeoutMs of the node that runs at the end, or let what follows it do less.',
  },
  ENGINE_RUN_TIMEOUT: {
    blame: 'world',
    retryable: true,
    hint: 'Raise timeoutMs in the settings of the flow, or find out which step waits.',
  },
  ENGINE_RUN_STOPPED: { blame: 'world', retryable: false, hint: 'Somebody stopped the run; start the action again if it is still wanted.' },
  ENGINE_RUN_NOT_RUNNING: { blame: 'author', retryable: false, hint: 'It is over, or waits for its turn; look at it in the list of runs.' },
  ENGINE_RUN_CANCELLED: { blame: 'world', retryable: true, hint: 'The engine was stopped; the message is delivered again.' },
  ENGINE_REPLY_ALREADY_COMPLETED: { blame: 'author', retryable: false, hint: 'Let exactly one node of each path complete the action.' },
  ENGINE_REPLY_NOT_POSSIBLE: {
    blame: 'author',
    retryable: false,
    hint: 'This message carries no reply-to; remove the reply node or use another source.',
  },
  ENGINE_REPLY_MISSING: {
    blame: 'author',
    retryable: false,
    hint: 'Let every path end in a result, error or acknowledge node, or set the completion of the source to at-end.',
  },
  ENGINE_REPLY_TOO_LARGE: { blame: 'author', retryable: false, hint: 'Return less than 5 MB, for example as an attachment.' },
  ENGINE_REPLY_UNSERIALIZABLE: { blame: 'author', retryable: false, hint: 'Return plain JSON values.' },
  ENGINE_REPLY_REFUSED: {
    blame: 'world',
    retryable: false,
    hint: 'Check the right of the account to write to the reply queue; the message is in the poison tray.',
  },
  ENGINE_MESSAGE_UNREADABLE: { blame: 'world', retryable: false, hint: 'Look at the raw bytes in the poison tray.' },
  ENGINE_MESSAGE_TOO_LARGE: {
    blame: 'world',
    retryable: false,
    hint: 'Raise max_message_bytes in [wirebook] of app.config, or send less.',
  },
  ENGINE_MESSAGE_POISON: {
    blame: 'us',
    retryable: false,
    hint: 'The engine ended three times while it ran this message; look at it in the poison tray.',
  },
  ENGINE_SOURCE_CLOSED: { blame: 'author', retryable: true, hint: 'Deploy the flow, or wait until the deploy is over, and try again.' },
  ENGINE_INTAKE_FULL: {
    blame: 'world',
    retryable: true,
    hint: 'Wait until some of the runs are over, or raise the concurrency of the flow.',
  },
  ENGINE_FUNCTION_UNHANDLED: { blame: 'author', retryable: false, hint: 'Deploy a flow with a function source for this function.' },
  ENGINE_RULE_UNHANDLED: { blame: 'author', retryable: false, hint: 'Deploy a flow whose destination source takes this rule.' },
  ENGINE_WRITE_IN_DOUBT: {
    blame: 'world',
    retryable: false,
    hint: 'Check on the platform whether the write was made, then run the message again.',
  },
  ENGINE_DATA_FOLDER_LOCKED: { blame: 'author', retryable: true, hint: 'Stop the other instance or name another folder with --data.' },
  ENGINE_PROCESS_FAILED: { blame: 'us', retryable: true, hint: 'Look at the last lines of the log of the engine.' },
  ENGINE_STOPPED: { blame: 'world', retryable: true, hint: 'Start Wirebook again.' },
  ENGINE_POISON_UNKNOWN: {
    blame: 'author',
    retryable: false,
    hint: 'Reload the poison tray; somebody may have decided about the message.',
  },
  ENGINE_POISON_REFUSED: { blame: 'author', retryable: false, hint: 'Choose what the poison tray offers for this message.' },
  ENGINE_DEAD_LETTERS_UNSET: {
    blame: 'author',
    retryable: false,
    hint: 'Name the queue in app.config, under [resilient]: dead_letter_queue = ActiveMQ.DLQ; the account needs the right to read it.',
  },
  ENGINE_DEAD_LETTERS_FORBIDDEN: {
    blame: 'author',
    retryable: false,
    hint: 'Have who runs the broker give the account that right; accounts of integrations do not have it by themselves.',
  },
  ENGINE_DEAD_LETTER_UNKNOWN: { blame: 'author', retryable: false, hint: 'List the dead letters anew; somebody may have taken it.' },
  ENGINE_DEAD_LETTER_REFUSED: {
    blame: 'author',
    retryable: false,
    hint: 'Leave the letter where it is, or remove it with the tools of the broker.',
  },
  ENGINE_NOT_ANSWERING: { blame: 'us', retryable: true, hint: 'Look at the state of the engine on the page Connections, and try again.' },
  ENGINE_COMMAND_INVALID: { blame: 'us', retryable: false, hint: 'Please report this with the log of the engine attached.' },
} as const satisfies ErrorCatalogue;
