import type { JsonObject, JsonValue } from '../json-value.ts';
import { toArtifactDto } from '../platform/artifact-dto.ts';
import { createFile } from '../platform/attached-files.ts';
import { addArtifacts, removeChild } from '../platform/child-writes.ts';
import { requireObject } from '../platform/incident-state.ts';
import { type Artifact, getIncident, getType, type Incident } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { requireMultipart } from './multipart-body.ts';
import { type QueryAnswer, queryObjects, toPage } from './object-query.ts';
import { deleted, idParam, type OrgRequest, type OrgRoute, ok } from './rest-route.ts';

/** `/incidents/{id}/artifacts`, with and without a file. */
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
      const { org, format } = request;
      const incident = getIncident(org, idParam(request, 'incident'));
      return ok(toPage(queryArtifacts(request, incident), (artifact) => toArtifactDto(artifact, { org, incident }, format)));
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
    method: 'post',
    path: '/incidents/:incident/artifacts/files',
    handle(request) {
      const { org, place, format } = request;
      const incident = getIncident(org, idParam(request, 'incident'));
      const { file, parts } = requireMultipart(request.body);
      const kept = createFile(place, file, null);
      const added = addArtifacts(place, incident, readArtifactPart(parts.get('artifact')), kept);
      return ok(added.map((artifact) => toArtifactDto(artifact, { org, incident }, format)));
    },
  },
  {
    method: 'get',
    path: '/incidents/:incident/artifacts/:artifact/contents',
    handle(request) {
      const { id, file } = requestedArtifact(request);
      if (file === null) throw refusal(404, `The artifact ${id} has no file.`);
      return { status: 200, body: null, content: { contentType: file.contentType, bytes: file.bytes } };
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

function queryArtifacts(request: OrgRequest, incident: Incident): QueryAnswer<Artifact> {
  const { fields } = getType(request.org, 'artifact');
  return queryObjects(request, {
    word: 'artifact',
    objects: [...incident.artifacts.values()],
    idOf: ({ id }) => id,
    read({ id, typeId, value, description, createdMs }, name) {
      const values: Readonly<Record<string, JsonValue>> = { id, type: typeId, value, description, created: createdMs };
      const field = fields.get(name);
      if (!Object.hasOwn(values, name)) return undefined;
      return field === undefined ? { value: values[name] } : { value: values[name], field };
    },
  });
}

/** The part beside the file is JSON text. */
function readArtifactPart(text = '{}'): JsonObject {
  try {
    return requireObject(JSON.parse(text) as unknown);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw refusal(400, 'The part "artifact" has to be JSON text.');
    throw thrown;
  }
}

function requestedArtifact(request: OrgRequest): Artifact {
  const artifact = getIncident(request.org, idParam(request, 'incident')).artifacts.get(idParam(request, 'artifact'));
  if (artifact === undefined) throw refusal(404, `Unable to find object with ID ${request.params.artifact}.`);
  return artifact;
}
