import type { JsonObject } from '../json-value.ts';
import { toFieldDto } from '../platform/field.ts';
import { isTable, type ObjectType } from '../platform/object-type.ts';
import { findTypeByHandle, type Organisation } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { type OrgRequest, type OrgRoute, ok } from './rest-route.ts';

/** `/types`: what kinds of object there are and which fields they have. */
export const objectTypeRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/types',
    handle: ({ org }) => ok(Object.fromEntries([...org.types.values()].map((type) => [type.name, toTypeDto(org, type)]))),
  },
  { method: 'get', path: '/types/:type', handle: (request) => ok(toTypeDto(request.org, requestedType(request))) },
  {
    method: 'get',
    path: '/types/:type/fields',
    handle: (request) => ok([...requestedType(request).fields.values()].map((field) => toFieldDto(field, request.org.optionsOf(field)))),
  },
  {
    method: 'get',
    path: '/types/:type/fields/:field',
    handle(request) {
      const handle = request.params.field ?? '';
      const fields = [...requestedType(request).fields.values()];
      const field = fields.find((candidate) => candidate.name === handle || String(candidate.id) === handle);
      if (field === undefined) throw refusal(404, `Unable to find the field ${handle}.`);
      return ok(toFieldDto(field, request.org.optionsOf(field)));
    },
  },
];

function requestedType({ org, params }: OrgRequest): ObjectType {
  const type = findTypeByHandle(org, params.type ?? '');
  if (type === undefined) throw refusal(404, `Unable to find the type ${params.type}.`);
  return type;
}

function toTypeDto(org: Organisation, type: ObjectType): JsonObject {
  const columns = [...type.fields.values()];
  return {
    id: type.id,
    type_id: type.typeId,
    type_name: type.name,
    display_name: type.displayName,
    fields: Object.fromEntries(
      columns.map((field, index) => {
        const dto = toFieldDto(field, org.optionsOf(field));
        return [field.name, isTable(type) ? { ...dto, order: index, width: 150 } : dto];
      }),
    ),
    properties: { can_create: isTable(type), can_destroy: isTable(type), for_who: [] },
    parent_types: [...type.parentTypes],
    for_actions: type.carriesRules,
    for_notifications: type.carriesRules,
    for_custom_fields: type.name === 'incident' || isTable(type),
    for_workflows: type.carriesRules,
    uuid: type.uuid,
    actions: [],
    scripts: [],
    playbooks: [],
    tags: [],
  };
}
