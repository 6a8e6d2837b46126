import { closedOrgId, demoOrgId, emptyOrgId, type SimulatorCredentials } from '../credentials.ts';
import { createSeededIds } from '../ids.ts';
import { applyContent } from '../platform/apply-content.ts';
import { createCounters } from '../platform/counters.ts';
import { createOrganisation } from '../platform/organisation.ts';
import type { Platform } from '../platform/platform.ts';
import type { ApiKey, User } from '../platform/principal.ts';
import { createDemoContent } from './demo-content.ts';

const identities = [
  { id: demoOrgId, name: 'Harbour Lane Credit Union', enabled: true, hasCloudAccount: true },
  { id: emptyOrgId, name: 'Quarry Road Training', enabled: true, hasCloudAccount: true },
  { id: closedOrgId, name: 'Old Mill Archive', enabled: false, hasCloudAccount: false },
] as const;

/** Users and API keys with their numbers, the same for every reset. */
export interface Accounts {
  readonly users: readonly { readonly user: User; readonly orgIds: readonly number[] }[];
  readonly apiKeys: readonly { readonly apiKey: ApiKey; readonly orgId: number }[];
}

export function createAccounts(credentials: SimulatorCredentials): Accounts {
  return {
    users: credentials.users.map(({ email, password, firstName, lastName, orgIds }, index) => ({
      user: { id: index + 1, email, password, firstName, lastName },
      orgIds,
    })),
    apiKeys: credentials.apiKeys.map(({ id, secret, displayName, orgId }, index) => ({
      apiKey: { handle: credentials.users.length + index + 1, id, secret, displayName },
      orgId,
    })),
  };
}

/**
 * Puts the organisations into a platform as they are at the start, in place of what it has.
 *
 * @param seed the same one gives every object the same ids and uuids.
 */
export function fillPlatform(platform: Platform, accounts: Accounts, seed: string): void {
  platform.organisations.clear();
  platform.ids = createSeededIds(`objects\n${seed}`);
  platform.counters = createCounters();
  const nowMs = platform.clock.now();
  for (const identity of identities) {
    const org = createOrganisation({ ...identity, createdMs: nowMs }, { ids: platform.ids, numbers: platform.counters });
    for (const { user, orgIds } of accounts.users) if (orgIds.includes(org.id)) org.users.set(user.id, user);
    for (const { apiKey, orgId } of accounts.apiKeys) if (orgId === org.id) org.apiKeys.set(apiKey.handle, apiKey);
    platform.organisations.set(org.id, org);
    if (org.id === demoOrgId) applyContent(platform, org, createDemoContent(nowMs));
  }
}
