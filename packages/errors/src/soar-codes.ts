import type { ErrorCatalogue } from './error-entry.ts';

/** The platform: broker and REST. */
export const soarCodes = {
  SOAR_BROKER_UNREACHABLE: { blame: 'world', retryable: true, hint: 'Check stomp_host, stomp_port and the network.' },
  SOAR_BROKER_LOGIN_REFUSED: { blame: 'author', retryable: true, hint: 'Check the API key or the e-mail and password in app.config.' },
  SOAR_BROKER_NOT_AUTHORIZED: { blame: 'author', retryable: false, hint: 'Add the account to the message destination on the platform.' },
  SOAR_BROKER_CONNECTION_LOST: {
    blame: 'world',
    retryable: true,
    hint: 'Wirebook reconnects by itself; messages in flight are delivered again.',
  },
  SOAR_BROKER_ERROR: { blame: 'world', retryable: true, hint: 'Read the text of the broker.' },
  SOAR_TRANSACTION_REFUSED: { blame: 'world', retryable: true, hint: 'Read the text of the broker; the batch is tried again one by one.' },
  SOAR_TLS_UNTRUSTED: { blame: 'author', retryable: false, hint: 'Name the CA of the platform in cafile (REST) and stomp_cafile (STOMP).' },
  SOAR_TLS_NAME_MISMATCH: { blame: 'author', retryable: false, hint: 'Use the host name that the certificate names.' },
  SOAR_TLS_EXPIRED: { blame: 'world', retryable: false, hint: 'Renew the certificate of the platform.' },
  SOAR_REST_UNREACHABLE: { blame: 'world', retryable: true, hint: 'Check host, port and the network.' },
  SOAR_REST_TIMEOUT: { blame: 'world', retryable: true, hint: 'Raise the time limit or ask why the platform is slow.' },
  SOAR_LOGIN_REFUSED: { blame: 'author', retryable: false, hint: 'Check the API key or the e-mail and password in app.config.' },
  SOAR_ORG_MISSING: { blame: 'author', retryable: false, hint: 'Name the organisation in app.config.' },
  SOAR_ORG_UNKNOWN: { blame: 'author', retryable: false, hint: 'Use one of the organisations named in the message.' },
  SOAR_ORG_DISABLED: { blame: 'author', retryable: false, hint: 'Ask the administrator of the platform for access.' },
  SOAR_NOT_FOUND: { blame: 'author', retryable: false, hint: 'Check that the object still exists and that the account may see it.' },
  SOAR_FORBIDDEN: { blame: 'author', retryable: false, hint: 'Give the account the permission named in the message.' },
  SOAR_BAD_REQUEST: { blame: 'author', retryable: false, hint: 'Correct the value that the platform names.' },
  SOAR_CONFLICT: { blame: 'world', retryable: true, hint: 'Others kept changing the object; run the message again.' },
  SOAR_RATE_LIMITED: { blame: 'world', retryable: true, hint: 'Send fewer requests or wait.' },
  SOAR_SERVER_ERROR: { blame: 'world', retryable: true, hint: 'Look at the log of the platform.' },
  SOAR_RESPONSE_INVALID: { blame: 'world', retryable: false, hint: 'Check that host and resource_prefix lead to the platform.' },
  SOAR_FUNCTION_UNKNOWN: {
    blame: 'author',
    retryable: false,
    hint: 'Create the function on the platform or correct its name in the source node.',
  },
  SOAR_FIELD_UNKNOWN: { blame: 'author', retryable: false, hint: 'Use the API name of an existing field.' },
  SOAR_SELECT_VALUE_UNKNOWN: { blame: 'author', retryable: false, hint: 'Use one of the labels named in the message.' },
  SOAR_NUMBER_NOT_INTEGER: {
    blame: 'author',
    retryable: false,
    hint: 'Number fields of the platform take whole numbers; round the value first.',
  },
} as const satisfies ErrorCatalogue;
