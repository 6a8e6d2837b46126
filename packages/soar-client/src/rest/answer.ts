import { type ErrorCode, type ErrorDetails, isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';

export interface AnsweredCall {
  readonly method: string;
  /** Path with the query, free of secrets. */
  readonly path: string;
  readonly status: number;
  readonly text: string;
  /** Where a redirect points to. */
  readonly location: string | undefined;
  readonly scrub: (text: string) => string;
}

/** Statuses after which the same call may succeed. */
export const passingStatuses: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

const statusCodes: Readonly<Record<number, ErrorCode>> = {
  401: 'SOAR_SESSION_ENDED',
  403: 'SOAR_FORBIDDEN',
  404: 'SOAR_NOT_FOUND',
  409: 'SOAR_CONFLICT',
  429: 'SOAR_RATE_LIMITED',
};

/**
 * The JSON of a 2xx answer; null when it has no body.
 *
 * @throws SOAR_RESPONSE_INVALID for anything that is not JSON.
 */
export function readAnswerBody(answer: AnsweredCall): JsonValue {
  if (answer.text.trim() === '') return null;
  try {
    const body: JsonValue = JSON.parse(answer.text);
    return body;
  } catch {
    const start = showStart(answer, 80);
    throw new WirebookError(
      'SOAR_RESPONSE_INVALID',
      `${answer.method} ${answer.path}: the answer (${answer.status}) is not JSON, it begins with "${start}"`,
      undefined,
      describe(answer),
    );
  }
}

/** The coded error of an answer that is not 2xx; carries the platform's own text. */
export function toAnswerError(answer: AnsweredCall): WirebookError {
  const line = `${answer.method} ${answer.path}: the platform answered ${answer.status}`;
  if (answer.status < 400) {
    const target = answer.location === undefined ? '' : ` to ${answer.scrub(answer.location.replace(/[?#].*$/s, ''))}`;
    return new WirebookError(
      'SOAR_RESPONSE_INVALID',
      `${line}, a redirect${target}; redirects are not followed`,
      undefined,
      describe(answer),
    );
  }
  const said = findPlatformText(answer);
  const code = statusCodes[answer.status] ?? (answer.status < 500 ? 'SOAR_BAD_REQUEST' : 'SOAR_SERVER_ERROR');
  const details = said === undefined ? describe(answer) : { ...describe(answer), platformMessage: said };
  return new WirebookError(code, said === undefined ? `${line} without a text` : `${line}: ${said}`, undefined, details);
}

function describe(answer: AnsweredCall): ErrorDetails {
  return { status: answer.status, method: answer.method, path: answer.path };
}

// Proxies in front of the platform answer HTML: then its beginning is all there is to show.
function findPlatformText(answer: AnsweredCall): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(answer.text);
  } catch {
    const start = showStart(answer, 200).trim();
    return start === '' ? undefined : start;
  }
  const message = isJsonObject(body) ? body.message : undefined;
  const title = isJsonObject(body) ? body.title : undefined;
  const said = [title, message].filter((part): part is string => typeof part === 'string' && part !== '').join(': ');
  return said === '' ? undefined : answer.scrub(said).slice(0, 2000);
}

// Cut after the scrubbing: half a secret would not be found.
function showStart(answer: AnsweredCall, length: number): string {
  return answer.scrub(answer.text.slice(0, 20_000)).replace(/\s+/g, ' ').slice(0, length);
}
