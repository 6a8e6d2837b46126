import type { WirebookError } from '@wirebook/errors';
import type { RetryPolicy } from '@wirebook/flow';

/** Decides on further tries of the steps of one node. */
export interface RetryPlan {
  /**
   * Milliseconds to wait before the next try; null when there is none.
   *
   * @param failedTries those of this step so far, 1 or more.
   */
  findWaitMs(error: WirebookError, failedTries: number): number | null;
}

/** @param random 0 to below 1. */
export function createRetryPlan(policy: RetryPolicy, random: () => number): RetryPlan {
  const codes: ReadonlySet<string> = new Set(typeof policy.on === 'string' ? [] : policy.on);

  function isWorthIt(error: WirebookError): boolean {
    switch (policy.on) {
      case 'any':
        return true;
      case 'world':
        return error.blame === 'world';
      case 'retryable':
        return error.retryable || hasPassingStatus(error);
      default:
        return codes.has(error.code);
    }
  }

  return {
    findWaitMs: (error, failedTries) => {
      if (failedTries > policy.times || neverTriedAgain.has(error.code) || !isWorthIt(error)) return null;
      const fullMs = policy.backoff === 'fixed' ? policy.delayMs : policy.delayMs * 2 ** (failedTries - 1);
      const askedMs = typeof error.details?.retryAfterMs === 'number' ? error.details.retryAfterMs : 0;
      const waitMs = Math.min(fullMs, policy.maxDelayMs) * (1 - policy.jitter * random());
      return Math.round(Math.max(waitMs, Math.min(askedMs, policy.maxDelayMs)));
    },
  };
}

/** What another try cannot make better, whatever a policy says, and what it might do twice. */
const neverTriedAgain: ReadonlySet<string> = new Set([
  'ENGINE_WRITE_IN_DOUBT',
  'ENGINE_STEP_TIMEOUT',
  'ENGINE_RUN_TIMEOUT',
  'ENGINE_RUN_CANCELLED',
  'ENGINE_INVARIANT_BROKEN',
  'ENGINE_REPLY_ALREADY_COMPLETED',
  'FLOW_LOOP_LIMIT',
]);

/** Answers of a server that may be others a moment later; their code covers all other answers too. */
function hasPassingStatus({ code, details }: WirebookError): boolean {
  const status = details?.status;
  return code === 'HTTP_STATUS' && typeof status === 'number' && passingStatuses.has(status);
}

const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * True when an error says that the call which it ended wrote nothing: the other side refused it (a status from 400 to 499, but not
 * 408), it never had a connection, or it was refused before it left.
 */
export function saysNothingWritten({ code, details }: WirebookError): boolean {
  if (refusedCodes.has(code)) return true;
  const status = details?.status;
  if (typeof status === 'number') return status >= 400 && status <= 499 && status !== 408;
  return unreachableCodes.has(code) && neverConnected.has(String(details?.reason));
}

/** Raised before anything is sent, or by the platform for what it refused. */
const refusedCodes: ReadonlySet<string> = new Set([
  'NODE_INPUT_INVALID',
  'HTTP_ADDRESS_BLOCKED',
  'HTTP_CIRCUIT_OPEN',
  'HTTP_RATE_QUEUE_FULL',
  'HTTP_RETRY_AFTER_TOO_LONG',
  'HTTP_CONNECTIONS_BUSY',
  'SOAR_REST_BUSY',
  'SCRIPT_QUEUE_FULL',
  'SOAR_CONFLICT',
  'SOAR_RATE_LIMITED',
  'SOAR_PROXY_UNREACHABLE',
  'SOAR_PROXY_LOGIN_REFUSED',
  'SOAR_PROXY_REFUSED',
  'SOAR_LOGIN_REFUSED',
  'SOAR_TLS_UNTRUSTED',
  'SOAR_TLS_NAME_MISMATCH',
  'SOAR_TLS_EXPIRED',
  'SOAR_PATH_INVALID',
  'SOAR_FIELD_UNKNOWN',
  'SOAR_TABLE_UNKNOWN',
  'SOAR_ROW_NOT_FOUND',
  'SOAR_ROW_AMBIGUOUS',
  'SOAR_SELECT_VALUE_UNKNOWN',
  'SOAR_NUMBER_NOT_INTEGER',
]);

const unreachableCodes: ReadonlySet<string> = new Set(['HTTP_UNREACHABLE', 'SOAR_REST_UNREACHABLE']);

/** Socket errors that come before the first byte of a request. */
const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
