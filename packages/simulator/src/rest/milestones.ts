import { addFieldObject, removeFieldObject, writeFieldObject } from '../platform/field-object-writes.ts';
import { requireObject } from '../platform/incident-state.ts';
import { type FieldObject, getIncident, type Incident } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { toMilestoneDto } from '../platform/task-dto.ts';
import { deleted, idParam, type OrgRequest, type OrgRoute, ok, type RestAnswer } from './rest-route.ts';

/** `/incidents/{id}/milestones`. */
export const milestoneRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/incidents/:incident/milestones',
    handle: (request) => ok([...incidentOf(request).milestones.values()].map((milestone) => toDto(request, milestone))),
  },
  {
    method: 'post',
    path: '/incidents/:incident/milestones',
    handle(request) {
      const target = { kind: 'milestone', incident: incidentOf(request) } as const;
      return ok(toDto(request, addFieldObject(request.place, target, requireObject(request.body))));
    },
  },
  { method: 'get', path: '/incidents/:incident/milestones/:milestone', handle: showMilestone },
  {
    method: 'put',
    path: '/incidents/:incident/milestones/:milestone',
    handle(request) {
      const target = { kind: 'milestone', incident: incidentOf(request) } as const;
      writeFieldObject(request.place, target, { object: requestedMilestone(request), body: requireObject(request.body) });
      return showMilestone(request);
    },
  },
  {
    method: 'delete',
    path: '/incidents/:incident/milestones/:milestone',
    handle(request) {
      removeFieldObject(request.place, { kind: 'milestone', incident: incidentOf(request) }, requestedMilestone(request).id);
      return deleted();
    },
  },
];

function incidentOf(request: OrgRequest): Incident {
  return getIncident(request.org, idParam(request, 'incident'));
}

function requestedMilestone(request: OrgRequest): FieldObject {
  const milestone = incidentOf(request).milestones.get(idParam(request, 'milestone'));
  if (milestone === undefined) throw refusal(404, `Unable to find object with ID ${request.params.milestone}.`);
  return milestone;
}

function showMilestone(request: OrgRequest): RestAnswer {
  return ok(toDto(request, requestedMilestone(request)));
}

function toDto(request: OrgRequest, milestone: FieldObject) {
  return toMilestoneDto(milestone, { org: request.org, incident: incidentOf(request) }, request.format);
}
