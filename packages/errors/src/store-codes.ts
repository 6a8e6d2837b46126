import type { ErrorCatalogue } from './error-entry.ts';

/** SQLite files of the data folder. */
export const storeCodes = {
  STORE_VERSION_NEWER: { blame: 'author', retryable: false, hint: 'Use the Wirebook version that wrote the file, or a newer one.' },
  STORE_FAILED: { blame: 'world', retryable: true, hint: 'Check the free space and the rights of the data folder.' },
} as const satisfies ErrorCatalogue;
