import type { ErrorCatalogue } from './error-entry.ts';

/** The simulated platform. */
export const simulatorCodes = {
  SIMULATOR_PORT_IN_USE: { blame: 'author', retryable: true, hint: 'Name another port, or 0 for a free one.' },
  SIMULATOR_REQUEST_INVALID: { blame: 'author', retryable: false, hint: 'Correct the body as the message says.' },
} as const satisfies ErrorCatalogue;
