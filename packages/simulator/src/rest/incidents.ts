import { requireObject, toIncidentDto, toPartialIncidentDto } from '../platform/incident-state.ts';
import { createIncident, deleteIncident, replaceIncident } from '../platform/incident-writes.ts';
import { getIncident } from '../platform/organisation.ts';
import { applyPatch, patchMany } from './incident-patch.ts';
import { queryIncidents } from './incident-query.ts';
import { deleted, idParam, type OrgRequest, type OrgRoute, ok, type RestAnswer } from './rest-route.ts';

/** `/incidents`. */
export const incidentRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/incidents',
    handle: ({ org, format }) => ok([...org.incidents.values()].map((incident) => toPartialIncidentDto(org, incident.state, format))),
  },
  {
    method: 'post',
    path: '/incidents',
    handle: ({ org, place, body, format }) => ok(toIncidentDto(org, createIncident(place, requireObject(body)).state, format)),
  },
  {
    method: 'post',
    path: '/incidents/query_paged',
    handle: (request) => ok(queryIncidents(request).page),
  },
  {
    method: 'post',
    path: '/incidents/query',
    handle: (request) => ok(queryIncidents(request).all),
  },
  { method: 'put', path: '/incidents/patch', handle: (request) => ok(patchMany(request)) },
  { method: 'get', path: '/incidents/:incident', handle: showIncident },
  {
    method: 'put',
    path: '/incidents/:incident',
    handle(request) {
      const incident = replaceIncident(request.place, idParam(request, 'incident'), requireObject(request.body));
      return ok(toIncidentDto(request.org, incident.state, request.format));
    },
  },
  {
    method: 'patch',
    path: '/incidents/:incident',
    handle: (request) => ok(applyPatch(request, getIncident(request.org, idParam(request, 'incident')), request.body)),
  },
  {
    method: 'delete',
    path: '/incidents/:incident',
    handle(request) {
      deleteIncident(request.place, idParam(request, 'incident'));
      return deleted();
    },
  },
];

function showIncident(request: OrgRequest): RestAnswer {
  const incident = getIncident(request.org, idParam(request, 'incident'));
  return ok(toIncidentDto(request.org, incident.state, request.format));
}
