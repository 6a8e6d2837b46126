import type { ErrorCatalogue } from './error-entry.ts';

/** Failures that nodes report about their own work. */
export const nodeCodes = {
  NODE_INPUT_INVALID: { blame: 'author', retryable: false, hint: 'Correct the value of the field named in the message.' },
  NODE_UNEXPECTED: { blame: 'us', retryable: false, hint: 'Please report this with the trace of the run attached.' },
  SCRIPT_THREW: { blame: 'author', retryable: false, hint: 'Correct the script at the line named.' },
  SCRIPT_TIMEOUT: { blame: 'author', retryable: false, hint: 'Shorten the work of the script or raise its time limit.' },
  SCRIPT_MEMORY: { blame: 'author', retryable: false, hint: 'Let the script hold less data at once.' },
  SCRIPT_RESULT_INVALID: { blame: 'author', retryable: false, hint: 'Return plain JSON from the script.' },
  SCRIPT_QUEUE_FULL: { blame: 'world', retryable: true, hint: 'Lower the concurrency of the flow, or give scripts more threads.' },
  SCRIPT_WORKER_DIED: { blame: 'us', retryable: true, hint: 'Please report this with the script and its message attached.' },
  HTTP_STATUS: { blame: 'world', retryable: false, hint: 'Check the address and the credentials of the other server.' },
  HTTP_UNREACHABLE: { blame: 'world', retryable: true, hint: 'Check the address, the proxy and the network.' },
  HTTP_TIMEOUT: { blame: 'world', retryable: true, hint: 'Raise timeoutMs of the node or ask why the other server is slow.' },
  HTTP_ADDRESS_BLOCKED: { blame: 'author', retryable: false, hint: 'Allow the address in the configuration if the flow may reach it.' },
  HTTP_CIRCUIT_OPEN: {
    blame: 'world',
    retryable: true,
    hint: 'Wait until the other server answers again; a trial call is made by itself.',
  },
  HTTP_RATE_QUEUE_FULL: {
    blame: 'world',
    retryable: true,
    hint: 'Lower the concurrency of the flows, or raise the rate limit of this host.',
  },
  HTTP_RETRY_AFTER_TOO_LONG: { blame: 'world', retryable: true, hint: 'Run it again when the other server takes calls again.' },
  HTTP_CONNECTIONS_BUSY: {
    blame: 'world',
    retryable: true,
    hint: 'Lower the concurrency of the flows, or ask why the other server is slow.',
  },
  HTTP_RESPONSE_INVALID: { blame: 'world', retryable: false, hint: 'Set parse to text, or ask the other server for JSON.' },
  HTTP_RESPONSE_TOO_LARGE: { blame: 'world', retryable: false, hint: 'Ask for less, or raise the limit of the node.' },
} as const satisfies ErrorCatalogue;
