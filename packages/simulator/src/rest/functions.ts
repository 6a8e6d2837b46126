import type { JsonObject } from '../json-value.ts';
import type { HandleFormat } from '../platform/handle-format.ts';
import { findFunctionByName, findTypeById, type Organisation } from '../platform/organisation.ts';
import { systemPrincipal, toPrincipalDto } from '../platform/principal.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { type FunctionDefinition, toViewItemDto, type Workflow } from '../platform/rule.ts';
import { type OrgRoute, ok } from './rest-route.ts';

/** `/functions`. */
export const functionRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/functions',
    handle: ({ org, format }) => ok({ entities: [...org.functions.values()].map((definition) => toFunctionDto(org, definition, format)) }),
  },
  {
    method: 'get',
    path: '/functions/:function',
    handle({ org, params, format }) {
      const handle = params.function ?? '';
      const definition = findFunctionByName(org, handle) ?? org.functions.get(/^\d+$/.test(handle) ? Number(handle) : Number.NaN);
      if (definition === undefined) throw refusal(404, `Unable to find the function ${handle}.`);
      return ok(toFunctionDto(org, definition, format));
    },
  },
];

function toFunctionDto(org: Organisation, definition: FunctionDefinition, format: HandleFormat): JsonObject {
  const destination = org.destinations.get(definition.destinationId);
  const workflows = [...org.workflows.values()].filter((workflow) => workflow.calls.some((call) => call.functionId === definition.id));
  return {
    id: definition.id,
    name: definition.name,
    display_name: definition.displayName,
    description: { format: 'text', content: definition.description },
    destination_handle: format === 'ids' ? definition.destinationId : (destination?.programmaticName ?? null),
    export_key: definition.name,
    uuid: definition.uuid,
    version: definition.version,
    creator: toPrincipalDto(systemPrincipal),
    last_modified_by: toPrincipalDto(systemPrincipal),
    last_modified_time: definition.lastModifiedMs,
    created_date: definition.lastModifiedMs,
    tags: [],
    view_items: definition.viewItems.map(toViewItemDto),
    workflows: workflows.map((workflow) => toWorkflowReference(org, workflow, format)),
    output_json_example: null,
    output_json_schema: null,
  };
}

function toWorkflowReference(org: Organisation, workflow: Workflow, format: HandleFormat): JsonObject {
  return {
    actions: [],
    description: null,
    name: workflow.name,
    object_type: format === 'ids' ? workflow.objectTypeId : (findTypeById(org, workflow.objectTypeId)?.name ?? null),
    programmatic_name: workflow.programmaticName,
    tags: [],
    uuid: workflow.uuid,
    workflow_id: workflow.id,
  };
}
