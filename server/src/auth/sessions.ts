import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Role, roles } from '@wirebook/api';
import type { IdSource } from '@wirebook/node-kit';
import type { AppStore, StoredUser } from '@wirebook/store';
import type { RequestSession, SignedInUser } from '../http/route-handlers.ts';
import type { SecretSource } from './system-random.ts';

export interface SessionsOptions {
  readonly store: AppStore;
  readonly clock: { now(): number };
  readonly ids: IdSource;
  readonly secrets: SecretSource;
}

export interface PresentSession {
  readonly user: SignedInUser;
  readonly session: RequestSession;
}

export interface Sessions {
  /** Gives the token, which is kept nowhere, for the browser. */
  begin(userId: string, isByLink: boolean): { readonly token: string; readonly session: RequestSession };
  /** Who a token stands for; using a session keeps it alive. */
  find(token: string | null): PresentSession | null;
  /** Ids of all sessions that are not over. */
  listIds(): readonly string[];
  end(sessionId: string): void;
  endOfUser(userId: string, exceptSessionId?: string): void;
  /** Hears of sessions that were ended by a call; those that run out or whose user another process removed are not told. */
  onEnd(listener: (sessionIds: readonly string[]) => void): () => void;
}

export const longestSessionMs = 30 * 24 * 60 * 60_000;
const idleSessionMs = 7 * 24 * 60 * 60_000;
/** A session is written again no more often than this. */
const touchEveryMs = 5 * 60_000;

export function createSessions({ store, clock, ids, secrets }: SessionsOptions): Sessions {
  const listeners = new Set<(sessionIds: readonly string[]) => void>();

  function tell(sessionIds: readonly string[]): void {
    if (sessionIds.length > 0) for (const listener of listeners) listener(sessionIds);
  }

  return {
    begin: (userId, isByLink) => {
      const token = secrets.nextToken();
      const id = ids.nextId();
      store.transaction(() => {
        store.sessions.prune();
        store.sessions.add({ id, token, userId, isByLink, expiresAtMs: clock.now() + idleSessionMs });
        store.users.setLastSeen(userId);
      });
      return { token, session: { id, isByLink, csrfToken: toCsrfToken(token) } };
    },
    find: (token) => {
      const stored = token === null ? undefined : store.sessions.findByToken(token);
      const user = stored === undefined ? undefined : store.users.find(stored.userId);
      if (token === null || stored === undefined || user === undefined) return null;
      const nowMs = clock.now();
      if (stored.expiresAtMs - nowMs < idleSessionMs - touchEveryMs) {
        store.sessions.setEnd(stored.id, Math.min(nowMs + idleSessionMs, stored.createdAtMs + longestSessionMs));
        store.users.setLastSeen(user.id);
      }
      return {
        user: { id: user.id, name: user.name, role: toRole(user) },
        session: { id: stored.id, isByLink: stored.isByLink, csrfToken: toCsrfToken(token) },
      };
    },
    listIds: () => store.sessions.listIds(),
    end: (sessionId) => {
      store.sessions.remove(sessionId);
      tell([sessionId]);
    },
    endOfUser: (userId, exceptSessionId) => tell(store.sessions.removeOfUser(userId, exceptSessionId)),
    onEnd: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A role that this Wirebook does not know may do the least. */
export function toRole(user: StoredUser): Role {
  return roles.find((role) => role === user.role) ?? 'viewer';
}

/** Follows from the token of the session, so that nothing has to be kept; the token does not follow from it. */
function toCsrfToken(token: string): string {
  return createHmac('sha256', token).update('csrf').digest('base64url');
}

/** In a time that does not tell how much of it is right. */
export function isCsrfToken(session: RequestSession, given: string): boolean {
  const expected = Buffer.from(session.csrfToken);
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
