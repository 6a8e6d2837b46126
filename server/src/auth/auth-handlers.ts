import type { SessionView } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import type { AppStore } from '@wirebook/store';
import type { HandlerRequest, RouteHandlers } from '../http/route-handlers.ts';
import type { LoginAttempt, LoginThrottle } from './login-throttle.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import type { Sessions } from './sessions.ts';
import type { SecretSource } from './system-random.ts';
import type { Users } from './users.ts';

export interface AuthHandlersOptions {
  readonly store: AppStore;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly throttle: LoginThrottle;
  readonly secrets: SecretSource;
  readonly product: SessionView['product'];
  /** The address that a link to sign in leads to, with the token behind `#`. */
  readonly toSignInLink: (token: string) => string;
}

type AuthRoute =
  | 'getSession'
  | 'signIn'
  | 'signInByLink'
  | 'signOut'
  | 'setPassword'
  | 'listUsers'
  | 'addUser'
  | 'changeUser'
  | 'removeUser';

/** Signing in and out, passwords, users. */
export function createAuthHandlers(options: AuthHandlersOptions): Pick<RouteHandlers, AuthRoute> {
  const { store, users, sessions, throttle, secrets, product } = options;

  /** The session that the browser had before ends: a token that somebody else put there is worth nothing. */
  function begin(request: HandlerRequest<'signIn'> | HandlerRequest<'signInByLink'>, userId: string, isByLink: boolean): SessionView {
    if (request.session !== null) sessions.end(request.session.id);
    const { token, session } = sessions.begin(userId, isByLink);
    request.setSessionToken(token);
    const user = users.get(userId);
    store.audit.add({ userName: user.name, action: 'sign-in', subject: isByLink ? 'link' : 'password' });
    return { user, csrfToken: session.csrfToken, product };
  }

  return {
    getSession: ({ user, session }) => ({
      user: user === null ? null : users.get(user.id),
      csrfToken: session?.csrfToken ?? null,
      product,
    }),
    signIn: async (request) => {
      const { name, password } = request.body;
      const attempt: LoginAttempt = { name, address: request.remoteAddress };
      throttle.begin(attempt);
      const user = store.users.findByName(name);
      const isRight = await isPassword(password, user?.passwordHash ?? null);
      if (user === undefined || !isRight) throw new WirebookError('SERVER_SIGN_IN_REFUSED', 'name or password is wrong');
      throttle.succeed(attempt);
      return begin(request, user.id, false);
    },
    signInByLink: (request) => {
      const attempt: LoginAttempt = { name: null, address: request.remoteAddress };
      throttle.begin(attempt);
      const userId = store.links.take(request.body.token);
      if (userId === undefined) throw new WirebookError('SERVER_LINK_REFUSED', 'the sign-in link was used before, is too old, or is void');
      throttle.succeed(attempt);
      return begin(request, userId, true);
    },
    signOut: ({ session, setSessionToken }) => {
      sessions.end(session.id);
      setSessionToken(null);
      return undefined;
    },
    setPassword: async ({ body, user, session, remoteAddress }) => {
      const present = store.users.find(user.id)?.passwordHash ?? null;
      if (present !== null && !session.isByLink) {
        const attempt: LoginAttempt = { name: user.name, address: remoteAddress };
        throttle.begin(attempt);
        if (body.current === undefined || !(await isPassword(body.current, present)))
          throw new WirebookError('SERVER_REQUEST_INVALID', 'the present password is wrong');
        throttle.succeed(attempt);
      }
      store.users.setPasswordHash(user.id, await hashPassword(body.next, secrets.nextSalt()));
      store.audit.add({ userName: user.name, action: 'set-password', subject: user.name });
      sessions.endOfUser(user.id, session.id);
      return undefined;
    },
    listUsers: () => ({ users: users.list() }),
    addUser: ({ body, user }) => {
      const added = users.add(body.name, body.role);
      store.audit.add({ userName: user.name, action: 'add-user', subject: `${added.name} (${added.role})` });
      return { user: added, signInLink: options.toSignInLink(users.makeLink(added.id)) };
    },
    changeUser: ({ params, body, user }) => {
      const changed = users.setRole(params.userId, body.role);
      store.audit.add({ userName: user.name, action: 'change-role', subject: `${changed.name} (${changed.role})` });
      return changed;
    },
    removeUser: ({ params, user, setSessionToken }) => {
      const removed = users.getRemovable(params.userId);
      sessions.endOfUser(removed.id);
      users.remove(removed.id);
      store.audit.add({ userName: user.name, action: 'remove-user', subject: removed.name });
      if (removed.id === user.id) setSessionToken(null);
      return undefined;
    },
  };
}
