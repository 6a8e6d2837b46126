import { type ErrorCode, WirebookError } from '@wirebook/errors';

/**
 * What a command tells its caller. 20 to 32 are the numbers that operators of resilient-circuits know from its selftest; 22 and 30 are
 * of our selftest only: in `run` a file that is missing is a wrong app.config, and a broker that is not reached is waited for.
 */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  config: 3,
  flow: 4,
  locked: 5,
  restUnreachable: 20,
  loginRefused: 21,
  caFile: 22,
  tls: 23,
  organisation: 24,
  brokerUnreachable: 30,
  brokerLoginRefused: 31,
  brokerNotAuthorized: 32,
  /** An error that nobody owned ended the engine: start it again. */
  crashed: 70,
} as const;

const byCode: Partial<Record<ErrorCode, number>> = {
  ENGINE_DATA_FOLDER_LOCKED: exitCodes.locked,
  SOAR_REST_UNREACHABLE: exitCodes.restUnreachable,
  SOAR_REST_TIMEOUT: exitCodes.restUnreachable,
  SOAR_PROXY_UNREACHABLE: exitCodes.restUnreachable,
  SOAR_PROXY_REFUSED: exitCodes.restUnreachable,
  SOAR_PROXY_LOGIN_REFUSED: exitCodes.restUnreachable,
  SOAR_RESPONSE_INVALID: exitCodes.restUnreachable,
  SOAR_LOGIN_REFUSED: exitCodes.loginRefused,
  SOAR_TLS_UNTRUSTED: exitCodes.tls,
  SOAR_TLS_NAME_MISMATCH: exitCodes.tls,
  SOAR_TLS_EXPIRED: exitCodes.tls,
  SOAR_ORG_MISSING: exitCodes.organisation,
  SOAR_ORG_UNKNOWN: exitCodes.organisation,
  SOAR_ORG_DISABLED: exitCodes.organisation,
  SOAR_BROKER_LOGIN_REFUSED: exitCodes.brokerLoginRefused,
  SOAR_BROKER_NOT_AUTHORIZED: exitCodes.brokerNotAuthorized,
  SOAR_FUNCTION_UNKNOWN: exitCodes.flow,
  SOAR_CONNECTION_UNKNOWN: exitCodes.flow,
};

/** The exit code for an error that ended a command. */
export function toExitCode(error: unknown): number {
  if (!(error instanceof WirebookError)) return exitCodes.failed;
  const known = byCode[error.code];
  if (known !== undefined) return known;
  if (error.code.startsWith('CONFIG_')) return exitCodes.config;
  if (error.code.startsWith('FLOW_')) return exitCodes.flow;
  return exitCodes.failed;
}

/** One paragraph for a person: what, where, what to do next. */
export function describeError(error: unknown): string {
  if (error instanceof WirebookError) return `${error.message}\n  ${error.hint} [${error.code}]`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
