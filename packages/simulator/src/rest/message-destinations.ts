import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json-value.ts';
import { addDestination } from '../platform/apply-content.ts';
import { requireObject } from '../platform/incident-state.ts';
import { findDestinationByName, type Organisation } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { MessageDestination } from '../platform/rule.ts';
import { deleted, idParam, type OrgRequest, type OrgRoute, ok } from './rest-route.ts';

/** `/message_destinations`. Who is listed in `users` or `api_keys` may read the queue. */
export const messageDestinationRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/message_destinations',
    handle: ({ org }) => ok({ entities: [...org.destinations.values()].map(toDestinationDto) }),
  },
  {
    method: 'post',
    path: '/message_destinations',
    handle({ platform, org, body }) {
      const draft = requireObject(body);
      const programmaticName = requireText(draft, 'programmatic_name');
      if (findDestinationByName(org, programmaticName) !== undefined) throw refusal(400, `The name ${programmaticName} is taken.`);
      const name = ownValue(draft, 'name');
      const expectAck = ownValue(draft, 'expect_ack') !== false;
      const id = addDestination(platform, org, { name: typeof name === 'string' ? name : programmaticName, programmaticName, expectAck });
      return ok(toDestinationDto(replaceReaders(org, getDestination(org, id), draft)));
    },
  },
  {
    method: 'get',
    path: '/message_destinations/:destination',
    handle: (request) => ok(toDestinationDto(requested(request))),
  },
  {
    method: 'put',
    path: '/message_destinations/:destination',
    handle(request) {
      const body = requireObject(request.body);
      const name = ownValue(body, 'name');
      const current = requested(request);
      const changed: MessageDestination = {
        ...current,
        name: typeof name === 'string' ? name : current.name,
        expectAck: ownValue(body, 'expect_ack') !== false,
      };
      return ok(toDestinationDto(replaceReaders(request.org, changed, body)));
    },
  },
  {
    method: 'delete',
    path: '/message_destinations/:destination',
    handle(request) {
      request.org.destinations.delete(requested(request).id);
      return deleted();
    },
  },
];

function requested(request: OrgRequest): MessageDestination {
  return getDestination(request.org, idParam(request, 'destination'));
}

function getDestination(org: Organisation, id: number): MessageDestination {
  const destination = org.destinations.get(id);
  if (destination === undefined) throw refusal(404, `Unable to find object with ID ${id}.`);
  return destination;
}

function replaceReaders(org: Organisation, destination: MessageDestination, body: JsonObject): MessageDestination {
  const emails = new Map([...org.users.values()].map((user) => [user.email, user.id]));
  const keyIds = new Map([...org.apiKeys.values()].map((apiKey) => [apiKey.id, apiKey.handle]));
  const changed: MessageDestination = {
    ...destination,
    users: toHandles(ownValue(body, 'users'), emails) ?? destination.users,
    apiKeys: toHandles(ownValue(body, 'api_keys'), keyIds) ?? destination.apiKeys,
  };
  org.destinations.set(changed.id, changed);
  return changed;
}

/** A list of ids, names or objects as numbers; undefined when the body has no list. */
function toHandles(given: JsonValue | undefined, byName: ReadonlyMap<string, number>): number[] | undefined {
  if (!Array.isArray(given)) return undefined;
  return given.map((entry) => {
    const handle = isJsonObject(entry) ? ownValue(entry, 'id') : entry;
    const number = typeof handle === 'string' ? byName.get(handle) : handle;
    if (typeof number !== 'number') throw refusal(400, `There is no user or API key ${JSON.stringify(entry)}.`);
    return number;
  });
}

function requireText(body: JsonObject, name: string): string {
  const value = ownValue(body, name);
  if (typeof value !== 'string' || value === '') throw refusal(400, `Field ${name} is required.`, 'field_defs');
  return value;
}

function toDestinationDto(destination: MessageDestination): JsonObject {
  return {
    id: destination.id,
    name: destination.name,
    programmatic_name: destination.programmaticName,
    destination_type: destination.destinationType,
    expect_ack: destination.expectAck,
    users: [...destination.users],
    api_keys: [...destination.apiKeys],
    uuid: destination.uuid,
    export_key: destination.programmaticName,
    tags: [],
  };
}
