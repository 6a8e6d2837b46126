import type { BrokerAccess } from './broker/stomp-broker.ts';
import { findLogin, type LoginMatch, mayReadDestination, type Platform } from './platform/platform.ts';
import { principalId } from './platform/principal.ts';

/** A login at the embedded broker. */
export interface BrokerLogin {
  readonly name: string;
  readonly login: string;
  readonly passcode: string;
}

export function authenticateBrokerLogin(platform: Platform, login: string, passcode: string): BrokerLogin | undefined {
  const match = findLogin(platform, login, passcode);
  return match === undefined ? undefined : { name: `${match.principal.kind} ${principalId(match.principal)}`, login, passcode };
}

/**
 * What a login may do at the broker: read the queues of destinations that list it, and those of its organisation that are no
 * destination's; write replies of its organisations.
 */
export function mayUseQueue(platform: Platform, { principal, destination, access }: BrokerAccess<BrokerLogin>): boolean {
  const match = findLogin(platform, principal.login, principal.passcode);
  const parts = /^([a-z_]+)\.([^.]+)\.(.+)$/.exec(destination);
  if (match === undefined || parts === null) return false;
  const [, family = '', orgText = '', name = ''] = parts;
  const orgIds = organisationsOf(match, orgText);
  if (access === 'write') return family === 'acks' && orgIds.length > 0;
  if (family === 'actions') return orgIds.some((orgId) => mayReadDestination(platform, match, orgId, name));
  return (family === 'inbound_destinations' || family === 'connectors') && orgIds.length > 0;
}

/** `*` stands for every organisation of the login. */
function organisationsOf(match: LoginMatch, orgText: string): number[] {
  const own = match.organisations.filter((org) => org.enabled).map((org) => org.id);
  return orgText === '*' ? own : own.filter((id) => String(id) === orgText);
}
