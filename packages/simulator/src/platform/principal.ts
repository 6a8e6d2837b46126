import type { JsonObject } from '../json-value.ts';

export interface User {
  readonly id: number;
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface ApiKey {
  /** The number that `api_keys` lists hold. */
  readonly handle: number;
  readonly id: string;
  readonly secret: string;
  readonly displayName: string;
}

/** Who does something: a user, an API key, or the platform itself. */
export type Principal =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'apikey'; readonly apiKey: ApiKey }
  | { readonly kind: 'system' };

export const systemPrincipal: Principal = { kind: 'system' };

export function principalId(principal: Principal): number {
  if (principal.kind === 'user') return principal.user.id;
  return principal.kind === 'apikey' ? principal.apiKey.handle : 0;
}

export function displayName(principal: Principal): string {
  if (principal.kind === 'user') return `${principal.user.firstName} ${principal.user.lastName}`;
  return principal.kind === 'apikey' ? principal.apiKey.displayName : 'System User';
}

/** `{id, type, name, display_name}` as it stands in most objects. */
export function toPrincipalDto(principal: Principal): JsonObject {
  const names = { user: 'user', apikey: 'apikey', system: 'system' } as const;
  const name = principal.kind === 'user' ? principal.user.email : principal.kind === 'apikey' ? principal.apiKey.id : 'System User';
  return { id: principalId(principal), type: names[principal.kind], name, display_name: displayName(principal) };
}

/** The person in an incident's `creator` and a message's `user`. */
export function toPersonDto(principal: Principal): JsonObject {
  const isUser = principal.kind === 'user';
  return {
    id: principalId(principal),
    fname: isUser ? principal.user.firstName : displayName(principal),
    lname: isUser ? principal.user.lastName : '',
    email: isUser ? principal.user.email : null,
    status: 'A',
    locked: false,
    is_external: false,
    title: null,
    notes: null,
    phone: null,
    cell: null,
    last_login: null,
  };
}
