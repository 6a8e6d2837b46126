import type { Role, RouteName, RouteTypes, routes } from '@wirebook/api';

/** Who asks. */
export interface SignedInUser {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

export interface RequestSession {
  /** Of the session, not its secret. */
  readonly id: string;
  /** It was begun by a one-time link: a password may be set without the present one. */
  readonly isByLink: boolean;
  readonly csrfToken: string;
}

type PartOf<Name extends RouteName, Key extends string> = RouteTypes[Name] extends Readonly<Record<Key, infer Part>> ? Part : undefined;
type IsPublic<Name extends RouteName> = (typeof routes)[Name]['permission'] extends 'public' ? null : never;

/** What a handler is given; permission and body are checked before. */
export interface HandlerRequest<Name extends RouteName> {
  readonly params: PartOf<Name, 'params'>;
  /** One text for each key that the address named; every key may be absent, and none is checked but for being known. */
  readonly query: PartOf<Name, 'query'>;
  readonly body: PartOf<Name, 'body'>;
  /** Null on public routes when nobody is signed in. */
  readonly user: SignedInUser | IsPublic<Name>;
  readonly session: RequestSession | IsPublic<Name>;
  /** Address of the other end. */
  readonly remoteAddress: string;
  /** Gives the browser the token of a new session, or with null takes it away. */
  setSessionToken(token: string | null): void;
}

/** One handler a route; undefined is answered with status 204, a thrown WirebookError with the status of its code. */
export type Handler<Name extends RouteName> = (
  request: HandlerRequest<Name>,
) => Promise<RouteTypes[Name]['answer']> | RouteTypes[Name]['answer'];

/** All of them: composed of what several functions `create…Handlers` give. */
export type RouteHandlers = { readonly [Name in RouteName]: Handler<Name> };
