import type { ErrorCatalogue } from './error-entry.ts';

/** app.config and the command line. */
export const configCodes = {
  CONFIG_FILE_MISSING: { blame: 'author', retryable: false, hint: 'Name the file with --config or APP_CONFIG_FILE.' },
  CONFIG_FILE_INVALID: { blame: 'author', retryable: false, hint: 'Correct the line named in the message.' },
  CONFIG_OPTION_MISSING: { blame: 'author', retryable: false, hint: 'Add the option to the section named.' },
  CONFIG_OPTION_INVALID: { blame: 'author', retryable: false, hint: 'Correct the value of the option named.' },
  CONFIG_SECRET_UNRESOLVED: {
    blame: 'author',
    retryable: false,
    hint: 'Set the environment variable, store the value with wirebook keyring, or write it into app.config.',
  },
  CONFIG_KEYSTORE_UNAVAILABLE: {
    blame: 'world',
    retryable: true,
    hint: 'Unlock the keystore of the system, or set WIREBOOK_VAULT_KEY and use the vault; wirebook keyring stores the values.',
  },
  CONFIG_KEYSTORE_AMBIGUOUS: {
    blame: 'author',
    retryable: false,
    hint: 'Remove all entries of this name from the keystore of the system and store the value again with wirebook keyring.',
  },
  CONFIG_VAULT_INVALID: {
    blame: 'author',
    retryable: false,
    hint: 'Check WIREBOOK_VAULT_KEY and WIREBOOK_VAULT_FILE; put the file back from a copy, or store the values anew.',
  },
} as const satisfies ErrorCatalogue;
