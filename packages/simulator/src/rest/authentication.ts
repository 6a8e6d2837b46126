import type { IncomingMessage } from 'node:http';
import { findApiKeyLogin, type LoginMatch, type Platform } from '../platform/platform.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { LoginSessions } from './login-session.ts';

/**
 * Who sent a request: an API key in the Basic header, or a session's cookie together with its token in `X-sess-id`.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED (401) without either.
 */
export function authenticate(
  request: IncomingMessage,
  { platform, sessions }: { platform: Platform; sessions: LoginSessions },
): LoginMatch {
  const match = findBasicLogin(request, platform) ?? findSessionLogin(request, sessions);
  if (match === undefined) throw refusal(401, 'Authentication is required: log in again.');
  return match;
}

function findBasicLogin(request: IncomingMessage, platform: Platform): LoginMatch | undefined {
  const [scheme = '', encoded = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : findApiKeyLogin(platform, text.slice(0, colon), text.slice(colon + 1));
}

function findSessionLogin(request: IncomingMessage, sessions: LoginSessions): LoginMatch | undefined {
  const csrfToken = request.headers['x-sess-id'];
  const sessionId = findSessionCookie(request);
  return typeof csrfToken === 'string' && sessionId !== undefined ? sessions.find({ sessionId, csrfToken }) : undefined;
}

export function findSessionCookie(request: IncomingMessage): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith('JSESSIONID='))?.slice('JSESSIONID='.length);
}

/** Whether a request carried anything that a thief could use. */
export function carriesCredentials(request: IncomingMessage): boolean {
  return request.headers.authorization !== undefined || request.headers.cookie !== undefined || request.headers['x-sess-id'] !== undefined;
}
