import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { JsonObject } from '../json-value.ts';
import type { Counters } from './counters.ts';
import type { Incident, Organisation } from './organisation.ts';
import { findDestinationByName } from './organisation.ts';
import type { Principal } from './principal.ts';
import { refusal } from './rest-refusal.ts';

/** Who writes, and the rule that is skipped because the writer was started by it. */
export interface Actor {
  readonly principal: Principal;
  readonly skippedRuleId: number | null;
}

/** One saved change of an object, told to the action module. */
export interface ObjectChange {
  readonly org: Organisation;
  readonly incident: Incident;
  /** API name: incident, note, artifact, or a table. */
  readonly typeName: string;
  readonly objectId: number;
  /** Kept values before the change; null for a new object. */
  readonly before: JsonObject | null;
  readonly after: JsonObject;
  readonly actor: Actor;
}

/** The state of the simulated platform, all of it in memory. */
export interface Platform {
  readonly clock: Clock;
  /** Of objects, not of secrets: both begin anew with each filling, so that what a client has read stays right after a reset. */
  ids: Ids;
  counters: Counters;
  readonly organisations: Map<number, Organisation>;
  /** Called once for each saved change. */
  onChange: (change: ObjectChange) => void;
  /** Called when the incident was removed, or something in it. */
  onRemove: (org: Organisation, incident: Incident) => void;
  /** Called when a destination appears, so that its replies are consumed. */
  onDestination: (org: Organisation, programmaticName: string) => void;
}

export function createPlatform(sources: { clock: Clock; ids: Ids; counters: Counters }): Platform {
  return { ...sources, organisations: new Map(), onChange: () => undefined, onRemove: () => undefined, onDestination: () => undefined };
}

/** @throws WirebookError SIMULATOR_REST_REFUSED (404) */
export function getOrganisation(platform: Platform, id: number): Organisation {
  const org = platform.organisations.get(id);
  if (org === undefined) throw refusal(404, `Unable to find the organization ${id}.`);
  return org;
}

export interface LoginMatch {
  readonly principal: Principal;
  /** The organisations the login belongs to, in the order of their ids. */
  readonly organisations: readonly Organisation[];
}

/** The user with this e-mail and password. */
export function findUserLogin(platform: Platform, email: string, password: string): LoginMatch | undefined {
  const organisations = [...platform.organisations.values()];
  const isMatch = (user: { email: string; password: string }) => user.email === email && user.password === password;
  const user = organisations.flatMap((org) => [...org.users.values()]).find(isMatch);
  if (user === undefined) return undefined;
  return { principal: { kind: 'user', user }, organisations: organisations.filter((org) => org.users.has(user.id)) };
}

/** The API key with this id and secret. */
export function findApiKeyLogin(platform: Platform, id: string, secret: string): LoginMatch | undefined {
  for (const org of platform.organisations.values()) {
    for (const apiKey of org.apiKeys.values()) {
      if (apiKey.id === id && apiKey.secret === secret) return { principal: { kind: 'apikey', apiKey }, organisations: [org] };
    }
  }
  return undefined;
}

/** Either kind of login, as the broker takes it. */
export function findLogin(platform: Platform, login: string, passcode: string): LoginMatch | undefined {
  return findApiKeyLogin(platform, login, passcode) ?? findUserLogin(platform, login, passcode);
}

/** Whether a login may read the queue of a destination; being listed there is what permits it. */
export function mayReadDestination(platform: Platform, match: LoginMatch, orgId: number, programmaticName: string): boolean {
  const org = match.organisations.find((candidate) => candidate.id === orgId);
  const destination = org === undefined ? undefined : findDestinationByName(org, programmaticName);
  if (destination === undefined || !platform.organisations.has(orgId)) return false;
  const { principal } = match;
  if (principal.kind === 'user') return destination.users.includes(principal.user.id);
  return principal.kind === 'apikey' && destination.apiKeys.includes(principal.apiKey.handle);
}
