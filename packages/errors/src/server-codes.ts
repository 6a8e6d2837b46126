import type { ErrorCatalogue } from './error-entry.ts';

/** What the server of the editor refuses. */
export const serverCodes = {
  SERVER_ROUTE_UNKNOWN: { blame: 'author', retryable: false, hint: 'Use an address and a method of the route table.' },
  SERVER_REQUEST_INVALID: { blame: 'author', retryable: false, hint: 'Correct what the message names.' },
  SERVER_BODY_TOO_LARGE: { blame: 'author', retryable: false, hint: 'Send at most 4 MB in one request.' },
  SERVER_HOST_REFUSED: { blame: 'author', retryable: false, hint: 'Open the address that wirebook start prints.' },
  SERVER_ORIGIN_REFUSED: { blame: 'author', retryable: false, hint: 'Open the editor at the address that wirebook start prints.' },
  SERVER_CSRF_REFUSED: { blame: 'author', retryable: true, hint: 'Reload the page.' },
  SERVER_SIGN_IN_REQUIRED: { blame: 'author', retryable: false, hint: 'Sign in.' },
  SERVER_SIGN_IN_REFUSED: {
    blame: 'author',
    retryable: false,
    hint: 'Check name and password, or make a sign-in link with wirebook user link NAME.',
  },
  SERVER_SIGN_IN_THROTTLED: { blame: 'author', retryable: true, hint: 'Wait as long as the message says.' },
  SERVER_LINK_REFUSED: { blame: 'author', retryable: false, hint: 'Make another link with wirebook user link NAME.' },
  SERVER_PERMISSION_DENIED: { blame: 'author', retryable: false, hint: 'Ask an owner for a role that may do this.' },
  SERVER_USER_UNKNOWN: { blame: 'author', retryable: false, hint: 'List the users with wirebook user list.' },
  SERVER_USER_EXISTS: { blame: 'author', retryable: false, hint: 'Choose another name.' },
  SERVER_LAST_OWNER: { blame: 'author', retryable: false, hint: 'Make another user an owner first.' },
  SERVER_FLOW_UNKNOWN: { blame: 'author', retryable: false, hint: 'Reload the list of flows; somebody may have deleted it.' },
  SERVER_FLOW_DEPLOYED: { blame: 'author', retryable: false, hint: 'Undeploy the flow first.' },
  SERVER_FLOW_NOT_DEPLOYED: { blame: 'author', retryable: false, hint: 'Reload the list of deployments.' },
  SERVER_SIDE_DRAFT_UNKNOWN: { blame: 'author', retryable: false, hint: 'Reload the draft; somebody may have discarded it.' },
  SERVER_VERSION_UNKNOWN: { blame: 'author', retryable: false, hint: 'Use one of the versions that the flow has.' },
  SERVER_DRAFT_MOVED: { blame: 'author', retryable: true, hint: 'Look at what a deployment would change now, and deploy again.' },
  SERVER_DEPLOY_BLOCKED: { blame: 'author', retryable: false, hint: 'Correct the problems that the message lists.' },
  SERVER_DEPLOY_WARNED: { blame: 'author', retryable: false, hint: 'Read the warnings; deploy with them accepted, or correct them.' },
  SERVER_PORT_IN_USE: { blame: 'author', retryable: true, hint: 'Choose another port with --port, or 0 for a free one.' },
  SERVER_ADDRESS_UNUSABLE: { blame: 'author', retryable: false, hint: 'Listen on 127.0.0.1, or on an address of this machine.' },
  SERVER_OPEN_WITHOUT_OWNER: {
    blame: 'author',
    retryable: false,
    hint: 'Start on 127.0.0.1, sign in by the link and set a password; then listen on the network.',
  },
  SERVER_INTERNAL: { blame: 'us', retryable: true, hint: 'Look at the log of the server and report this.' },
} as const satisfies ErrorCatalogue;
