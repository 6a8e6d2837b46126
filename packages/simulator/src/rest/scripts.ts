import type { JsonObject } from '../json-value.ts';
import type { HandleFormat } from '../platform/handle-format.ts';
import { findTypeById, type Organisation } from '../platform/organisation.ts';
import { systemPrincipal, toPrincipalDto } from '../platform/principal.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { Script } from '../platform/rule.ts';
import { idParam, type OrgRoute, ok } from './rest-route.ts';

/** `/scripts`. They are shown and not run. */
export const scriptRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/scripts',
    handle: ({ org, format }) => ok({ entities: [...org.scripts.values()].map((script) => toScriptDto(org, script, format)) }),
  },
  {
    method: 'get',
    path: '/scripts/:script',
    handle(request) {
      const script = request.org.scripts.get(idParam(request, 'script'));
      if (script === undefined) throw refusal(404, `Unable to find object with ID ${request.params.script}.`);
      return ok(toScriptDto(request.org, script, request.format));
    },
  },
];

function toScriptDto(org: Organisation, script: Script, format: HandleFormat): JsonObject {
  const { name } = toPrincipalDto(systemPrincipal);
  return {
    id: script.id,
    name: script.name,
    programmatic_name: script.programmaticName,
    export_key: script.name,
    description: script.description,
    language: 'python3',
    object_type: format === 'ids' ? script.objectTypeId : (findTypeById(org, script.objectTypeId)?.name ?? null),
    script_text: script.text,
    enabled: true,
    uuid: script.uuid,
    actions: [],
    playbook_handle: null,
    tags: [],
    creator_id: name ?? null,
    created_date: org.createdMs,
    last_modified_by: name ?? null,
    last_modified_time: org.createdMs,
  };
}
