import type { Ids } from '../ids.ts';
import type { JsonObject } from '../json-value.ts';
import type { Organisation } from '../platform/organisation.ts';
import type { LoginMatch } from '../platform/platform.ts';
import { displayName, systemPrincipal, toPrincipalDto } from '../platform/principal.ts';
import { sessionTimeoutSeconds } from './login-session.ts';

export interface SessionFacts {
  readonly match: LoginMatch;
  /** Null for API keys, which have no session to protect. */
  readonly csrfToken: string | null;
  readonly ids: Ids;
  readonly clientAddress: string;
}

/** The answer to a login. */
export function toSessionDto({ match, csrfToken, ids, clientAddress }: SessionFacts): JsonObject {
  const { principal } = match;
  const user = principal.kind === 'user' ? principal.user : null;
  const apiKey = principal.kind === 'apikey' ? principal.apiKey : null;
  return {
    orgs: match.organisations.map(toOrgDto),
    user_id: user?.id ?? null,
    user_fname: user?.firstName ?? null,
    user_lname: user?.lastName ?? null,
    user_email: user?.email ?? null,
    display_name: displayName(principal),
    csrf_token: csrfToken ?? ids.token(),
    session_ip: clientAddress,
    saml_alias: null,
    is_saml: false,
    is_ldap: false,
    api_key_handle: apiKey?.handle ?? null,
    client_id: apiKey?.id ?? null,
    password_expiration_date: null,
    next_nps_survey_date: null,
  };
}

function toOrgDto(org: Organisation): JsonObject {
  return {
    id: org.id,
    name: org.name,
    addr: null,
    addr2: null,
    city: null,
    state: null,
    zip: null,
    attachments_enabled: true,
    final_phase_required: false,
    tasks_private: false,
    has_saml: false,
    require_saml: false,
    twofactor_auth_domain: null,
    has_available_twofactor: false,
    authorized_ldap_group: null,
    supports_ldap: false,
    incident_deletion_allowed: true,
    configuration_type: 'standard',
    parent_org: null,
    session_timeout: sessionTimeoutSeconds,
    last_modified_by: toPrincipalDto(systemPrincipal),
    last_modified_time: org.createdMs,
    uuid: org.uuid,
    timezone: null,
    cloud_account: org.cloudAccount,
    perms: null,
    effective_permissions: [],
    role_handles: [],
    enabled: org.enabled,
    twofactor_cookie_lifetime_secs: 0,
  };
}
