import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { type Role, roles } from './permissions.ts';

const userName = { type: 'string', minLength: 1, maxLength: 100, pattern: '^[^\\s\\p{C}][^\\p{C}]*$' } as const;
const password = { type: 'string', minLength: 10, maxLength: 200 } as const;

export const signInSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'password'],
  properties: { name: userName, password: { type: 'string', minLength: 1, maxLength: 200 } },
} as const satisfies JSONSchema;
export type SignInBody = FromSchema<typeof signInSchema>;

/** The link that the command line prints holds the token behind `#`, so that it stands in no log. */
export const signInByLinkSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['token'],
  properties: { token: { type: 'string', minLength: 20, maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' } },
} as const satisfies JSONSchema;
export type SignInByLinkBody = FromSchema<typeof signInByLinkSchema>;

/** `current` may be absent only when the account has no password yet, or the session came by a link. */
export const setPasswordSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['next'],
  properties: { current: { type: 'string', minLength: 1, maxLength: 200 }, next: password },
} as const satisfies JSONSchema;
export type SetPasswordBody = FromSchema<typeof setPasswordSchema>;

export const addUserSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'role'],
  properties: { name: userName, role: { enum: roles } },
} as const satisfies JSONSchema;
export type AddUserBody = FromSchema<typeof addUserSchema>;

export const changeUserSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['role'],
  properties: { role: { enum: roles } },
} as const satisfies JSONSchema;
export type ChangeUserBody = FromSchema<typeof changeUserSchema>;

export interface UserView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly hasPassword: boolean;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number | null;
}

/** What the editor asks first. */
export interface SessionView {
  /** Null: nobody is signed in. */
  readonly user: UserView | null;
  /** Header `x-csrf-token` of every request but GET; null when nobody is signed in. */
  readonly csrfToken: string | null;
  readonly product: {
    readonly version: string;
    /** The console page exists. */
    readonly hasSimulator: boolean;
    /** IANA name; every time is shown in it. */
    readonly timeZone: string;
  };
}

export interface UserAdded {
  readonly user: UserView;
  /** One-time, for a day. */
  readonly signInLink: string;
}
