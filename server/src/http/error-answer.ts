import type { ErrorAnswer } from '@wirebook/api';
import { type ErrorCode, WirebookError } from '@wirebook/errors';

export interface ErrorResponse {
  readonly status: number;
  readonly body: ErrorAnswer;
  /** Null: not told. */
  readonly retryAfterSeconds: number | null;
  /** What the log has to keep because the answer hides it; null when the answer says it all. */
  readonly hidden: unknown;
}

const statuses: Partial<Record<ErrorCode, number>> = {
  SERVER_ROUTE_UNKNOWN: 404,
  SERVER_BODY_TOO_LARGE: 413,
  SERVER_HOST_REFUSED: 421,
  SERVER_ORIGIN_REFUSED: 403,
  SERVER_CSRF_REFUSED: 403,
  SERVER_SIGN_IN_REQUIRED: 401,
  SERVER_SIGN_IN_REFUSED: 401,
  SERVER_LINK_REFUSED: 401,
  SERVER_SIGN_IN_THROTTLED: 429,
  SERVER_PERMISSION_DENIED: 403,
  SERVER_USER_UNKNOWN: 404,
  SERVER_USER_EXISTS: 409,
  SERVER_LAST_OWNER: 409,
  SERVER_FLOW_UNKNOWN: 404,
  SERVER_FLOW_HELD: 409,
  SERVER_LEASE_LOST: 409,
  SERVER_FLOW_DEPLOYED: 409,
  SERVER_FLOW_NOT_DEPLOYED: 409,
  SERVER_SIDE_DRAFT_UNKNOWN: 404,
  SERVER_VERSION_UNKNOWN: 404,
  SERVER_DRAFT_MOVED: 409,
  SERVER_DEPLOY_BLOCKED: 409,
  SERVER_DEPLOY_WARNED: 409,
  SERVER_RUN_UNKNOWN: 404,
  SERVER_VALUE_UNKNOWN: 404,
  SERVER_READ_TIMEOUT: 503,
  SERVER_CONNECTION_UNKNOWN: 404,
  SERVER_CONSOLE_ABSENT: 404,
  SERVER_OBJECT_UNKNOWN: 404,
  ENGINE_POISON_UNKNOWN: 404,
  ENGINE_RUN_NOT_RUNNING: 409,
  ENGINE_POISON_REFUSED: 409,
  ENGINE_DEAD_LETTERS_UNSET: 409,
  ENGINE_DEAD_LETTERS_FORBIDDEN: 409,
  ENGINE_DEAD_LETTER_UNKNOWN: 404,
  ENGINE_DEAD_LETTER_REFUSED: 409,
  ENGINE_NOT_ANSWERING: 503,
};
/** Codes that are not listed, by who has to act. */
const statusByBlame = { author: 400, world: 502, us: 500 } as const;

/** The answer for whatever was thrown; what nobody meant to be read is hidden. */
export function toErrorResponse(thrown: unknown): ErrorResponse {
  const error = toCodedError(thrown);
  if (error === undefined) return toInternalError(thrown);
  const { code, message, hint, blame, details } = error;
  const seconds = details?.retryAfterSeconds;
  return {
    status: statuses[code] ?? statusByBlame[blame],
    body: { error: { code, message, hint } },
    retryAfterSeconds: typeof seconds === 'number' ? seconds : null,
    hidden: blame === 'us' ? thrown : null,
  };
}

function toInternalError(thrown: unknown): ErrorResponse {
  const { code, message, hint } = new WirebookError('SERVER_INTERNAL', 'the server made a mistake; its log has the details');
  return { status: 500, body: { error: { code, message, hint } }, retryAfterSeconds: null, hidden: thrown };
}

/** What Express and its parser throw has a status and a type. */
function toCodedError(thrown: unknown): WirebookError | undefined {
  if (thrown instanceof WirebookError) return thrown;
  if (!(thrown instanceof Error) || !('status' in thrown) || typeof thrown.status !== 'number') return undefined;
  if (thrown.status === 413) return new WirebookError('SERVER_BODY_TOO_LARGE', 'the body of the request is too large', thrown);
  if (thrown.status === 404) return new WirebookError('SERVER_ROUTE_UNKNOWN', 'there is no such file', thrown);
  if (thrown.status >= 400 && thrown.status < 500)
    return new WirebookError('SERVER_REQUEST_INVALID', `the request cannot be read: ${thrown.message}`, thrown);
  return undefined;
}
