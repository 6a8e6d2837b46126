import type { Role, UserView } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import type { IdSource } from '@wirebook/node-kit';
import type { AppStore, StoredUser } from '@wirebook/store';
import { toRole } from './sessions.ts';
import type { SecretSource } from './system-random.ts';

export interface UsersOptions {
  readonly store: AppStore;
  readonly clock: { now(): number };
  readonly ids: IdSource;
  readonly secrets: SecretSource;
}

/** The people who may sign in; used by the server, and by `wirebook user` beside it. */
export interface Users {
  list(): readonly UserView[];
  /** @throws SERVER_USER_UNKNOWN */
  get(id: string): UserView;
  /** @throws SERVER_USER_UNKNOWN */
  getByName(name: string): UserView;
  /** @throws SERVER_USER_EXISTS */
  add(name: string, role: Role): UserView;
  /** @throws SERVER_USER_UNKNOWN, SERVER_LAST_OWNER */
  setRole(id: string, role: Role): UserView;
  /**
   * The user, who may be removed.
   *
   * @throws SERVER_USER_UNKNOWN, SERVER_LAST_OWNER
   */
  getRemovable(id: string): UserView;
  /** @throws SERVER_USER_UNKNOWN, SERVER_LAST_OWNER */
  remove(id: string): void;
  /** The token of a link that signs in once, within a day; the link that the user had before is void. */
  makeLink(id: string): string;
  /** Makes the user "owner" when nobody is there yet. */
  ensureOwner(): void;
  /** An owner who has no password yet, if there is one. */
  findOwnerWithoutPassword(): UserView | undefined;
  /** Whether anybody can sign in by a password. */
  hasPassword(): boolean;
}

const linkLifeMs = 24 * 60 * 60_000;

export function createUsers({ store, clock, ids, secrets }: UsersOptions): Users {
  function get(id: string): UserView {
    const user = store.users.find(id);
    if (user === undefined) throw new WirebookError('SERVER_USER_UNKNOWN', 'there is no such user (any more)');
    return toView(user);
  }

  function add(name: string, role: Role): UserView {
    const taken = store.users.findByName(name);
    if (taken !== undefined) throw new WirebookError('SERVER_USER_EXISTS', `there is a user "${taken.name}" already`);
    const id = ids.nextId();
    store.users.add({ id, name, role });
    return get(id);
  }

  function assertNotLastOwner(user: UserView): void {
    const owners = store.users.list().filter(({ role }) => role === 'owner');
    if (user.role === 'owner' && owners.length === 1)
      throw new WirebookError('SERVER_LAST_OWNER', `"${user.name}" is the only owner; without an owner nobody could manage users`);
  }

  function getRemovable(id: string): UserView {
    const user = get(id);
    assertNotLastOwner(user);
    return user;
  }

  return {
    getRemovable,
    list: () => store.users.list().map(toView),
    get,
    getByName: (name) => {
      const user = store.users.findByName(name);
      if (user === undefined) throw new WirebookError('SERVER_USER_UNKNOWN', `there is no user "${name}"`);
      return toView(user);
    },
    add: (name, role) => store.transaction(() => add(name, role)),
    setRole: (id, role) =>
      store.transaction(() => {
        const user = get(id);
        if (role !== 'owner') assertNotLastOwner(user);
        store.users.setRole(id, role);
        return { ...user, role };
      }),
    remove: (id) =>
      store.transaction(() => {
        store.users.remove(getRemovable(id).id);
      }),
    makeLink: (id) => {
      const token = secrets.nextToken();
      store.links.add({ token, userId: get(id).id, expiresAtMs: clock.now() + linkLifeMs });
      return token;
    },
    ensureOwner: () =>
      store.transaction(() => {
        if (store.users.list().length === 0) add('owner', 'owner');
      }),
    findOwnerWithoutPassword: () =>
      store.users
        .list()
        .map(toView)
        .find(({ role, hasPassword }) => role === 'owner' && !hasPassword),
    hasPassword: () => store.users.list().some(({ passwordHash }) => passwordHash !== null),
  };
}

function toView(user: StoredUser): UserView {
  const { id, name, createdAtMs, lastSeenAtMs, passwordHash } = user;
  return { id, name, role: toRole(user), hasPassword: passwordHash !== null, createdAtMs, lastSeenAtMs };
}
