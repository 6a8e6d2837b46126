import { createSeededIds, type Ids } from './ids.ts';
import { systemIds } from './system-ids.ts';

export interface AccountCredentials {
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Organisations the user belongs to. */
  readonly orgIds: readonly number[];
}

export interface ApiKeyCredentials {
  readonly id: string;
  readonly secret: string;
  readonly displayName: string;
  readonly orgId: number;
}

/** Every login of the simulated platform. */
export interface SimulatorCredentials {
  readonly users: readonly AccountCredentials[];
  readonly apiKeys: readonly ApiKeyCredentials[];
  /** What the platform itself logs in to the broker with. */
  readonly platform: { readonly login: string; readonly passcode: string };
}

export const demoOrgId = 201;
export const emptyOrgId = 202;
/** Exists so that a client meets an organisation that may not be entered. */
export const closedOrgId = 203;

/**
 * The logins a simulator started with this seed has, so that a real broker can be given the same ones before it starts.
 *
 * @param seed without one the secrets are random and differ on every call.
 */
export function simulatorCredentials(seed?: string): SimulatorCredentials {
  const ids: Ids = seed === undefined ? systemIds : createSeededIds(`credentials\n${seed}`);
  return {
    users: [
      user('integration@harbour.example', ['Nora', 'Lindqvist'], [demoOrgId]),
      user('analyst@harbour.example', ['Hugo', 'Almeida'], [demoOrgId]),
      user('integration@quarry.example', ['Mei', 'Tanaka'], [emptyOrgId]),
      user('auditor@groups.example', ['Sam', 'Okafor'], [demoOrgId, emptyOrgId, closedOrgId]),
    ].map((account) => ({ ...account, password: ids.token() })),
    apiKeys: [
      { displayName: 'Harbour Integration', orgId: demoOrgId },
      { displayName: 'Quarry Integration', orgId: emptyOrgId },
    ].map((apiKey) => ({ ...apiKey, id: ids.uuid(), secret: ids.token() })),
    platform: { login: 'platform-action-module', passcode: ids.token() },
  };
}

function user(email: string, [firstName, lastName]: readonly [string, string], orgIds: readonly number[]) {
  return { email, firstName, lastName, orgIds };
}
