import type { JsonObject } from '../json-value.ts';
import { toArtifactDto } from '../platform/artifact-dto.ts';
import { addArtifacts, removeChild } from '../platform/child-writes.ts';
import { requireObject } from '../platform/incident-state.ts';
import { type Artifact, getIncident } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { deleted, idParam, type OrgRequest, type OrgRoute, ok } from './rest-route.ts';

/** `/incidents/{id}/artifacts`, those without a file. */
export const artifactRoutes: readonly OrgRoute[] = [
  { method: 'get', path: '/incidents/:incident/artifacts', handle: (request) => ok(listArtifacts(request)) },
  {
    method: 'post',
    path: '/incidents/:incident/artifacts',
    handle(request) {
      const { org, place, format } = request;
      const incident = getIncident(org, idParam(request, 'incident'));
      const added = addArtifacts(place, incident, requireObject(request.body));
      return ok(added.map((artifact) => toArtifactDto(artifact, { org, incident }, format)));
    },
  },
  {
    method: 'post',
    path: '/incidents/:incident/artifacts/query_paged',
    handle(request) {
      const data = listArtifacts(request);
      return ok({ recordsTotal: data.length, recordsFiltered: data.length, data });
    },
  },
  {
    method: 'get',
    path: '/incidents/:incident/artifacts/:artifact',
    handle(request) {
      const { org, format } = request;
      const incident = getIncident(org, idParam(request, 'incident'));
      return ok(toArtifactDto(requestedArtifact(request), { org, incident }, format));
    },
  },
  {
    method: 'delete',
    path: '/incidents/:incident/artifacts/:artifact',
    handle(request) {
      const incident = getIncident(request.org, idParam(request, 'incident'));
      removeChild(request.place, incident, { kind: 'artifacts', id: requestedArtifact(request).id });
      return deleted();
    },
  },
];

function listArtifacts(request: OrgRequest): JsonObject[] {
  const { org, format } = request;
  const incident = getIncident(org, idParam(request, 'incident'));
  return [...incident.artifacts.values()].map((artifact) => toArtifactDto(artifact, { org, incident }, format));
}

function requestedArtifact(request: OrgRequest): Artifact {
  const artifact = getIncident(request.org, idParam(request, 'incident')).artifacts.get(idParam(request, 'artifact'));
  if (artifact === undefined) throw refusal(404, `Unable to find object with ID ${request.params.artifact}.`);
  return artifact;
}
