import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import { findUserLogin, type LoginMatch, type Platform } from '../platform/platform.ts';

interface OpenSession {
  readonly sessionId: string;
  readonly csrfToken: string;
}

/** Sessions of e-mail logins. */
export interface LoginSessions {
  open(email: string, password: string): (OpenSession & { readonly match: LoginMatch }) | undefined;
  /** The login of a session that is neither expired nor unknown; using it keeps it open. */
  find(session: OpenSession): LoginMatch | undefined;
  end(sessionId: string): void;
  expireAll(): void;
}

/** Seconds a session lives after its last use, as `session_timeout` of an organisation says. */
export const sessionTimeoutSeconds = 1200;

export function createLoginSessions(platform: Platform, { clock, ids }: { clock: Clock; ids: Ids }): LoginSessions {
  const sessions = new Map<string, { csrfToken: string; email: string; password: string; usedMs: number }>();
  return {
    open(email, password) {
      const match = findUserLogin(platform, email, password);
      if (match === undefined) return undefined;
      const session = { sessionId: ids.token().toUpperCase(), csrfToken: ids.token() };
      sessions.set(session.sessionId, { csrfToken: session.csrfToken, email, password, usedMs: clock.now() });
      return { ...session, match };
    },
    find({ sessionId, csrfToken }) {
      const session = sessions.get(sessionId);
      if (session === undefined || session.csrfToken !== csrfToken) return undefined;
      if (clock.now() - session.usedMs > sessionTimeoutSeconds * 1000) {
        sessions.delete(sessionId);
        return undefined;
      }
      session.usedMs = clock.now();
      return findUserLogin(platform, session.email, session.password);
    },
    end: (sessionId) => void sessions.delete(sessionId),
    expireAll: () => sessions.clear(),
  };
}
