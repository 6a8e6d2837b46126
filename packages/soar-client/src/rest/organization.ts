import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';

export interface Organization {
  readonly id: number;
  readonly name: string;
  readonly uuid: string | null;
  readonly cloudAccount: string | null;
  readonly enabled: boolean;
}

export interface OrganizationChoice {
  readonly organizations: readonly Organization[];
  /** Name, uuid or cloud account. */
  readonly wanted: string | undefined;
  /** The address that the platform saw, for the message. */
  readonly sessionIp: string | null;
}

/** The organisations of a session answer; entries without an id are left out. */
export function readOrganizations(orgs: JsonValue | undefined): readonly Organization[] | undefined {
  if (!Array.isArray(orgs)) return undefined;
  const list: readonly JsonValue[] = orgs;
  return list.flatMap((org) => {
    if (!isJsonObject(org) || typeof org.id !== 'number') return [];
    return [
      {
        id: org.id,
        name: typeof org.name === 'string' ? org.name : '',
        uuid: typeof org.uuid === 'string' ? org.uuid : null,
        cloudAccount: typeof org.cloud_account === 'string' ? org.cloud_account : null,
        enabled: org.enabled === true,
      },
    ];
  });
}

/**
 * The organisation that is meant: the first whose cloud account, uuid or name is the wanted text.
 *
 * @throws SOAR_ORG_NONE, SOAR_ORG_MISSING, SOAR_ORG_UNKNOWN, SOAR_ORG_DISABLED
 */
export function chooseOrganization(choice: OrganizationChoice): Organization {
  const { organizations, wanted } = choice;
  const names = organizations.map((org) => `"${org.name}"`).join(', ');
  const [first, ...others] = organizations;
  if (first === undefined)
    throw new WirebookError('SOAR_ORG_NONE', 'the login is accepted, but the account is a member of no organisation');
  if (wanted === undefined || wanted === '') {
    if (others.length > 0)
      throw new WirebookError('SOAR_ORG_MISSING', `the account has several organisations; set org to one of: ${names}`);
    return assertEnabled(first, choice.sessionIp);
  }
  const found = organizations.find((org) => org.cloudAccount === wanted || org.uuid === wanted || org.name === wanted);
  if (found === undefined) {
    throw new WirebookError('SOAR_ORG_UNKNOWN', `the account is not a member of organisation "${wanted}"; it has: ${names}`);
  }
  return assertEnabled(found, choice.sessionIp);
}

export function assertEnabled(org: Organization, sessionIp: string | null): Organization {
  if (org.enabled) return org;
  const from = sessionIp === null ? '' : `; the platform sees the address ${sessionIp}`;
  throw new WirebookError('SOAR_ORG_DISABLED', `organisation "${org.name}" (${org.id}) is not open to this account${from}`);
}
