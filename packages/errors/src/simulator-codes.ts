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
  SIMULATOR_BROKER_CLOSED: { blame: 'author', retryable: false, hint: 'Open the simulator again before using its broker.' },
  SIMULATOR_BROKER_UNREACHABLE: { blame: 'world', retryable: true, hint: 'Check the URL, the CA file and the login given with --broker.' },
  SIMULATOR_BROKER_REFUSED: {
    blame: 'author',
    retryable: false,
    hint: 'Give the account of --broker the right to read and write the queue.',
  },
  SIMULATOR_CONSUMER_FAILED: { blame: 'us', retryable: false, hint: 'Please report this with the cause attached.' },
  SIMULATOR_CERTIFICATES_UNREADABLE: {
    blame: 'author',
    retryable: false,
    hint: 'Delete ca.pem and ca.key in the data folder; the next start makes new ones.',
  },
} as const satisfies ErrorCatalogue;
