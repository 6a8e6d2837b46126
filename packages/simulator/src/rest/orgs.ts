import type { JsonObject } from '../json-value.ts';
import { toPersonDto } from '../platform/principal.ts';
import { type OrgRoute, ok } from './rest-route.ts';

/** The organisation itself. */
export const orgRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '',
    handle({ org }) {
      const users: JsonObject = Object.fromEntries(
        [...org.users.values()].map((user) => [String(user.id), toPersonDto({ kind: 'user', user })]),
      );
      return ok({
        id: org.id,
        name: org.name,
        uuid: org.uuid,
        cloud_account: org.cloudAccount,
        enabled: org.enabled,
        actions_framework_enabled: true,
        users,
      });
    },
  },
];
