import type { ErrorCatalogue } from './error-entry.ts';

/** Files of runs, and of the folders that app.config names. */
export const fileCodes = {
  FILE_TOO_LARGE: { blame: 'author', retryable: false, hint: 'Use a smaller file, or raise the limit that the message names.' },
  FILE_SPACE_FULL: {
    blame: 'world',
    retryable: true,
    hint: 'Wait until other runs are over, or raise files_max_bytes or files_max_count of [wirebook].',
  },
  FILE_UNKNOWN: { blame: 'author', retryable: false, hint: 'Hand the file on within the run in which it was read or made.' },
  FILE_FOLDER_UNKNOWN: { blame: 'author', retryable: false, hint: 'Choose a folder that file_folders of [wirebook] in app.config names.' },
  FILE_NAME_INVALID: { blame: 'author', retryable: false, hint: 'Give a plain name such as report.csv, without folders.' },
  FILE_NOT_FOUND: { blame: 'world', retryable: false, hint: 'Check the name, and that the file is in the folder.' },
  FILE_EXISTS: { blame: 'author', retryable: false, hint: 'Give another name, or let the node replace the file.' },
  FILE_ACCESS_FAILED: { blame: 'world', retryable: true, hint: 'Check the free space and the rights of the folder.' },
} as const satisfies ErrorCatalogue;
