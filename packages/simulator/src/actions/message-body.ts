import type { JsonObject, JsonValue } from '../json-value.ts';
import { activityTypeName, incidentTypeName } from '../platform/object-type.ts';
import { findTypeById, getType, type Incident, type Organisation } from '../platform/organisation.ts';
import { type Principal, toPersonDto, toPrincipalDto } from '../platform/principal.ts';
import { type FunctionDefinition, type Rule, toViewItemDto, type Workflow } from '../platform/rule.ts';
import type { ActionObject } from './action-object.ts';
import { toTypeInfo } from './type-info.ts';

export interface ActionBodyParts {
  readonly org: Organisation;
  readonly rule: Rule;
  readonly incident: Incident;
  readonly object: ActionObject;
  /** Activity fields the user filled in; null for automatic rules. */
  readonly properties: JsonObject | null;
  readonly principal: Principal;
}

/** The body of an action message. */
export function toActionBody({ org, rule, incident, object, properties, principal }: ActionBodyParts): JsonObject {
  const types = [getType(org, incidentTypeName)];
  if (object.role !== 'incident') types.push(object.type);
  if (properties !== null) types.push(getType(org, activityTypeName));
  const below: JsonObject = object.role === 'incident' ? {} : { [object.role]: object.dto };
  return {
    action_id: rule.id,
    object_type: object.type.id,
    incident: incident.state,
    task: null,
    artifact: null,
    note: null,
    milestone: null,
    attachment: null,
    ...below,
    type_info: toTypeInfo(org, types),
    properties,
    user: toPersonDto(principal),
  };
}

export interface FunctionBodyParts {
  readonly org: Organisation;
  readonly definition: FunctionDefinition;
  /** Already in the form of the wire. */
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** The workflow that calls; null when the function was fired by itself. */
  readonly workflow: Workflow | null;
  readonly workflowInstanceId: number;
  readonly principal: Principal;
}

/** The body of a function call. */
export function toFunctionBody({ org, definition, inputs, workflow, workflowInstanceId, principal }: FunctionBodyParts): JsonObject {
  return {
    function: {
      creator: toPrincipalDto(principal),
      description: { format: 'text', content: definition.description },
      display_name: definition.displayName,
      id: definition.id,
      name: definition.name,
      tags: [],
      uuid: definition.uuid,
      version: definition.version,
      view_items: definition.viewItems.map(toViewItemDto),
    },
    groups: [],
    inputs: { ...inputs },
    playbook_instance: null,
    principal: toPrincipalDto(principal),
    workflow: workflow === null ? null : toWorkflowDto(org, workflow),
    workflow_instance: { workflow_instance_id: workflowInstanceId },
  };
}

function toWorkflowDto(org: Organisation, workflow: Workflow): JsonObject {
  const type = findTypeById(org, workflow.objectTypeId);
  return {
    workflow_id: workflow.id,
    name: workflow.name,
    programmatic_name: workflow.programmaticName,
    object_type: { id: workflow.objectTypeId, name: type?.name ?? null },
    description: null,
    uuid: workflow.uuid,
    tags: [],
    actions: [],
  };
}
