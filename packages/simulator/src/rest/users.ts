import type { JsonObject } from '../json-value.ts';
import type { Organisation } from '../platform/organisation.ts';
import { toPersonDto, type User } from '../platform/principal.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { queryObjects, toPage } from './object-query.ts';
import { idParam, type OrgRoute, ok } from './rest-route.ts';

/** `/users` and `/groups`. */
export const userRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/users/:user',
    handle(request) {
      const user = request.org.users.get(idParam(request, 'user'));
      if (user === undefined) throw refusal(404, `Unable to find object with ID ${request.params.user}.`);
      return ok(toUserDto(request.org, user));
    },
  },
  {
    method: 'post',
    path: '/users/query_paged',
    handle(request) {
      const { org } = request;
      const answer = queryObjects(request, {
        word: 'user',
        objects: [...org.users.values()],
        idOf: ({ id }) => id,
        read(user, name) {
          const dto = toUserDto(org, user);
          return Object.hasOwn(dto, name) ? { value: dto[name] } : undefined;
        },
      });
      return ok(toPage(answer, (user) => toUserDto(org, user)));
    },
  },
  { method: 'get', path: '/groups', handle: ({ org }) => ok([...org.groups.keys()].map((id) => toGroupDto(org, id))) },
  { method: 'get', path: '/groups/:group', handle: (request) => ok(toGroupDto(request.org, idParam(request, 'group'))) },
];

function toUserDto(org: Organisation, user: User): JsonObject {
  const groups = [...org.groups].filter(([, { memberIds }]) => memberIds.includes(user.id)).map(([id]) => id);
  return { ...toPersonDto({ kind: 'user', user }), enabled: true, org_id: org.id, group_ids: groups };
}

function toGroupDto(org: Organisation, id: number): JsonObject {
  const group = org.groups.get(id);
  if (group === undefined) throw refusal(404, `Unable to find object with ID ${id}.`);
  return { id, name: group.name, export_key: group.name, uuid: group.uuid, members: [...group.memberIds] };
}
