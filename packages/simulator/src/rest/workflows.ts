import type { JsonObject } from '../json-value.ts';
import type { HandleFormat } from '../platform/handle-format.ts';
import { findTypeById, getIncident, type Organisation } from '../platform/organisation.ts';
import { systemPrincipal, toPrincipalDto } from '../platform/principal.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { Workflow } from '../platform/rule.ts';
import type { WorkflowInstance } from '../platform/workflow-instance.ts';
import { idParam, type OrgRequest, type OrgRoute, ok } from './rest-route.ts';
import { toProcessXml } from './workflow-xml.ts';

/** `/workflows`, and how their runs do. */
export const workflowRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/workflows',
    handle: ({ org, format }) => ok({ entities: [...org.workflows.values()].map((workflow) => toWorkflowDto(org, workflow, format)) }),
  },
  {
    method: 'get',
    path: '/workflows/:workflow',
    handle(request) {
      const workflow = request.org.workflows.get(idParam(request, 'workflow'));
      if (workflow === undefined) throw refusal(404, `Unable to find object with ID ${request.params.workflow}.`);
      return ok(toWorkflowDto(request.org, workflow, request.format));
    },
  },
  { method: 'get', path: '/workflow_instances/:instance', handle: (request) => ok(toInstanceDto(request, getInstance(request))) },
  {
    method: 'get',
    path: '/incidents/:incident/workflow_instances',
    handle(request) {
      const incident = getIncident(request.org, idParam(request, 'incident'));
      const instances = [...request.org.workflowInstances.values()].filter(({ incidentId }) => incidentId === incident.id);
      return ok({ entities: instances.map((instance) => toInstanceDto(request, instance)) });
    },
  },
];

function getInstance(request: OrgRequest): WorkflowInstance {
  const instance = request.org.workflowInstances.get(idParam(request, 'instance'));
  if (instance === undefined) throw refusal(404, `Unable to find object with ID ${request.params.instance}.`);
  return instance;
}

function toWorkflowDto(org: Organisation, workflow: Workflow, format: HandleFormat): JsonObject {
  const xml = toProcessXml(org, { id: workflow.programmaticName, name: workflow.name, calls: workflow.calls });
  return {
    ...toReference(org, workflow, format),
    content: { workflow_id: workflow.programmaticName, version: 1, xml },
    content_version: 1,
    creator_id: toPrincipalDto(systemPrincipal).name ?? null,
    last_modified_by: toPrincipalDto(systemPrincipal).name ?? null,
    last_modified_time: org.createdMs,
    export_key: workflow.programmaticName,
  };
}

function toReference(org: Organisation, workflow: Workflow, format: HandleFormat): JsonObject {
  return {
    workflow_id: workflow.id,
    name: workflow.name,
    programmatic_name: workflow.programmaticName,
    object_type: format === 'ids' ? workflow.objectTypeId : (findTypeById(org, workflow.objectTypeId)?.name ?? null),
    description: null,
    uuid: workflow.uuid,
    actions: [],
    tags: [],
  };
}

function toInstanceDto({ org, format }: OrgRequest, instance: WorkflowInstance): JsonObject {
  const workflow = org.workflows.get(instance.workflowId);
  const type = findTypeById(org, instance.objectTypeId);
  return {
    workflow_instance_id: instance.id,
    workflow: workflow === undefined ? null : toReference(org, workflow, format),
    object: { object_id: instance.objectId, type_id: instance.objectTypeId, type_name: type?.name ?? null, inc_id: instance.incidentId },
    status: instance.status,
    start_date: instance.startedMs,
    end_date: instance.endedMs,
    terminate_reason: instance.reason,
    terminator: instance.status === 'terminated' ? toPrincipalDto(systemPrincipal) : null,
    creator_principal: toPrincipalDto(instance.startedBy),
  };
}
