import type { ErrorCatalogue } from './error-entry.ts';

/** app.config and the command line. */
export const configCodes = {
  CONFIG_FILE_MISSING: { blame: 'author', retryable: false, hint: 'Name the file with --config or APP_CONFIG_FILE.' },
  CONFIG_FILE_INVALID: { blame: 'author', retryable: false, hint: 'Correct the line named in the message.' },
  CONFIG_OPTION_MISSING: { blame: 'author', retryable: false, hint: 'Add the option to the section named.' },
  CONFIG_OPTION_INVALID: { blame: 'author', retryable: false, hint: 'Correct the value of the option named.' },
  CONFIG_SECRET_UNRESOLVED: { blame: 'author', retryable: false, hint: 'Set the environment variable or write the value into app.config.' },
  CONFIG_KEYRING_UNSUPPORTED: {
    blame: 'author',
    retryable: false,
    hint: 'Write the value as $NAME and set the environment variable NAME.',
  },
} as const satisfies ErrorCatalogue;
