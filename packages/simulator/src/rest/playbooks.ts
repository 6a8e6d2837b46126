import type { JsonObject, JsonValue } from '../json-value.ts';
import type { HandleFormat } from '../platform/handle-format.ts';
import { findTypeById, type Organisation } from '../platform/organisation.ts';
import { systemPrincipal, toPrincipalDto } from '../platform/principal.ts';
import type { Playbook } from '../platform/rule.ts';
import { queryObjects, toPage } from './object-query.ts';
import { type OrgRoute, ok } from './rest-route.ts';
import { toProcessXml } from './workflow-xml.ts';

const playbookFieldsTypeId = 28;

/** `/playbooks`. They are shown and not run, so the list of their executions is empty. */
export const playbookRoutes: readonly OrgRoute[] = [
  {
    method: 'post',
    path: '/playbooks/query_paged',
    handle(request) {
      const { org, format } = request;
      const answer = queryObjects(request, {
        word: 'playbook',
        objects: [...org.playbooks.values()],
        idOf: ({ id }) => id,
        read({ id, name, displayName }, field) {
          const values: Readonly<Record<string, JsonValue>> = { id, name, display_name: displayName, status: 'enabled' };
          return Object.hasOwn(values, field) ? { value: values[field] } : undefined;
        },
      });
      return ok(toPage(answer, (playbook) => toPlaybookDto(org, playbook, format)));
    },
  },
  { method: 'post', path: '/playbooks/execution/query_paged', handle: () => ok({ recordsTotal: 0, recordsFiltered: 0, data: [] }) },
];

function toPlaybookDto(org: Organisation, playbook: Playbook, format: HandleFormat): JsonObject {
  const fieldsType = `playbook_${playbook.uuid.replaceAll('-', '_')}`;
  const { id, name, displayName } = playbook;
  return {
    id,
    name,
    display_name: displayName,
    export_key: name,
    uuid: playbook.uuid,
    description: { format: 'text', content: playbook.description },
    type: 'default',
    status: 'enabled',
    activation_type: 'manual',
    manual_settings: { activation_conditions: { conditions: [], logic_type: 'all' }, view_items: [] },
    object_type: format === 'ids' ? playbook.objectTypeId : (findTypeById(org, playbook.objectTypeId)?.name ?? null),
    version: 1,
    field_type_handle: fieldsType,
    fields_type: {
      id: null,
      type_id: playbookFieldsTypeId,
      type_name: fieldsType,
      display_name: displayName,
      fields: {},
      parent_types: ['__playbook'],
      properties: { can_create: false, can_destroy: false, for_who: [] },
    },
    content: { content_version: 1, xml: toProcessXml(org, { id: fieldsType, name: fieldsType, calls: playbook.calls }) },
    local_scripts: [],
    deployment_id: null,
    is_locked: false,
    is_deleted: false,
    has_logical_errors: false,
    tag: null,
    tags: [],
    create_date: org.createdMs,
    creator_principal: toPrincipalDto(systemPrincipal),
    last_modified_principal: toPrincipalDto(systemPrincipal),
    last_modified_time: org.createdMs,
  };
}
