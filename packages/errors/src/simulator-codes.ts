import type { ErrorCatalogue } from './error-entry.ts';

/** The simulated platform. */
export const simulatorCodes = {
  SIMULATOR_PORT_IN_USE: { blame: 'author', retryable: true, hint: 'Name another port, or 0 for a free one.' },
  SIMULATOR_REQUEST_INVALID: { blame: 'author', retryable: false, hint: 'Correct the body as the message says.' },
  SIMULATOR_REST_REFUSED: {
    blame: 'author',
    retryable: false,
    hint: 'Correct the request as the message says; after a 409 read the object again first.',
  },
  SIMULATOR_CONTENT_INVALID: { blame: 'author', retryable: false, hint: 'Define what the message names before something refers to it.' },
} as const satisfies ErrorCatalogue;
