import { ownValue } from '../json-value.ts';
import { findIncidentField, requireObject } from '../platform/incident-state.ts';
import { changeIncident } from '../platform/incident-writes.ts';
import { getIncident } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { idParam, type OrgRequest, type OrgRoute, ok, type RestAnswer } from './rest-route.ts';

/** `/incidents/{id}/members`: who works on an incident beside its owner. */
export const memberRoutes: readonly OrgRoute[] = [
  { method: 'get', path: '/incidents/:incident/members', handle: showMembers },
  {
    method: 'put',
    path: '/incidents/:incident/members',
    handle(request) {
      const { org, place } = request;
      const incident = getIncident(org, idParam(request, 'incident'));
      const body = requireObject(request.body);
      const members = ownValue(body, 'members');
      const field = findIncidentField(org, 'members');
      if (!Array.isArray(members) || field === undefined) throw refusal(400, 'Field members is required.', 'field_defs');
      if (ownValue(body, 'vers') !== incident.state.vers) throw refusal(409, 'This object was changed by someone else after it was read.');
      changeIncident(place, incident, new Map([[field, members]]));
      return showMembers(request);
    },
  },
];

function showMembers(request: OrgRequest): RestAnswer {
  const { state } = getIncident(request.org, idParam(request, 'incident'));
  return ok({ members: state.members ?? [], vers: state.vers ?? null });
}
